"""Lists with conditions of which an index answers some: every page tells what a look at each document would."""

import random
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.errors import Invalid
from services.kit.lists.listing import listed, narrowed
from services.kit.lists.paging import MOST_LOOKED_AT
from services.kit.views import Collection, Find, Nothing, Overlay

THINGS = Collection(
    "things", (("host", "at"), ("place", "kind", "at"), ("at",)), searched=("title",)
)


def things(count: int, seed: int = 1) -> Overlay:
    luck, docs = random.Random(seed), Overlay(Nothing())
    for number in range(count):
        said = {
            "host": luck.choice("abc"),
            "place": luck.choice("xy"),
            "kind": luck.choice("mn"),
        }
        docs.put(
            "things", {"id": f"T{number:05}", "at": f"{luck.randint(0, 30):02}", **said}
        )
    return docs


def pages(docs: Overlay, *finds: Find, limit: int, **said: Any) -> list[Json]:
    told: list[Json] = []
    after = None
    while True:
        found = listed(docs, THINGS, {"limit": limit, "after": after}, *finds, **said)
        told, after = told + found["items"], found["next"]
        if after is None:
            return told


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_conditions_no_index_has_together_are_looked_at(
    limit: int, newest_first: bool
) -> None:
    docs = things(200)
    wheres = (
        {"host": "a", "place": "x"},
        {"place": "x", "kind": "m"},
        {"kind": "n", "host": "b"},
    )
    finds = [
        Find("things", where, "at", since="03", until="27", newest_first=newest_first)
        for where in wheres
    ]
    everything = docs.find(
        Find("things", {}, "at", limit=1000, newest_first=newest_first)
    )
    expected = [doc for doc in everything if any(find.matches(doc) for find in finds)]
    assert pages(docs, *finds, limit=limit) == expected


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({"host": "a", "place": "x", "kind": "m"}, {"host": "a"}),
        ({"kind": "m", "place": "x"}, {"place": "x", "kind": "m"}),
        ({"kind": "m"}, {}),
    ],
)
def test_the_first_index_that_is_of_use_is_taken(
    where: dict[str, str], index: dict[str, str]
) -> None:
    assert narrowed(Find("things", where, "at"), THINGS).where == index


def test_an_order_without_an_index_is_refused() -> None:
    with pytest.raises(LookupError):
        narrowed(Find("things", {"host": "a"}, "kind"), THINGS)


def test_a_page_that_looked_at_enough_goes_on_where_it_stopped() -> None:
    docs = things(MOST_LOOKED_AT + 10)
    rare = f"T{MOST_LOOKED_AT + 5:05}"
    question = {"limit": 5, "after": None}
    found = listed(
        docs,
        THINGS,
        question,
        Find("things", {}, "at"),
        sees=lambda thing: thing["id"] == rare,
    )
    assert len(found["items"]) <= 1
    assert found["next"] is not None
    assert [
        thing["id"]
        for thing in pages(
            docs, Find("things", {}, "at"), limit=5, sees=lambda t: t["id"] == rare
        )
    ] == [rare]


@pytest.mark.parametrize("text", ["！", "，。 ", "——", "《》"])
def test_a_text_without_a_word_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        listed(
            things(1),
            THINGS,
            {"limit": 5, "after": None, "text": text},
            Find("things", {}, "at"),
        )
    assert [(error["code"], error["path"]) for error in refused.value.errors] == [
        ("no_words", "text")
    ]
