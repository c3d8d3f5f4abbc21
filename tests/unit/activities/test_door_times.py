"""When a door takes marks, to the millisecond."""

from datetime import datetime, timedelta

import pytest

from services.activities.rules.codes import CLOCKS_DIFFER
from services.activities.rules.door_times import CLOSES, OPENS, must_be_in_time
from services.kit.entrypoints import Asked
from tests.examples.activities import SESSION
from tests.given import asked, refused
from tests.unit.activities.stage import OPENED, PUBLISHED, STARTS, stage

ENDS = STARTS + timedelta(minutes=120)
MOMENT = timedelta(milliseconds=1)
AFTERWARDS = asked(now=ENDS + timedelta(days=1))


def come(at: datetime, who: Asked = AFTERWARDS) -> None:
    must_be_in_time(stage(PUBLISHED, OPENED).the("sessions", SESSION), at, who)


@pytest.mark.parametrize("at", [STARTS - OPENS, STARTS, ENDS, ENDS + CLOSES])
def test_the_first_and_the_last_moment_count(at: datetime) -> None:
    come(at)


@pytest.mark.parametrize("at", [STARTS - OPENS - MOMENT, ENDS + CLOSES + MOMENT])
def test_what_is_before_or_after_does_not(at: datetime) -> None:
    with refused("outside_session"):
        come(at)


def test_a_clock_may_be_ahead_by_so_much_and_no_more() -> None:
    who = asked(now=STARTS)
    come(STARTS + CLOCKS_DIFFER, who)
    with refused("in_the_future"):
        come(STARTS + CLOCKS_DIFFER + MOMENT, who)
