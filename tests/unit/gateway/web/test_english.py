"""Pages in English: every message has its English, with the same slots; what people wrote stays as it is."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

import gateway
from gateway.web.display import LANGUAGES
from gateway.web.english import CHINESE, SLOT, catalogue, english, messages, said
from schemas.activities.contents import CATEGORIES, MODES_IN_WORDS
from schemas.cobuild import needs, offerings

TEMPLATES = sorted((Path(gateway.__file__).parent / "web" / "templates").glob("*.html"))
SAID_BY_SERVICES = {
    *CATEGORIES,
    *MODES_IN_WORDS.values(),
    *offerings.CATEGORIES,
    *needs.URGENCIES_IN_WORDS.values(),
    *needs.SLOTS_IN_WORDS.values(),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_message_has_its_english(template: Path) -> None:
    found = set(messages(template.read_text(encoding="utf-8")))
    assert found - catalogue().keys() == set()


def test_the_words_residents_choose_among_have_theirs() -> None:
    assert SAID_BY_SERVICES - catalogue().keys() == set()


def test_english_is_english_and_has_the_slots_of_its_message() -> None:
    for message, text in catalogue().items():
        assert set(SLOT.findall(text)) <= set(SLOT.findall(message)), message
        assert text in LANGUAGES.values() or not CHINESE.search(text), message


@pytest.mark.parametrize(
    ("chinese", "text"),
    [
        ("还有 12 个名额", "12 left"),
        ("6月13日 周六 9:00–11:00", "Sat 13 Jun 9:00–11:00"),
        ("2026 年 6 月", "6/2026"),
        ("端午包粽子·第1场", "端午包粽子·第1场"),
        ("13月1日", "13月1日"),
        (Markup("全部"), Markup("全部")),
        (7, 7),
    ],
)
def test_what_is_said_is_said_with_its_numbers(chinese: object, text: object) -> None:
    assert said(chinese) == text


def test_a_sentence_keeps_what_stands_in_it() -> None:
    source = '<p title="{{ n }} 人">{% if n %}第 {{ n }} 段</p>（<b>{{ w }}</b>）。{% endif %}'
    chinese = Environment(loader=DictLoader({"page": source}), autoescape=True)
    drawn = english(chinese).get_template("page").render(n=3, w="全部")
    assert drawn == '<p title="3 people">Span 3</p> (<b>All</b>). '
    assert "第 3 段" in chinese.get_template("page").render(n=3, w="全部")
