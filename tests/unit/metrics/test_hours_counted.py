"""Attendance and hours put right afterwards move between cells."""

from services.kit.log import Fact
from tests.examples import activities
from tests.examples.activities import ACTIVITY, CONTENT
from tests.given import example_of
from tests.unit.activities.stage import PUBLISHED, confirmed
from tests.unit.metrics.in_cells import COMMUNITY, after, came, figures, tell


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
