"""What a session, those who come to it and what is put right afterwards add to which cells."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from services.metrics.folds.cells import cell_id
from services.metrics.service import Metrics
from tests.examples import activities
from tests.examples.activities import ACTIVITY, CONTENT, EVENTS, SESSION
from tests.given import example_of, given, given_from
from tests.unit.activities.stage import CLOSED, PUBLISHED, confirmed

DISTRICT, COMMUNITY = "510108", CONTENT["community"]
DAY = "2026-06-13"
OF: dict[str, Any] = {"activity": ACTIVITY, "session": SESSION}
LAST_MINUTE, FIRST_MINUTE = (
    "2026-06-30T15:59:00.000Z",
    "2026-06-30T16:00:00.000Z",
)  # 23:59 and midnight in China.


def after(*facts: Fact) -> Overlay:
    return given_from(given(Metrics), Metrics, "activities", *facts)


def tell(docs: Overlay, type: str, **data: Any) -> Overlay:
    """News in words this clone's activities does not know yet."""
    docs.fold(
        Event(docs.seq + 1, "E", type, "activity/A", "", {**OF, **data}, ""),
        Metrics.folds["activities"],
    )
    return docs


def came(person: str) -> Fact:
    told = {"person": person, "at": "2026-06-13T01:05:00.000Z", "way": "scanned"}
    return Fact("checked_in.v1", "activity/A", {**OF, **told})


def posted(
    type: str = "activity_published.v2", starts_at: str = "", **changes: Any
) -> Fact:
    """The activity with `changes` to it, its only session at another time where one is given."""
    plan = CONTENT["sessions"][0]
    if starts_at:
        ends_at = instant(datetime.fromisoformat(starts_at) + timedelta(hours=1))
        plan = {**plan, "starts_at": starts_at, "cutoff": starts_at, "ends_at": ends_at}
    more = (
        {"changed": ["starts_at"], "moved": [SESSION], "reason": "下雨"}
        if "changed" in type
        else {}
    )
    return Fact(type, "activity/A", {**CONTENT, **changes, **more, "sessions": [plan]})


def moved(starts_at: str) -> Fact:
    return posted("activity_changed.v1", starts_at=starts_at)


def cell(
    docs: Overlay,
    period: str = DAY,
    dimension: str = "all",
    value: str = "",
    scope: str = DISTRICT,
) -> Json:
    return docs.get("cells", cell_id(scope, period, dimension, value)) or {}


def figures(docs: Overlay, *names: str, **where: str) -> list[int]:
    found = cell(docs, **where)
    return [found.get(name, 0) for name in names]


def test_a_session_is_open_until_it_is_held_or_called_off() -> None:
    assert figures(after(PUBLISHED), "open_sessions", "sessions_held") == [1, 0]
    assert figures(after(PUBLISHED, CLOSED), "open_sessions", "sessions_held") == [0, 1]
    called_off = Fact(
        "sessions_cancelled.v1", "activity/A", EVENTS["sessions_cancelled.v1"]
    )
    assert figures(after(PUBLISHED, called_off), "open_sessions", "sessions_held") == [
        0,
        0,
    ]


def test_what_was_held_stays_held_when_the_rest_is_cancelled() -> None:
    cancelled = Fact(
        "activity_cancelled.v2", "activity/A", EVENTS["activity_cancelled.v2"]
    )
    assert figures(after(PUBLISHED, CLOSED, cancelled), "sessions_held") == [1]


def test_a_draft_that_is_cancelled_was_never_counted() -> None:
    cancelled = Fact(
        "activity_cancelled.v2", "activity/A", EVENTS["activity_cancelled.v2"]
    )
    assert not [key for key in after(cancelled).changed if key[0] == "cells"]


@pytest.mark.parametrize(
    ("starts_at", "month", "quarter"), [(LAST_MINUTE, 6, 2), (FIRST_MINUTE, 7, 3)]
)
def test_a_day_begins_at_midnight_in_china(
    starts_at: str, month: int, quarter: int
) -> None:
    docs = after(posted(starts_at=starts_at), came("R1"))
    assert figures(docs, "person_times", period=f"2026-{month:02}") == [1]
    assert figures(docs, "person_times", period=f"2026-Q{quarter}") == [1]
    assert figures(docs, "person_times", period=f"2026-{13 - month:02}") == [0]


def test_a_session_moves_with_its_seats_before_anybody_attended() -> None:
    docs = after(
        posted(starts_at=LAST_MINUTE),
        confirmed("G1", "R1", "R2", ticket=1),
        moved(FIRST_MINUTE),
        CLOSED,
    )
    assert figures(
        docs, "sessions_held", "capacity", "confirmed", period="2026-06"
    ) == [0, 0, 0]
    assert figures(
        docs, "sessions_held", "capacity", "confirmed", period="2026-07"
    ) == [1, 5, 2]


def test_a_session_keeps_its_day_once_somebody_attended() -> None:
    docs = after(posted(starts_at=LAST_MINUTE), came("R1"), moved(FIRST_MINUTE), CLOSED)
    assert figures(
        docs, "sessions_held", "person_times", "attended", period="2026-06"
    ) == [1, 1, 1]
    assert figures(docs, "sessions_held", "person_times", period="2026-07") == [0, 0]


def test_a_session_with_several_hosts_counts_once_and_once_for_each() -> None:
    docs = after(
        posted(cohosts=["unit/U1", "unit/U1", "branch/B1"]), came("R1"), CLOSED
    )
    assert figures(docs, "person_times", "unique_participants", "sessions_held") == [
        1,
        1,
        1,
    ]
    for host in ("branch/B1", "unit/U1"):
        assert figures(
            docs, "person_times", "sessions_held", dimension="host", value=host
        ) == [1, 1]


def test_seats_are_those_confirmed_at_the_end() -> None:
    waits = Fact(
        "signup_waitlisted.v1",
        "activity/A",
        {**EVENTS["signup_waitlisted.v1"], "signup": "G2"},
    )
    asks = Fact(
        "signup_requested.v1",
        "activity/A",
        {**EVENTS["signup_requested.v1"], "signup": "G3"},
    )
    approved = Fact(
        "signup_approved.v1",
        "activity/A",
        {**EVENTS["signup_approved.v1"], "signup": "G3"},
    )
    promoted = Fact(
        "waiting_promoted.v1",
        "activity/A",
        {**EVENTS["waiting_promoted.v1"], "promoted": ["G2"]},
    )
    none = Fact(
        "waiting_promoted.v1",
        "activity/A",
        {**EVENTS["waiting_promoted.v1"], "promoted": []},
    )
    docs = after(
        PUBLISHED, confirmed("G1", "R1", ticket=1), waits, asks, approved, none, CLOSED
    )
    assert figures(docs, "confirmed") == [3]
    docs = after(
        PUBLISHED,
        confirmed("G1", "R1", ticket=1),
        waits,
        asks,
        promoted,
        promoted,
        CLOSED,
    )
    assert figures(docs, "confirmed") == [3]


def test_who_left_a_party_is_not_expected_and_late_is_missed() -> None:
    left = {**OF, "signup": "G1", "promoted": []}
    early = Fact("party_left.v1", "activity/A", {**left, "person": "R2", "late": False})
    late = Fact("party_left.v1", "activity/A", {**left, "person": "R3", "late": True})
    docs = after(
        PUBLISHED,
        confirmed("G1", "R1", "R2", "R3", ticket=1),
        early,
        late,
        came("R1"),
        CLOSED,
    )
    assert figures(docs, "confirmed", "turned_up", "no_shows") == [1, 1, 1]


def test_who_gets_the_seat_of_one_who_left_is_expected() -> None:
    waits = Fact(
        "signup_waitlisted.v1",
        "activity/A",
        {**EVENTS["signup_waitlisted.v1"], "signup": "G2"},
    )
    left = Fact(
        "party_left.v1",
        "activity/A",
        {**OF, "signup": "G1", "person": "R2", "late": False, "promoted": ["G2"]},
    )
    docs = after(PUBLISHED, confirmed("G1", "R1", "R2", ticket=1), waits, left, CLOSED)
    assert figures(docs, "confirmed") == [3]


def test_guests_are_people_of_their_own_wherever_the_same_signer_takes_them() -> None:
    docs = after(PUBLISHED, came("R1"), came("R1~child"), came("R2~child"))
    assert figures(docs, "person_times", "unique_participants") == [3, 3]


def test_who_simply_came_was_not_expected() -> None:
    docs = tell(
        after(PUBLISHED, confirmed("G1", "R1", "R2", ticket=1), came("R1")), "walked_in.v1", signup="G2",
        party=[{"person": "R3"}], minutes=0, hours="scanned",
    )  # fmt: skip
    docs = tell(docs, "session_closed.v1")
    assert figures(docs, "confirmed", "attended", "turned_up", "no_shows") == [
        2,
        2,
        1,
        1,
    ]


def test_an_attendance_undone_takes_back_all_it_gave() -> None:
    docs = after(PUBLISHED, confirmed("G1", "R1", ticket=1), came("R1"))
    tell(
        docs,
        "checked_out.v1",
        person="R1",
        at="",
        way="scanned",
        minutes=55,
        hours="scanned",
        role="helper",
    )
    gave = ("person_times", "unique_participants", "service_minutes_scanned")
    assert figures(docs, *gave) == [1, 1, 55]
    tell(
        docs,
        "check_undone.v1",
        person="R1",
        undone="in",
        attended=False,
        minutes=0,
        hours="scanned",
        role="helper",
    )
    assert figures(docs, *gave) == [0, 0, 0]
    assert docs.the("attending", f"2026-06:{COMMUNITY}")["deeds"] == 0


def test_one_who_came_to_two_sessions_counts_until_both_are_taken_back() -> None:
    plans = [
        CONTENT["sessions"][0],
        {**CONTENT["sessions"][0], "session": f"{ACTIVITY}.2"},
    ]
    second = {"session": f"{ACTIVITY}.2", "person": "R1"}
    docs = after(
        Fact("activity_published.v2", "activity/A", {**CONTENT, "sessions": plans}),
        came("R1"),
    )
    tell(docs, "checked_in.v1", **second, at="", way="scanned")
    assert figures(docs, "person_times", "unique_participants") == [2, 1]
    wrong = {"attended": False, "minutes": 0, "hours": "adjusted", "reason": ""}
    tell(docs, "hours_corrected.v1", person="R1", **wrong)
    assert figures(docs, "person_times", "unique_participants") == [1, 1]
    tell(docs, "hours_corrected.v1", **second, **wrong)
    assert figures(docs, "person_times", "unique_participants") == [0, 0]
    assert docs.the("person_years", "R1:2026")["attended"] == []


def test_corrected_hours_are_of_their_own_class() -> None:
    docs, helps = after(PUBLISHED, came("R1")), {"person": "R1", "role": "helper"}
    tell(docs, "checked_out.v1", **helps, minutes=50, hours="backfilled")
    tell(
        docs,
        "hours_corrected.v1",
        **helps,
        attended=True,
        minutes=80,
        hours="adjusted",
        reason="",
    )
    assert figures(docs, "service_minutes_backfilled", "service_minutes_adjusted") == [
        0,
        80,
    ]
    tell(
        docs, "hours_recounted.v1", **helps, attended=True, minutes=30, hours="adjusted"
    )
    assert figures(docs, "person_times", "service_minutes_adjusted") == [1, 30]


OF_ROLES = (
    "person_times",
    "participant_times",
    "helper_times",
    "attended_minutes",
    "service_minutes_scanned",
)


def test_minutes_of_who_helps_are_service_and_of_who_takes_part_are_not() -> None:
    docs = after(PUBLISHED, confirmed("G1", "R1", ticket=1), came("R1"))
    for person, more in (("R1", {}), ("R2", {"role": "helper"})):
        tell(docs, "checked_in.v1", person=person, at="", way="scanned", **more)
        tell(
            docs,
            "checked_out.v1",
            person=person,
            at="",
            way="scanned",
            minutes=50,
            hours="scanned",
            **more,
        )
    assert figures(docs, *OF_ROLES) == [2, 1, 1, 50, 50]


def test_who_is_said_afterwards_to_have_helped_moves_from_one_figure_to_the_other_and_back() -> (
    None
):
    docs = tell(
        after(PUBLISHED, came("R1")),
        "checked_out.v1",
        person="R1",
        minutes=50,
        hours="scanned",
    )
    told = {"to": "helper", "reason": "", "by": "S1"}
    tell(
        docs,
        "roles_changed.v1",
        people=[{"person": "R1", "minutes": 40, "hours": "scanned", "role": "helper"}],
        **told,
    )
    assert figures(docs, *OF_ROLES) == [1, 0, 1, 0, 40]
    told["to"] = "participant"
    tell(
        docs,
        "roles_changed.v1",
        people=[{"person": "R1", "minutes": 50, "hours": "scanned"}],
        **told,
    )
    assert figures(docs, *OF_ROLES) == [1, 1, 0, 50, 0]


def test_who_is_settled_without_a_check_out_is_settled_as_what_they_came_as() -> None:
    docs = after(PUBLISHED, came("R1"), came("R2"))
    people = [
        {"person": "R1", "minutes": 50},
        {"person": "R2", "minutes": 60, "role": "helper"},
    ]
    settled = [{**one, "counted": True, "hours": "backfilled"} for one in people]
    tell(docs, "hours_settled.v1", people=settled)
    assert figures(docs, "attended_minutes", "service_minutes_backfilled") == [50, 60]


def test_logs_of_one_session_each_count_as_they_did() -> None:
    types = ("activity_published.v1", "activity_started.v1", "activity_closed.v1")
    docs = after(*(example_of(activities, type) for type in types))
    assert figures(docs, "sessions_held", "capacity", "open_sessions") == [1, 5, 0]
