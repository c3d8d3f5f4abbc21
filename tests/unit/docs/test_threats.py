"""docs/threats.md cites what there is: every promise has a test, and every test it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| [STRIDE] \| (.+?) \| (.+?) \| (.+?) \|$", TEXT, re.MULTILINE)
CITED = sorted(set(re.findall(r"`(tests/[^`]+)`", TEXT)))
LINKED = sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT)))


@pytest.mark.parametrize("path", CITED)
def test_what_is_cited_holds_tests(path: str) -> None:
    found = (
        [ROOT / path] if path.endswith(".py") else [*(ROOT / path).glob("test_*.py")]
    )
    assert found
    assert all("\ndef test_" in file.read_text(encoding="utf-8") for file in found)


@pytest.mark.parametrize("path", LINKED)
def test_what_is_linked_is_there(path: str) -> None:
    name, _, section = path.partition("#")
    headings = re.findall(
        r"^#+ (.+)$", (ROOT / "docs" / name).read_text("utf-8"), re.MULTILINE
    )
    assert not section or section in map(_anchor, headings)


def _anchor(heading: str) -> str:
    """As readers of Markdown make one of a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


def test_every_promise_is_shown_by_a_test_and_what_is_not_is_named_below() -> None:
    assert len(ROWS) == len(re.findall(r"^\| [A-Z] \|", TEXT, re.MULTILINE)), (
        "a row that is none"
    )
    unshown = [
        threat
        for threat, holds, shown in ROWS
        if not re.fullmatch(r"`tests/[^`]+`(, `tests/[^`]+`)*", shown)
    ]
    assert unshown == ["a command sent past the gateway"]
    assert "broker's password" in TEXT.partition("## What is not promised")[2]
