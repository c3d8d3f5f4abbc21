"""The clocks of a need at their last moment: in time or late, running on or off, and how long was waited."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json, without
from schemas.fields import instant
from services.cobuild.rules.service_level import FARTHEST, closing, due_moment, response
from services.district.calendar import day_ends, local_day
from services.kit.errors import Invalid
from tests.examples import cobuild as examples
from tests.given import NOW, example_of, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    OFFERED,
    RAISED,
    UNIT,
    VERIFIED,
    stage,
    take,
)

DISPUTED = example_of(examples, "need_disputed.v1")
SENT_BACK = example_of(examples, "need_sent_back.v1")


def need(**more: Any) -> Json:
    clocks = {"claim_clock": "running", "close_clock": "running"}
    about = {"urgency": "routine", "waited": 0, "responded": False}
    return clocks | about | more


@pytest.mark.parametrize(
    ("by", "in_time"), [(NOW - timedelta(minutes=1), False), (NOW, True)]
)
def test_what_is_done_at_the_last_moment_is_done_in_time(
    by: datetime, in_time: bool
) -> None:
    by = by + timedelta(hours=3)  # Noon is worked through from nine.
    now = NOW + timedelta(hours=3)
    assert response(need(claim_by=instant(by)), now)["in_time"] is in_time
    assert closing(need(close_by=instant(by)), now)["in_time"] is in_time


@pytest.mark.parametrize("waited", [0, 20, 500])
def test_what_was_waited_counts_for_nobody_where_no_clock_ever_ran(waited: int) -> None:
    now = NOW + timedelta(hours=1)
    closed = closing(need(raised_at=instant(NOW), waited=waited), now)
    assert closed == {"minutes": max(0, 60 - waited), "in_time": True}


def test_what_is_due_in_a_year_to_the_day_is_not_too_far_ahead() -> None:
    last = NOW + FARTHEST
    assert due_moment(local_day(last), NOW) == instant(day_ends(local_day(last)))
    with refused("too_far_ahead", Invalid):
        due_moment(local_day(last + timedelta(days=1)), NOW)
    assert due_moment(local_day(NOW), NOW)
    with refused("in_the_past", Invalid):
        due_moment(local_day(NOW - timedelta(days=1)), NOW)


@pytest.mark.parametrize(
    ("overdue", "clock"), [([], "running"), (["claim"], "running"), (["close"], "off")]
)
def test_the_clock_of_closing_runs_on_where_it_has_not_run_out(
    overdue: list[str], clock: str
) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED, DISPUTED)
    docs.change("needs", "N1", overdue=overdue)
    take(docs, SENT_BACK)
    assert docs.the("needs", "N1")["close_clock"] == clock


def test_of_a_need_without_a_clock_of_closing_none_runs_on() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED, DISPUTED)
    docs.put("needs", without(docs.the("needs", "N1"), "close_by"))
    take(docs, SENT_BACK)
    assert docs.the("needs", "N1")["close_clock"] == "off"
