"""What of activities waits for the host, the street and who was offered a seat, and for whom no more."""

from datetime import timedelta

import pytest

from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import activities as examples
from tests.examples.activities import SESSION
from tests.given import asked
from tests.unit.activities.stage import (
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    street_admin,
    waitlisted,
)
from tests.waiting_for import items, kinds

AFTERWARDS = STARTS + timedelta(days=1)
SUBMITTED, RETURNED = (
    fact("activity_submitted.v1"),
    fact("activity_returned.v1", reason="请补充安全预案"),
)
OPEN = (DRAFTED, PUBLISHED, OPENED)
CANCELLED = fact("activity_cancelled.v2", sessions=[SESSION], reason="场地检修")
PARTY = [{"person": "R1", "relation": "self"}]
REQUESTED = fact(
    "signup_requested.v1", session=SESSION, signup="G1", by="R1", party=PARTY, ticket=1
)
DECIDED = fact(
    "signup_approved.v1", session=SESSION, signup="G1", state="confirmed", position=0
)
DECLINED = fact(
    "signup_declined.v1", session=SESSION, signup="G1", reason="名额留给老人"
)
WORKER = asked(("community_worker", "510108002001"), id="W1", now=AFTERWARDS)


def waits(docs: Overlay, who: Asked) -> list[str]:
    return kinds(docs, Activities, who)


def test_what_was_submitted_waits_for_the_street_and_what_was_returned_for_the_host() -> (
    None
):
    assert (
        waits(stage(DRAFTED), street_admin())
        == waits(stage(DRAFTED), secretary())
        == []
    )
    docs = stage(DRAFTED, SUBMITTED)
    assert waits(docs, street_admin()) == ["activity_to_review"]
    assert (
        waits(docs, secretary()) == waits(docs, street_admin(street="510108003")) == []
    )
    docs = stage(DRAFTED, SUBMITTED, RETURNED)
    assert (waits(docs, street_admin()), waits(docs, secretary())) == (
        [],
        ["activity_returned"],
    )
    revised = Fact("activity_revised.v2", DRAFTED.stream, DRAFTED.data)
    assert waits(stage(DRAFTED, SUBMITTED, RETURNED, revised), secretary()) == [
        "activity_returned"
    ]
    docs = stage(DRAFTED, SUBMITTED, RETURNED, revised, SUBMITTED)
    assert (waits(docs, street_admin()), waits(docs, secretary())) == (
        ["activity_to_review"],
        [],
    )


@pytest.mark.parametrize("done", [PUBLISHED, CANCELLED])
def test_a_review_waits_no_more_once_it_is_published_or_cancelled(done: Fact) -> None:
    assert waits(stage(DRAFTED, SUBMITTED, done), street_admin()) == []


def test_a_session_that_is_over_waits_for_its_host_until_it_is_closed() -> None:
    assert waits(stage(*OPEN, STARTED), secretary(now=STARTS)) == []
    (item,) = items(stage(*OPEN, STARTED), Activities, secretary(now=AFTERWARDS))
    assert (item["kind"], item["overdue"], item["names"]["session"]) == (
        "session_to_close",
        True,
        SESSION,
    )
    assert waits(stage(*OPEN, STARTED), WORKER) == []
    assert waits(stage(*OPEN, STARTED, CLOSED), secretary(now=AFTERWARDS)) == []
    assert waits(stage(*OPEN, CANCELLED), secretary(now=AFTERWARDS)) == []


def test_nothing_waits_for_a_secretary_whose_term_is_over() -> None:
    assert (
        waits(stage(*OPEN, STARTED), secretary(now=STARTS + timedelta(days=400))) == []
    )


@pytest.mark.parametrize(
    "done",
    [
        DECIDED,
        DECLINED,
        CANCELLED,
        fact("waiting_ended.v1", session=SESSION, missed=["G1"], more=False),
    ],
)
def test_a_request_waits_for_the_host_until_it_is_decided_or_too_late(
    done: Fact,
) -> None:
    assert waits(stage(*OPEN, REQUESTED), secretary()) == ["signup_to_decide"]
    assert waits(stage(*OPEN, REQUESTED), resident("R1")) == []
    assert waits(stage(*OPEN, REQUESTED, done), secretary()) == []


def test_an_offered_seat_waits_for_whom_it_was_offered_to_until_it_is_answered() -> (
    None
):
    offered = fact(
        "seat_offered.v1",
        session=SESSION,
        signup="G2",
        until="2026-06-10T03:00:00.000Z",
        more=False,
    )
    facts = (
        *OPEN,
        confirmed("G1", "R1", ticket=1),
        waitlisted("G2", "R2", ticket=2, position=1),
        offered,
    )
    (item,) = items(stage(*facts), Activities, resident("R2"))
    assert (item["kind"], item["due"]) == ("seat_offered", "2026-06-10T03:00:00.000Z")
    assert waits(stage(*facts), resident("R1")) == []
    for done in ("offer_accepted.v1", "offer_lapsed.v1"):
        assert (
            waits(
                stage(*facts, fact(done, session=SESSION, signup="G2")), resident("R2")
            )
            == []
        )


CONTEST = {"session": SESSION, "person": "R1", "contest": "C1"}
ATTENDED = (*OPEN, confirmed("G1", "R1", ticket=1), STARTED, CLOSED)
CONTESTED = Fact(
    "hours_contested.v1",
    DRAFTED.stream,
    {**examples.EVENTS["hours_contested.v1"], **CONTEST, "by": "R1"},
)
OVERDUE = (fact("contest_pressed.v1", **CONTEST), fact("contest_overdue.v1", **CONTEST))
SETTLED = fact(
    "contest_settled.v1", **CONTEST, upheld=False, reason="签到表如此", by="S1"
)


def test_a_contest_waits_for_the_host_and_once_it_is_overdue_for_who_serves_the_place() -> (
    None
):
    docs = stage(*ATTENDED, CONTESTED)
    host = secretary(now=AFTERWARDS)
    assert (waits(docs, host), waits(docs, WORKER)) == (["contest_to_settle"], [])
    docs = stage(*ATTENDED, CONTESTED, *OVERDUE)
    assert waits(docs, host) == []
    assert waits(docs, WORKER) == waits(docs, street_admin()) == ["contest_to_settle"]


@pytest.mark.parametrize("done", [SETTLED, fact("contest_withdrawn.v1", **CONTEST)])
def test_a_contest_waits_no_more_once_it_is_settled_or_withdrawn(done: Fact) -> None:
    assert waits(stage(*ATTENDED, CONTESTED, done), secretary(now=AFTERWARDS)) == []
    assert waits(stage(*ATTENDED, CONTESTED, *OVERDUE, done), WORKER) == []


def test_a_contest_does_not_wait_for_whose_hours_it_is_about() -> None:
    theirs = Fact(
        CONTESTED.type, CONTESTED.stream, {**CONTESTED.data, "person": "S1", "by": "S1"}
    )
    docs = stage(*OPEN, confirmed("G1", "S1", ticket=1), STARTED, CLOSED, theirs)
    assert waits(docs, secretary(now=AFTERWARDS)) == []
