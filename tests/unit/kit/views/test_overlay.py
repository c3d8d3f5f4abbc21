"""Documents as they will be: what was put, and what was added without looking."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from schemas.documents import Json
from services.kit.views import Find, Folds, Nothing, Overlay, Seen
from tests.contract.engines import event


def new(id: str) -> Json:
    return {"id": id, "kind": "sum", "people": 0, "minutes": 0}


def overlay(seq: int = 1) -> Overlay:
    docs = Overlay(Nothing())
    docs.seq = seq
    return docs


def test_what_is_added_to_several_documents_is_found_in_each() -> None:
    docs = overlay()
    docs.add("cells", ("a", "b"), {"people": 1}, new)
    docs.seq = 2
    docs.add("cells", ("a",), {"people": 2, "minutes": 30}, new)
    assert docs.get("cells", "a") == {
        "id": "a",
        "kind": "sum",
        "people": 3,
        "minutes": 30,
        "seq": 2,
    }
    assert docs.get("cells", "b") == {
        "id": "b",
        "kind": "sum",
        "people": 1,
        "minutes": 0,
        "seq": 1,
    }
    assert docs.changed.keys() == {("cells", "a"), ("cells", "b")}


def test_adding_goes_on_from_what_is_there() -> None:
    docs = overlay()
    docs.put("cells", {**new("a"), "people": 5})
    above = Overlay(docs)
    above.add("cells", ("a",), {"people": 1}, new)
    above.seq = 3
    above.add("cells", ("a",), {"people": 1}, new)
    assert above.the("cells", "a")["people"] == 7
    assert docs.the("cells", "a")["people"] == 5


def test_putting_replaces_what_was_added_before() -> None:
    docs = overlay()
    docs.add("cells", ("a",), {"people": 1}, new)
    docs.put("cells", {**new("a"), "people": 9})
    assert docs.the("cells", "a")["people"] == 9


def test_what_was_added_is_found_by_queries() -> None:
    docs = overlay()
    docs.add("cells", ("b", "a"), {"people": 1}, new)
    assert [doc["id"] for doc in docs.find(Find("cells", {"kind": "sum"}, "id"))] == [
        "a",
        "b",
    ]


def test_adding_to_no_document_changes_nothing() -> None:
    docs = overlay()
    docs.add("cells", (), {"people": 1}, new)
    assert docs.changed == {}


def test_a_figure_that_no_document_has_is_refused_at_once() -> None:
    docs = overlay()
    docs.add("cells", ("a",), {"people": 1}, new)
    with pytest.raises(KeyError, match="pepole"):
        docs.add("cells", ("a",), {"pepole": 1}, new)
    assert docs.the("cells", "a")["people"] == 1


def test_an_event_is_tried_wholly_or_not_at_all() -> None:
    def fold(docs: Overlay, event: object) -> None:
        docs.add("cells", ("a",), {"people": 1}, new)
        docs.put("names", {"id": "x"})
        docs.the("names", "missing")

    folds: Folds = {
        "broken.v1": fold,
        "fine.v1": lambda docs, event: docs.add("cells", ("a",), {"people": 1}, new),
    }
    docs = overlay()
    docs.try_to_fold(replace(event(1), type="fine.v1"), folds)
    with pytest.raises(KeyError):
        docs.try_to_fold(replace(event(2), type="broken.v1"), folds)
    docs.try_to_fold(replace(event(3), type="fine.v1"), folds)
    assert docs.changed == {("cells", "a"): {**new("a"), "people": 2, "seq": 3}}


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_is_changed_above_keeps_none_below_from_being_found(
    newest_first: bool,
) -> None:
    below = overlay()
    for id in "abcdef":
        below.put("things", {"id": id, "kind": "x", "rank": id})
    above = Overlay(below)
    for id in ("ab", "ef")[newest_first]:
        above.put("things", {"id": id, "kind": "gone", "rank": id})
    found = above.find(
        Find("things", {"kind": "x"}, "rank", limit=2, newest_first=newest_first)
    )
    assert "".join(doc["id"] for doc in found) == ("cd", "dc")[newest_first]


def test_a_turn_reads_each_thing_once_and_what_it_missed_stays_missing() -> None:
    below = overlay()
    seen = Seen(below)
    asked = Find("things", {"kind": "x"}, "rank", limit=5)
    assert (seen.get("things", "a"), seen.find(asked)) == (None, [])
    below.put("things", {"id": "a", "kind": "x", "rank": "1"})
    assert (seen.get("things", "a"), seen.find(asked)) == (None, [])
    assert seen.find(replace(asked, limit=4)) == [below.get("things", "a")], (
        "that is another question"
    )


class AsFarAs(Nothing):
    """Views that have folded so much of each log, in one generation or the next."""

    generation, at = 1, 1

    def cursor(self, source: str) -> int:
        return self.at

    def fold_on(self) -> None:
        self.at += 1

    def rebuild(self) -> None:
        self.generation += 1


@pytest.mark.parametrize("move", [AsFarAs.fold_on, AsFarAs.rebuild])
def test_whoever_hears_that_the_documents_are_others_by_now_reads_anew(
    move: Callable[[AsFarAs], None],
) -> None:
    under = AsFarAs()
    below = Overlay(under)
    seen = Seen(below)

    def place() -> tuple[int, int]:
        return seen.generation, seen.cursor("adder")

    heard = place()
    assert seen.get("things", "a") is None
    below.put("things", {"id": "a", "kind": "x", "rank": "1"})
    assert place() == heard
    assert seen.get("things", "a") is None, "nothing is known to have come"
    move(under)
    assert seen.get("things", "a") is None, "nobody has asked"
    assert place() != heard
    assert seen.get("things", "a") == below.get("things", "a")
