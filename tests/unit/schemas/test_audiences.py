"""一老一小 contains the old and the young, whichever of them is asked for."""

import pytest

from schemas.audiences import is_spoken_of
from schemas.cobuild.offerings import AUDIENCES
from services.kit.lists.search import grams_asked, grams_of, has_words, words_of
from services.kit.views import Collection

READINGS = Collection("readings", searched=("title", "audience"))


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("老人", "一老一小", True),
        ("儿童", "一老一小", True),
        ("一老一小", "老人", True),
        ("一老一小", "辖区儿童", True),
        ("一老一小", "一老一小", True),
        ("独居老人", "一老一小", True),
        ("老人", "独居老人", True),
        ("独居老人", "老人", False),
        ("老人", "儿童", False),
        ("残障人士", "一老一小", False),
        ("一老一小", "全体居民", False),
        ("", "老人", True),
        ("老人", "", False),
    ],
)
def test_a_whole_contains_its_parts_and_a_part_is_of_its_whole(
    asked: str, text: str, found: bool
) -> None:
    assert is_spoken_of(asked, text) == found


@pytest.mark.parametrize(
    ("text", "audience", "found"),
    [
        ("老人", ["一老一小"], True),
        ("一老一小", ["老人"], True),
        ("读书 儿童", "一老一小", True),
        ("儿童", ["老人"], False),
        ("全体居民", ["一老一小"], False),
    ],
)
def test_words_find_it_either_way_round(
    text: str, audience: object, found: bool
) -> None:
    doc, words = {"title": "读书会", "audience": audience}, words_of(text)
    assert has_words(READINGS, doc, words) == found
    assert grams_of(READINGS, doc).issuperset(grams_asked(words)) == found


def test_a_title_means_what_it_says() -> None:
    assert not has_words(READINGS, {"title": "一老一小读书会"}, words_of("儿童"))


def test_every_part_is_an_audience_of_its_own() -> None:
    assert {"一老一小", "老人", "儿童"} <= set(AUDIENCES)
