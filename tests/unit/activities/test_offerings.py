"""Offerings asked for, granted or declined by events."""

import pytest

from schemas.activities.contents import MOST_OFFERINGS, MOST_SESSIONS
from schemas.cobuild.offerings import MOST_BOOKED
from services.activities.rules.offerings import (
    note_declined,
    note_reserved,
    request_offering,
    withdraw_offering_request,
)
from services.activities.service import Activities
from services.kit.errors import Refused
from services.kit.log import Fact
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, OFFERING, SESSION
from tests.given import asked, given_from, happened, refused
from tests.unit.activities.stage import DRAFTED, STARTED, STARTS, fact, secretary, stage
from tests.unit.activities.test_dates import series

BEGINS = CONTENT["sessions"][0]["starts_at"]

REQUESTED = fact(
    "offering_requested.v1",
    offering=OFFERING,
    host="branch/B1",
    starts_at="2026-06-13T01:00:00.000Z",
)
GRANTED = fact("offering_granted.v1", offering=OFFERING)
WITHDRAWN = fact("offering_request_withdrawn.v1", offering=OFFERING)
RESERVED = happened(
    Fact(
        "offering_reserved.v1",
        "offering/O",
        {"offering": OFFERING, "activity": ACTIVITY, "period": "2026-06-13"},
    )
)
DECLINED = happened(
    Fact(
        "offering_declined.v1",
        "offering/O",
        {
            "offering": OFFERING,
            "activity": ACTIVITY,
            "code": "used_up",
            "reason": "当天名额已用完",
        },
    )
)


def test_a_request_names_host_and_time() -> None:
    event = request_offering(stage(DRAFTED), COMMANDS["request_offering"], secretary())
    assert (event.data["host"], event.data["starts_at"]) == (
        "branch/B1",
        "2026-06-13T01:00:00.000Z",
    )


def test_an_offering_is_asked_for_once_until_it_is_withdrawn() -> None:
    docs = stage(DRAFTED, REQUESTED)
    with pytest.raises(Refused) as refusal:
        request_offering(docs, COMMANDS["request_offering"], secretary())
    assert refusal.value.code == "already_requested"
    given_from(docs, Activities, "activities", WITHDRAWN)
    assert request_offering(docs, COMMANDS["request_offering"], secretary())


def test_what_was_not_asked_for_cannot_be_withdrawn() -> None:
    with pytest.raises(Refused) as refusal:
        withdraw_offering_request(
            stage(DRAFTED), COMMANDS["withdraw_offering_request"], secretary()
        )
    assert refusal.value.code == "not_requested"


def test_the_units_answer_is_noted() -> None:
    granted = note_reserved(stage(DRAFTED, REQUESTED), RESERVED, asked())
    declined = note_declined(stage(DRAFTED, REQUESTED), DECLINED, asked())
    assert granted is not None
    assert granted.type == "offering_granted.v1"
    assert declined is not None
    assert (declined.type, declined.data["reason"]) == (
        "offering_refused.v1",
        "当天名额已用完",
    )


def test_an_answer_to_a_request_withdrawn_meanwhile_is_not_noted() -> None:
    docs = stage(DRAFTED, REQUESTED, WITHDRAWN)
    assert note_reserved(docs, RESERVED, asked()) is None
    assert note_declined(docs, DECLINED, asked()) is None


def test_a_declined_second_request_does_not_stay_granted_by_the_answer_to_the_first() -> (
    None
):
    docs = stage(DRAFTED, REQUESTED, GRANTED)
    declined = note_declined(docs, DECLINED, asked())
    assert declined is not None
    assert declined.type == "offering_refused.v1"


@pytest.mark.parametrize(
    "cancelled",
    [
        fact("activity_cancelled.v2", sessions=[SESSION], reason="雨"),
        fact("sessions_cancelled.v1", sessions=[SESSION], reason="雨"),
    ],
)
def test_what_was_granted_for_a_session_that_is_cancelled_is_asked_for_no_longer(
    cancelled: Fact,
) -> None:
    docs = series(
        fact(
            "offering_requested.v1",
            session=SESSION,
            offering=OFFERING,
            host="branch/B1",
            starts_at=BEGINS,
        )
    )
    given_from(
        docs,
        Activities,
        "activities",
        fact("offering_granted.v1", session=SESSION, offering=OFFERING),
        cancelled,
    )
    (use,) = docs.the("activities", ACTIVITY)["offerings"]
    assert use["state"] == "withdrawn"
    with refused("not_requested"):
        withdraw_offering_request(
            docs,
            {**COMMANDS["withdraw_offering_request"], "session": SESSION},
            secretary(),
        )


def test_nothing_is_asked_for_or_given_back_once_a_session_has_begun() -> None:
    asks = {**COMMANDS["request_offering"], "session": SESSION}
    with refused("already_begun"):
        request_offering(series(), asks, secretary(now=STARTS))
    docs = series(
        fact(
            "offering_requested.v1",
            session=SESSION,
            offering=OFFERING,
            host="branch/B1",
            starts_at=BEGINS,
        )
    )
    assert withdraw_offering_request(docs, asks, secretary(now=STARTS))
    given_from(docs, Activities, "activities", STARTED)
    with refused("already_begun"):
        withdraw_offering_request(docs, asks, secretary(now=STARTS))


def test_every_session_of_the_longest_series_may_have_one_and_there_is_an_end() -> None:
    docs = series(several=MOST_SESSIONS)
    for number in range(1, MOST_SESSIONS + 1):
        asks = {**COMMANDS["request_offering"], "session": f"{ACTIVITY}.{number}"}
        given_from(
            docs, Activities, "activities", request_offering(docs, asks, secretary())
        )
    for number in range(MOST_OFFERINGS - MOST_SESSIONS):
        asks = {
            **COMMANDS["request_offering"],
            "session": SESSION,
            "offering": f"O{number}",
        }
        given_from(
            docs, Activities, "activities", request_offering(docs, asks, secretary())
        )
    with refused("too_many_offerings"):
        request_offering(
            docs,
            {**COMMANDS["request_offering"], "session": SESSION, "offering": "O"},
            secretary(),
        )
    assert (
        MOST_OFFERINGS <= MOST_BOOKED
    )  # Cancelled as a whole, the activity gives all of them back in one event.
