"""Where one more makes a difference: to how many, to whom, and of whom it is said."""

from datetime import timedelta

from schemas.fields import instant
from schemas.notices.news import MOST_AT_ONCE
from services.notices.model import timing
from services.notices.rules import reminders
from services.notices.rules.planning import Planner
from tests.examples.activities import SESSION
from tests.given import NOW, asked
from tests.unit.notices.delivering_stage import CHANNELS, Stage
from tests.unit.notices.stage import after, begun, fact, told


def test_who_was_not_counted_is_told_that_nothing_was() -> None:
    people = [
        {"person": "R5", "counted": True, "minutes": 115, "hours": "backfilled"},
        {"person": "R6", "counted": False, "minutes": 0, "hours": "scanned"},
    ]
    settled = fact("activities", "hours_settled.v1", people=people)
    docs = after("activities", settled, docs=begun("activities"))
    said = {
        notice["to"]: notice["words"]["settled"]
        for notice in told(docs, "activities")
        if notice["kind"] == "hours_settled"
    }
    assert said == {"person/R5": "session", "person/R6": "nothing"}


def test_as_many_sessions_as_one_round_takes_are_one_round() -> None:
    for count, goes_on in ((MOST_AT_ONCE, False), (MOST_AT_ONCE + 1, True)):
        docs = begun("activities")
        for number in range(count):
            comes = {"id": f"A9.{number:03}", "comes_at": instant(NOW)}
            docs.put("sessions", docs.the("sessions", SESSION) | comes)
        rung = reminders.ring(docs, {"after": []}, asked(now=NOW))
        assert rung.data["more"] is goes_on
        assert (rung.data["ring_at"] == instant(NOW)) is goes_on


def test_what_is_planned_for_others_at_the_same_time_puts_nobody_off() -> None:
    stage = Stage()
    for person in ("P1", "P2"):
        stage.give(person=person)
    planner = Planner(stage.docs, NOW, CHANNELS)
    for number in range(timing.AT_ONCE + 1):
        notice = {"id": f"N{number}", "kind": "need_verified", "at": instant(NOW)}
        planner.look_at(notice | {"to": "person/P1"})
    planner.look_at(notice | {"id": "N9", "to": "person/P2"})
    at_once = [one["group_at"] == instant(NOW) for one in planner.planned]
    assert at_once == [True] * timing.AT_ONCE + [False, True]
    late = planner.planned[timing.AT_ONCE]["group_at"]
    assert late > instant(NOW + timedelta(minutes=1))
