"""What members at the doorstep are told, and of what they hear no more."""

from datetime import timedelta

import pytest

from services.kit.log import Fact
from tests.given import NOW
from tests.unit.notices.stage import after, begun, fact, news_of, told
from tests.unit.notices.told import OFFICE


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("round_opened.v1", "round_cancelled.v1", "round_ends_soon"),
        ("finding_referred.v1", "finding_resolved.v1", "followup_due"),
        ("finding_referred.v1", "finding_routed.v1", "followup_due"),
    ],
)
def test_nobody_is_reminded_at_a_door_of_what_is_over(
    first: str, then: str, kind: str
) -> None:
    docs = begun("grids")
    after("grids", fact("grids", first), docs=docs)
    assert kind in {doc["kind"] for doc in told(docs, "grids")}
    after("grids", fact("grids", then), docs=docs)
    assert kind not in {doc["kind"] for doc in told(docs, "grids")}


def test_of_care_that_is_due_a_member_hears_once_a_morning() -> None:
    docs = begun("grids")
    due = [fact("grids", "care_due.v1"), fact("grids", "care_due.v1")]
    after("grids", *due, docs=docs)
    (first,) = [doc for doc in told(docs, "grids") if doc["kind"] == "care_due"]
    assert first["words"]["count"] == 2
    after("grids", *due[:1], docs=docs, now=NOW + timedelta(days=1))
    counts = [
        doc["words"]["count"]
        for doc in told(docs, "grids")
        if doc["kind"] == "care_due"
    ]
    assert counts == [2, 1]


def test_of_care_at_a_door_that_moved_those_hear_who_go_there_now() -> None:
    docs = begun("grids")
    there = fact(
        "grids", "member_appointed.v1", member="M2", person="P4", grid="W-0102"
    )
    after("grids", there, fact("grids", "door_moved.v1"), docs=docs)
    assert news_of("grids", docs, fact("grids", "care_due.v1")) == {
        ("care_due", "person/P4")
    }


@pytest.mark.parametrize("again", ["finding_reopened.v1", "finding_routed.v1"])
def test_whoever_was_told_that_it_is_done_hears_once_that_it_is_not(again: str) -> None:
    docs = begun("grids")
    heard = {("finding_reopened", "person/P3")}
    assert news_of("grids", docs, fact("grids", again)) == set()
    for _ in range(2):
        news_of("grids", docs, fact("grids", "finding_resolved.v1"))
        assert news_of("grids", docs, fact("grids", again)) == heard
        assert news_of("grids", docs, fact("grids", again)) == set()


SUCCESSOR = fact("grids", "member_appointed.v1", member="M2", person="P4")

RELIEVED = fact("grids", "member_relieved.v1")


@pytest.mark.parametrize(
    ("before", "tells"),
    [
        ([], {"person/P3"}),
        ([SUCCESSOR], {"person/P3"}),
        ([RELIEVED, SUCCESSOR], {"person/P4"}),
        ([RELIEVED], {OFFICE}),
        ([fact("grids", "door_moved.v1")], {OFFICE}),
        ([fact("grids", "door_closed.v1")], set()),
    ],
)
def test_a_door_is_told_by_who_found_it_while_they_go_there_and_then_by_who_does(
    before: list[Fact], tells: set[str]
) -> None:
    docs = after("grids", *before, docs=begun("grids"))
    told_now = news_of("grids", docs, fact("grids", "finding_resolved.v1"))
    assert told_now == {("finding_resolved", to) for to in tells}
    again = news_of("grids", docs, fact("grids", "finding_reopened.v1"))
    assert again == {("finding_reopened", to) for to in tells}


def test_what_a_worker_found_the_worker_tells() -> None:
    docs = begun("grids")
    after("grids", fact("grids", "finding_recorded.v1", by="P6"), RELIEVED, docs=docs)
    assert news_of("grids", docs, fact("grids", "finding_resolved.v1")) == {
        ("finding_resolved", "person/P6")
    }


def test_who_was_relieved_hears_of_no_round() -> None:
    docs = begun("grids")
    after("grids", fact("grids", "member_relieved.v1"), docs=docs)
    opened = news_of("grids", docs, fact("grids", "round_opened.v1"))
    assert {kind for kind, _ in opened} == {"round_ends_soon"}


def test_nobody_is_reminded_of_a_lease_that_no_longer_runs() -> None:
    docs = begun("cobuild")
    news_of("cobuild", docs, fact("cobuild", "commitment_begun.v1"))
    assert {doc["kind"] for doc in told(docs, "cobuild")} & {
        "lease_ends_soon",
        "due_soon",
    } == {"due_soon"}
    news_of("cobuild", docs, fact("cobuild", "need_fulfilled.v1"))
    assert not {doc["kind"] for doc in told(docs, "cobuild")} & {
        "lease_ends_soon",
        "due_soon",
    }
