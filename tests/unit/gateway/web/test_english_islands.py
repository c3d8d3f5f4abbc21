"""What scripts say on a page has its English too."""

import json
import re
from pathlib import Path

import gateway
from gateway.web.english.catalogue import CHINESE, FORMS, SLOT
from schemas.grids.findings import FINDING_KINDS
from services.grids.model.lifecycles import FINDING

ISLANDS = Path(gateway.__file__).parent / "web" / "static" / "islands"
SAYS = re.compile(r'\bsays\("([^"]*)"')
COMMENT = re.compile(r"^\s*//.*$|\s// .*$", re.MULTILINE)
# What is recorded.
RECORDED = re.compile('"扫错了"')


def test_every_message_of_an_island_has_its_english_with_its_slots() -> None:
    english = _english()
    said = {one for text in _sources() for one in SAYS.findall(text)}
    assert len(said) > 50
    assert said - english.keys() == set()
    for message, text in english.items():
        slots = set(SLOT.findall(message))
        assert set(SLOT.findall(text)) == slots, message
        assert {slot for slot, *_ in FORMS.findall(text)} <= slots, message
        assert not CHINESE.search(text), message


def test_islands_say_nothing_in_chinese_alone() -> None:
    for text in _sources():
        left = RECORDED.sub("", SAYS.sub("", COMMENT.sub("", text)))
        assert CHINESE.search(left) is None


def test_words_of_the_lists_that_are_taken_along_have_their_english() -> None:
    taken = {*FINDING_KINDS.values(), *FINDING.texts.values()}
    assert taken - _english().keys() == set()


def _english() -> dict[str, str]:
    text = (ISLANDS / "english.js").read_text(encoding="utf-8")
    known: dict[str, str] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return known


def _sources() -> list[str]:
    files = (one for one in ISLANDS.glob("*.js") if one.stem != "english")
    return [one.read_text(encoding="utf-8") for one in files]
