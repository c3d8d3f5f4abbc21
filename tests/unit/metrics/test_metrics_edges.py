"""What a figure counts at the very score, moment and number from which on it counts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.metrics.folds import late, needs, people, sessions, signers
from services.metrics.folds.cells import COUNTED, EXCESS
from services.metrics.folds.doorstep.standing import stands_at
from tests.examples import activities
from tests.given import example_of, happened

MOMENT = timedelta(milliseconds=1)
JUNE_ENDS = datetime.fromisoformat("2026-06-30T16:00:00.000Z")
EVENT = example_of(activities, "session_closed.v1")


@pytest.mark.parametrize(
    ("at", "is_late"), [(JUNE_ENDS - MOMENT, False), (JUNE_ENDS, True)]
)
def test_a_month_is_over_from_its_last_midnight_on(at: datetime, is_late: bool) -> None:
    assert late.is_late(happened(EVENT, now=at), "2026-06-01") is is_late


@pytest.mark.parametrize(("score", "satisfied"), [(3, 0), (4, 1), (5, 1)])
def test_who_gives_four_of_five_is_satisfied(score: int, satisfied: int) -> None:
    assert sessions.rated(score) == {"ratings": 1, "satisfied": satisfied}
    ended = need(state="confirmed", score=score)
    assert needs._of_received(ended)["needs_satisfied"] == satisfied


def need(**known: Any) -> Json:
    return needs.NOTHING_YET | {"state": "raised"} | known


COUNTS = {"needs_received": 1}
CONFIRMED = COUNTS | {"needs_confirmed": 1, "needs_ended": 1}


@pytest.mark.parametrize(
    ("known", "counts"),
    [
        ({}, COUNTS),
        ({"score": 5}, COUNTS),
        ({"in_time": True}, COUNTS),
        ({"state": "rejected"}, COUNTS | {"needs_rejected": 1}),
        ({"state": "withdrawn"}, COUNTS | {"needs_withdrawn": 1}),
        ({"state": "confirmed"}, CONFIRMED),
        ({"state": "confirmed", "in_time": True}, CONFIRMED | {"needs_confirmed_in_time": 1}),
        ({"state": "confirmed", "score": 1}, CONFIRMED | {"needs_rated": 1}),
        ({"state": "settled", "in_time": True}, COUNTS | {"needs_ended": 1}),
        ({"state": "settled", "score": 1}, COUNTS | {"needs_ended": 1, "needs_rated": 1}),
    ],
)  # fmt: skip
def test_a_need_counts_by_what_has_become_of_it(known: Json, counts: Json) -> None:
    figures = needs._of_received(need(**known))
    assert {name: number for name, number in figures.items() if number} == counts


IN_TIME, TOO_LATE = {"response_minutes": 5, "in_time": True}, {"response_minutes": 900, "in_time": False}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "counts"),
    [
        ({"state": "verified"}, {"responses_open": 1}),
        ({"state": "claimed"}, {"responses_open": 1}),
        ({"state": "confirmed"}, {}),
        ({"state": "verified", "reopened": True}, {}),
        ({"state": "claimed", "response": IN_TIME}, {"responses": 1, "needs_claimed_in_time": 1}),
        ({"state": "claimed", "response": TOO_LATE}, {"responses": 1}),
    ],
)  # fmt: skip
def test_a_need_waits_for_its_first_response(known: Json, counts: Json) -> None:
    figures = needs._of_verified(need(**known))
    told = {name: number for name, number in figures.items() if number}
    assert told == {"needs_verified": 1} | counts


@pytest.mark.parametrize(
    ("told", "before", "response"),
    [
        (True, {}, IN_TIME),
        (False, {}, None),
        (True, {"response": TOO_LATE}, TOO_LATE),
        (True, {"reopened": True}, None),
    ],
)
def test_the_first_response_counts(
    told: bool, before: Json, response: Json | None
) -> None:
    event = replace(happened(EVENT), data=IN_TIME if told else {})
    changed = needs.taken_on("claimed")(need(**before), event)
    assert changed == {"state": "claimed", "response": response}


@pytest.mark.parametrize("walked_in", [True, False])
@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("role", ["participant", "helper"])
def test_an_attendance_counts_as_what_somebody_came(
    walked_in: bool, attended: bool, role: str
) -> None:
    came: Json = {"attended": attended, "walked_in": walked_in, "role": role}
    figures = people.figures_of(came | {"hours": "scanned", "minutes": 30})
    helps = role == "helper"
    minutes = "service_minutes_scanned" if helps else "attended_minutes"
    assert figures == {
        "person_times": int(attended),
        "helper_times" if helps else "participant_times": int(attended),
        "turned_up": int(attended and not walked_in),
        minutes: 30,
    }


@pytest.mark.parametrize(
    ("there", "excess", "alone"),
    [(5, 0, 5), (5, 4, 1), (5, 5, 1), (5, 7, 1), (1, 0, 1), (1, 1, 1), (0, 0, 0)],
)
def test_somebody_stays_where_there_is_anybody(
    there: int, excess: int, alone: int
) -> None:
    figures = dict.fromkeys(COUNTED[EXCESS], there)
    told = signers.independent(figures, dict.fromkeys(figures, excess))
    assert told == dict.fromkeys(figures, alone)


BEGINS, MOVES, CLOSES = "2026-06-01", "2026-06-10", "2026-06-20"
DOOR: Json = {
    "recorded_at": BEGINS,
    "closed_at": CLOSES,
    "places": [
        {"since": BEGINS, "community": "A"},
        {"since": MOVES, "community": "B"},
    ],
}


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (BEGINS, ""),
        (f"{BEGINS}T", "A"),
        (MOVES, "A"),
        (f"{MOVES}T", "B"),
        (CLOSES, "B"),
        (f"{CLOSES}T", ""),
    ],
)
def test_a_door_stands_where_it_did_just_before(moment: str, there: str) -> None:
    assert stands_at(DOOR, moment) == there
