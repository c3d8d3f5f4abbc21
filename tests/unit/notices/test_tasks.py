"""A notice that asks for something says so once that is done, whoever has done it."""

from typing import Any

import pytest

from schemas.catalogue import EVENTS
from services.kit.log import Event
from services.kit.views import Nothing, Overlay
from services.notices.folds import FOLDS
from services.notices.folds.notices import SOURCES, tell
from services.notices.folds.task_kinds import SILENT, TASKS
from services.notices.folds.tasks import Task, following
from services.notices.views import texts
from tests.given import happened
from tests.unit.notices.stage import after, begun, fact


def notices(docs: Overlay, source: str, kind: str) -> list[dict[str, Any]]:
    return [
        doc
        for (name, _), doc in docs.changed.items()
        if name == SOURCES[source] and doc["kind"] == kind
    ]


def test_every_event_named_is_one_that_is_declared_and_followed() -> None:
    for source, asks in TASKS.items():
        for ask in asks:
            for name in (*ask.by, *ask.until):
                types = {type for type in EVENTS if type.rpartition(".")[0] == name}
                assert types, name
                assert types <= FOLDS[source].keys(), name
    assert all(type in EVENTS for types in SILENT.values() for type in types)


def _happen(source: str, *types: str) -> Overlay:
    return after(source, *(fact(source, type) for type in types), docs=begun(source))


@pytest.mark.parametrize(
    ("source", "kind", "asks", "settles"),
    [
        (
            "partners",
            "partner_to_approve",
            "partner_reapplied.v3",
            "partner_rejected.v1",
        ),
        ("cobuild", "unit_to_approve", "unit_registered.v1", "unit_approved.v1"),
        ("cobuild", "need_to_verify", "need_raised.v1", "need_verified.v1"),
        ("cobuild", "need_question", "resident_asked.v1", "resident_answered.v1"),
        (
            "branches",
            "report_to_confirm",
            "member_reported_in.v2",
            "member_report_confirmed.v1",
        ),
        ("branches", "term_expiring", "term_expiring.v1", "secretary_appointed.v1"),
        (
            "activities",
            "activity_to_review",
            "activity_submitted.v1",
            "activity_returned.v1",
        ),
        ("activities", "hours_contested", "hours_contested.v1", "contest_withdrawn.v1"),
    ],
)
def test_it_says_so_once_it_is_done(
    source: str, kind: str, asks: str, settles: str
) -> None:
    asking = notices(_happen(source, asks), source, kind)[-1]
    assert "done_at" not in asking
    assert not texts.as_it_is_now(asking, "zh")["heading"].startswith("【已了结】")
    done = notices(_happen(source, asks, settles), source, kind)[-1]
    assert "done_at" in done
    assert texts.as_it_is_now(done, "zh")["heading"].startswith("【已了结】")
    assert texts.as_it_is_now(done, "en")["heading"].startswith("Settled: ")


def test_what_is_asked_again_is_open_again() -> None:
    docs = _happen(
        "cobuild", "resident_asked.v1", "resident_answered.v1", "resident_asked.v1"
    )
    first, second = notices(docs, "cobuild", "need_question")
    assert ("done_at" in first, "done_at" in second) == (True, False)


def test_the_committees_election_settles_nothing_of_the_secretary() -> None:
    docs = _happen("branches", "term_expiring.v1", "committee_elected.v1")
    assert not any(
        "done_at" in notice for notice in notices(docs, "branches", "term_expiring")
    )


ASKING = ("01K0SGN0000000000000000008", "01K0SGN0000000000000000009")


def requested() -> Overlay:
    """Two ask for a seat, and the host has been told once."""
    asks = [
        fact("activities", "signup_requested.v1", signup=signup, by=signup)
        for signup in ASKING
    ]
    return after("activities", *asks, docs=begun("activities"))


def is_done(docs: Overlay) -> bool:
    [notice] = notices(docs, "activities", "signup_to_review")
    return "done_at" in notice


def test_who_decides_on_requests_is_done_with_the_last_of_them() -> None:
    first, last = ASKING
    docs = requested()
    after(
        "activities", fact("activities", "signup_approved.v1", signup=first), docs=docs
    )
    assert not is_done(docs)
    after(
        "activities", fact("activities", "signup_declined.v1", signup=last), docs=docs
    )
    assert is_done(docs)


@pytest.mark.parametrize(("missed", "done"), [(1, False), (2, True)])
def test_requests_that_waited_in_vain_are_no_more_to_be_decided(
    missed: int, done: bool
) -> None:
    docs = requested()
    ended = fact("activities", "waiting_ended.v1", missed=list(ASKING[:missed]))
    assert is_done(after("activities", ended, docs=docs)) is done


@pytest.mark.parametrize("type", ["session_closed.v1", "sessions_cancelled.v1"])
def test_of_a_session_that_is_over_nothing_is_to_be_decided(type: str) -> None:
    assert is_done(after("activities", fact("activities", type), docs=requested()))


def test_only_what_sets_or_settles_something_is_followed() -> None:
    def tells(docs: Overlay, event: Event) -> None:
        """Nothing, here."""

    task = Task("asked", by=("a",), until=("b",), of=("need",))
    folds = following("cobuild", dict.fromkeys(("a.v1", "b.v1", "c.v1"), tells), [task])
    assert [type for type, fold in folds.items() if fold is tells] == ["c.v1"]


def test_what_is_followed_asks_and_says_so_once_it_is_done() -> None:
    def tells(docs: Overlay, event: Event) -> None:
        if event.type == "resident_asked.v1":
            tell("cobuild", docs, event, "need_question", ["person/P1"], {})

    kinds = [task for task in TASKS["cobuild"] if task.kind == "need_question"]
    types = ("resident_asked.v1", "resident_answered.v1")
    folds = following("cobuild", dict.fromkeys(types, tells), kinds)
    docs, done = Overlay(Nothing()), []
    for seq, type in enumerate(types, start=1):
        docs.fold(happened(fact("cobuild", type), seq), folds)
        [notice] = notices(docs, "cobuild", "need_question")
        done.append("done_at" in notice)
    assert done == [False, True]
