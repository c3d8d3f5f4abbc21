"""A person contests their hours: the contest is pressed, becomes overdue, and is settled or withdrawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from schemas.documents import Json
from services.activities.model.lifecycles import CONTEST
from services.activities.rules import contests
from services.activities.service import Activities
from services.district import working
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import people
from tests.given import example_of, given_from, refused
from tests.unit.activities.attending_stage import LATER, happens, seat
from tests.unit.activities.contested import (
    FIRST,
    ME,
    WORKER,
    been,
    contest,
    correct,
    raised,
    settle,
)
from tests.unit.activities.stage import resident
from tests.walk import Walk


def uphold(docs: Overlay) -> Fact:
    if not docs.the("contests", "C1")["corrected"]:
        correct(docs)
    return settle(docs)


def of_time(
    rule: Callable[[Overlay, Json, Asked], Fact], state: str
) -> Callable[[Overlay], Fact | None]:
    def take(docs: Overlay) -> Fact | None:
        doc = docs.the("contests", "C1")
        return rule(docs, doc, ME) if doc["state"] == state else None

    return take


def test_every_step_of_a_contest_in_every_state() -> None:
    Walk(
        Activities,
        CONTEST,
        "contests",
        "C1",
        raised,
        {
            "press": of_time(contests.press, "open"),
            "escalate": of_time(contests.escalate, "pressing"),
            "uphold": uphold,
            "dismiss": lambda docs: settle(docs, upheld=False),
            "withdraw": lambda docs: contests.withdraw_contest(
                docs, {"contest": "C1"}, ME
            ),
        },
    ).try_everything()


def test_what_the_person_says_is_a_note_and_never_in_the_event() -> None:
    event = contest(been())
    assert event.notes == {"C1": "我一直帮到十一点才走"}
    assert "十一点" not in str(event.data)


def test_what_a_worker_writes_down_for_somebody_goes_with_them() -> None:
    docs = been()
    assert contest(docs, WORKER, person="R1").of == "R1"
    recorded, erased = (
        example_of(people, type, person="R1")
        for type in ("person_recorded.v1", "person_erased.v1")
    )
    given_from(docs, Activities, "people", recorded, erased)
    assert contest(docs, WORKER, person="R1").of == "", "it would never be dropped"


def test_it_presses_after_three_working_days_and_is_overdue_after_five() -> None:
    data = contest(been()).data
    for name, days in (("press_at", 3), ("due_at", 5)):
        assert (
            working.minutes_between(LATER, datetime.fromisoformat(data[name]))
            == days * working.MINUTES_A_DAY
        )


def test_one_contests_for_oneself_or_a_worker_does() -> None:
    assert contest(been(), WORKER, person="R1").data["by"] == "W1"
    with refused("not_yours", Forbidden):
        contest(been(), resident("R2", now=LATER), person="R1")
    with refused("not_signed_up"):
        contest(been(), resident("R2", now=LATER))


def test_one_contest_at_a_time_and_again_after_it_is_settled() -> None:
    docs = raised()
    with refused("already_contested"):
        contest(docs)
    happens(docs, settle(docs, upheld=False))
    assert contest(docs, resident("R1", now=LATER, new_id="C2")).data["contest"] == "C2"


def test_a_contest_comes_after_the_session_and_not_too_late() -> None:
    ends = datetime.fromisoformat(been().the("sessions", FIRST)["ends_at"])
    with refused("not_over_yet"):
        contest(been(), resident("R1", now=ends - timedelta(seconds=1)))
    with refused("too_late_to_contest", says="90 天"):
        contest(been(), resident("R1", now=ends + timedelta(days=90, seconds=1)))


def test_it_is_upheld_once_the_hours_are_corrected() -> None:
    docs = raised()
    with refused("not_corrected"):
        settle(docs)
    correct(docs)
    happens(docs, settle(docs))
    assert docs.the("contests", "C1")["state_text"] == "已支持"
    assert seat(docs, "R1")["minutes"] == 100


def test_hours_are_contested_so_often_in_a_day_and_no_more() -> None:
    docs = been()
    for number in range(contests.MOST_A_DAY):
        happens(docs, contest(docs, resident("R1", now=LATER, new_id=f"C{number}")))
        happens(docs, contests.withdraw_contest(docs, {"contest": f"C{number}"}, ME))
    with refused("too_many_today"):
        contest(docs)
    assert contest(docs, resident("R1", now=LATER + timedelta(days=1)))


def test_what_a_worker_contests_for_somebody_is_bounded_and_uses_up_nothing_of_their_own() -> (
    None
):
    docs = been()
    for number in range(contests.MOST_A_DAY):
        who = replace(WORKER, new_id=f"C{number}")
        happens(docs, contest(docs, who, person="R1"))
        happens(docs, contests.withdraw_contest(docs, {"contest": f"C{number}"}, who))
    with refused("too_many_today"):
        contest(docs, WORKER, person="R1")
    assert contest(docs)


A_BIT = timedelta(milliseconds=1)


def ends(docs: Overlay) -> datetime:
    return datetime.fromisoformat(docs.the("sessions", FIRST)["ends_at"])


def test_hours_can_be_contested_from_the_very_end_on_for_so_many_days() -> None:
    end = ends(been())
    for now in (end, end + contests.WINDOW):
        assert contest(been(), replace(ME, now=now)).type == "hours_contested.v1"
    with refused("too_late_to_contest"):
        contest(been(), replace(ME, now=end + contests.WINDOW + A_BIT))


def test_before_the_end_it_is_said_how_long_that_is() -> None:
    docs = been()
    with refused("not_over_yet", says="离结束还有 1 小时"):
        contest(docs, replace(ME, now=ends(docs) - timedelta(hours=1)))
    with refused("not_over_yet"):
        contest(docs, replace(ME, now=ends(docs) - A_BIT))


def test_of_what_was_cancelled_it_is_not_said_how_long_it_still_takes() -> None:
    docs = been()
    docs.put("sessions", {**docs.the("sessions", FIRST), "state": "cancelled"})
    with pytest.raises(Refused) as caught:
        contest(docs)
    assert caught.value.title == "活动结束后才能对时长提出异议"
