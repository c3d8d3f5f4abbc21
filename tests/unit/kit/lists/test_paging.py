"""Cursor paging: pages follow one another without gap or overlap."""

import marshmallow as ma
import pytest

from schemas import fields
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.lists.paging import each, page
from services.kit.views import Find, Nothing, Overlay

FIND = Find("things", {"kind": "x"}, "by")


def things(*names: str) -> Overlay:
    docs = Overlay(Nothing())
    for name in names:
        docs.put("things", {"id": name, "kind": "x", "by": len(name)})
    return docs


def refusal(**question: object) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        Paged().load(question)
    complaint = fields.complaints(caught.value)[0]
    return complaint["path"], complaint["code"]


def test_the_pages_of_a_list_are_the_list() -> None:
    docs = things("a", "b", "cc", "dd", "eee")
    seen, after, pages = [], None, 0
    while True:
        found = page(docs, Paged().load({"after": after, "limit": 2}), FIND)
        seen += [doc["id"] for doc in found["items"]]
        after, pages = found["next"], pages + 1
        if after is None:
            break
    assert (seen, pages) == (["a", "b", "cc", "dd", "eee"], 3)


def test_several_lists_in_one_order_are_paged_as_one() -> None:
    docs = Overlay(Nothing())
    for name in "abcdefghi":
        docs.put(
            "things",
            {"id": name, "kind": "xyz"[ord(name) % 3], "by": 9 - ord(name) % 4},
        )
    asked = {"kind": ["x", "z"]}
    finds = [
        Find("things", where, "by", newest_first=True) for where in each(asked, "kind")
    ]
    whole = page(docs, Paged().load({}), *finds)["items"]
    assert [(doc["by"], doc["id"]) for doc in whole] == sorted(
        ((9 - ord(name) % 4, name) for name in "abcdefghi" if ord(name) % 3 != 1),
        reverse=True,
    )
    seen: list[Json] = []
    after = None
    while len(seen) < len(whole):
        found = page(docs, Paged().load({"after": after, "limit": 2}), *finds)
        seen, after = seen + found["items"], found["next"]
    assert (seen, after) == (whole, None)


def test_what_is_in_two_lists_is_shown_once() -> None:
    assert len(page(things("a", "b"), Paged().load({}), FIND, FIND)["items"]) == 2


def test_a_list_that_ends_with_the_page_has_no_next_one() -> None:
    assert page(things("a", "b"), Paged().load({"limit": 2}), FIND)["next"] is None


def test_twenty_are_shown_when_nobody_says_how_many() -> None:
    assert Paged().load({}) == {"after": None, "limit": 20}


@pytest.mark.parametrize("limit", [0, 101, 10**9])
def test_a_page_size_out_of_range_is_refused(limit: int) -> None:
    assert refusal(limit=limit) == ("limit", "bad_page_size")


@pytest.mark.parametrize(
    "after",
    [
        "abc",
        [],
        ["a"],
        ["a", "b", "c"],
        [None, "a"],
        ["a", 1],
        [True, "a"],
        [-1, "a"],
        [2**63, "a"],
        ["\ud800", "a"],
    ],
)
def test_a_cursor_nobody_gave_is_refused(after: object) -> None:
    assert refusal(after=after) == ("after", "bad_cursor")


def test_what_is_hidden_fills_no_page_ends_none_and_is_no_cursor() -> None:
    docs = Overlay(Nothing())
    for number in range(20):
        docs.put(
            "things",
            {
                "id": f"{number:02}",
                "kind": "x",
                "by": number,
                "secret": number % 5 != 4,
            },
        )
    seen: list[str] = []
    after = None
    for _ in range(2):
        found = page(
            docs,
            Paged().load({"after": after, "limit": 2}),
            FIND,
            sees=lambda thing: not thing["secret"],
        )
        seen, after = [*seen, *(doc["id"] for doc in found["items"])], found["next"]
        assert after in ([9, "09"], None)
    assert seen == ["04", "09", "14", "19"]


def test_where_nothing_may_be_looked_for_there_is_nothing() -> None:
    assert page(things("a"), Paged().load({})) == {"items": [], "next": None}
