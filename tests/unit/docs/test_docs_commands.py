"""What the documents tell a reader to type, and the files they name, are there."""

import argparse
import json
import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from schemas.activities.postings import DraftActivity
from services.activities.rules.dates import planned
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.xfh.grammar import parser

ROOT = Path(__file__).parents[3]
DOCUMENTS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")
BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
MAKE = re.compile(r"(?:^|[\s;(])make((?: +[\w./=-]+)*)")
XFH = re.compile(r"(?:^|[\s/;(])xfh((?: +[^\s|>)&;`]+)*)")
PATH = re.compile(r"(?:schemas|services|gateway|deploy|tests|\.ci)/[\w./-]*")


def blocks(document: str) -> Iterator[str]:
    """The lines of the document's shell blocks, continued lines joined, comments left out."""
    for block in BLOCK.findall((ROOT / document).read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            yield re.sub(r"(^|\s)#.*", "", line)


def spans(document: str) -> list[str]:
    prose = BLOCK.sub("", (ROOT / document).read_text(encoding="utf-8"))
    return SPAN.findall(prose)


def targets() -> set[str]:
    phony = re.search(
        r"^\.PHONY: (.*)$",
        (ROOT / "Makefile").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert phony
    return set(phony[1].split())


def walk(words: list[str], at: argparse.ArgumentParser) -> str | None:
    """The first word `xfh` would not know, None when it knows them all. What an argument stands for is not judged."""
    for word in words:
        groups = [
            action
            for action in at._actions
            if isinstance(action, argparse._SubParsersAction)
        ]
        if word.startswith("-"):
            known = word.split("=")[0] in at._option_string_actions
        elif groups:
            known = word in groups[0].choices
            at = groups[0].choices.get(word, at)
        else:
            known = True
        if not known:
            return word
    return None


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_in_the_documents_exists(document: str) -> None:
    asked = [
        words
        for text in [*blocks(document), *spans(document)]
        for words in MAKE.findall(text)
    ]
    named = {word for words in asked for word in words.split() if "=" not in word}
    assert asked
    assert named <= targets()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_xfh_command_in_a_block_can_be_typed_as_printed(document: str) -> None:
    for line in blocks(document):
        for words in XFH.findall(line):
            parser().parse_args(shlex.split(words))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_xfh_command_in_the_text_exists(document: str) -> None:
    asked = [words.split() for text in spans(document) for words in XFH.findall(text)]
    assert [words for words in asked if walk(words, parser())] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_the_documents_name_exists(document: str) -> None:
    named = [span for span in spans(document) if PATH.fullmatch(span)]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_a_command_that_is_not_there_is_noticed() -> None:
    assert walk(["log", "tail", "activities", "--follow"], parser()) is None
    assert walk(["log", "burn"], parser()) == "burn"
    assert walk(["config", "--secrets"], parser()) == "--secrets"


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_activity_a_document_posts_can_be_posted_a_week_before(
    document: str,
) -> None:
    """A day written out would be past, or too far ahead, before long."""
    text = (ROOT / document).read_text(encoding="utf-8")
    body = json.loads(
        re.search(r"-d '(\{.*?\})'\n", text, re.DOTALL)[1].replace(  # type: ignore[index]
            "'$DAY'", "2026-06-20"
        )
    )
    posting = DraftActivity().load(body)
    now = datetime.fromisoformat("2026-06-13T09:00:00+08:00")
    assert (
        planned(posting, Asked(Actor("P1", ()), now, "N1"))[0]["starts_at"]
        == "2026-06-20T01:00:00.000Z"
    )
    assert "DAY=$(date -d '+7 days' +%F)" in text
