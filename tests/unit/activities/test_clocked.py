"""States in words follow the clock."""

from datetime import datetime, timedelta

import pytest

from services.activities.service import Activities
from services.activities.views import clocked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
from tests.given import given_from
from tests.unit.activities.stage import (
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    fact,
    resident,
    stage,
)
from tests.unit.activities.test_dates import series

CUTOFF = datetime.fromisoformat(CONTENT["sessions"][0]["cutoff"])
ENDS = datetime.fromisoformat(CONTENT["sessions"][0]["ends_at"])
DOORS = fact("doors_opened.v1", session=SESSION)
CANCELLED = fact("activity_cancelled.v2", sessions=[SESSION], reason="雨")
A_SECOND = timedelta(seconds=1)


def words(docs: Overlay, now: datetime, session: str = SESSION) -> tuple[str, str]:
    """Of the activity and of a session."""
    who = resident("R1", now=now)
    activity = clocked.activity(docs, docs.the("activities", ACTIVITY), who)
    return activity["state_text"], clocked.session(docs.the("sessions", session), who)[
        "state_text"
    ]


@pytest.mark.parametrize(
    ("facts", "now", "said"),
    [
        ((PUBLISHED,), CUTOFF, ("已发布", "报名已截止")),
        ((PUBLISHED,), ENDS, ("已过时、未开放报名", "已过时、待结束")),
        ((PUBLISHED, OPENED), CUTOFF - A_SECOND, ("报名中", "未开始")),
        ((PUBLISHED, OPENED), CUTOFF, ("报名已截止", "报名已截止")),
        (
            (PUBLISHED, OPENED, DOORS),
            STARTS - A_SECOND,
            ("报名已截止、已开门签到", "报名已截止、已开门签到"),
        ),
        (
            (PUBLISHED, OPENED, DOORS),
            CUTOFF - A_SECOND,
            ("报名中", "未开始、已开门签到"),
        ),
        ((PUBLISHED, OPENED, DOORS), STARTS, ("进行中", "进行中")),
        ((PUBLISHED, OPENED), STARTS, ("已到时间、待开始", "已到时间、待开始")),
        ((PUBLISHED, OPENED), ENDS, ("已过时、待结束", "已过时、待结束")),
        ((PUBLISHED, OPENED, STARTED), ENDS - A_SECOND, ("进行中", "进行中")),
        ((PUBLISHED, OPENED, STARTED), ENDS, ("已过时、待结束", "已过时、待结束")),
        ((PUBLISHED, OPENED, STARTED, CLOSED), ENDS, ("已结束", "已结束")),
        ((PUBLISHED, OPENED, CANCELLED), ENDS, ("已取消", "已取消")),
    ],
)
def test_words_follow_the_clock(
    facts: tuple[Fact, ...], now: datetime, said: tuple[str, str]
) -> None:
    assert words(stage(DRAFTED, *facts), now) == said


def test_a_series_takes_sign_ups_until_the_last_cutoff_and_is_over_with_its_last_session() -> (
    None
):
    docs, day = series(), timedelta(days=1)
    assert words(docs, CUTOFF + day) == ("报名中", "已过时、待结束")
    assert words(docs, CUTOFF + 2 * day)[0] == "报名已截止"
    assert words(docs, ENDS + 2 * day)[0] == "已过时、待结束"
    last = fact("sessions_cancelled.v1", sessions=[f"{ACTIVITY}.3"], reason="雨")
    given_from(docs, Activities, "activities", last)
    assert words(docs, CUTOFF + day, f"{ACTIVITY}.3") == ("报名已截止", "已取消")


@pytest.mark.parametrize("several", [3, 4, 5, 6])
def test_a_series_of_many_takes_sign_ups_as_long_as_its_very_last_session(
    several: int,
) -> None:
    """One a day, each to be signed up for until four days before it."""
    docs = series(several=several, ahead=4)
    last = timedelta(days=several - 1 - 4)
    assert words(docs, CUTOFF + last - A_SECOND)[0] == "报名中"
    assert words(docs, CUTOFF + last)[0] == "报名已截止"
