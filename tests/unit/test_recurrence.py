"""When what repeats takes place, whatever the rule, and without looking at all the years before."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

import marshmallow as ma
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.times import DAYS, PARTS, Rule
from services.kit.calendar import LOCAL
from services.kit.recurrence import beginnings

NINE = datetime(2026, 6, 10, 9, 0, tzinfo=LOCAL)  # A Wednesday.
FAR = NINE + timedelta(days=365 * 900)
SPAN = timedelta(days=60)

WEEKDAYS = st.sampled_from(re.findall("[A-Z]{2}", DAYS))
SEVERAL = st.lists(WEEKDAYS, min_size=1, max_size=3).map(",".join)
INTERVAL = st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=5"])
ENDS = st.sampled_from(["", "", ";COUNT=40", ";UNTIL=20270301"])
RULES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"])
    | SEVERAL.map("FREQ=WEEKLY;BYDAY={}".format)
    | SEVERAL.map("FREQ=WEEKLY;WKST=SU;BYDAY={}".format)
    | SEVERAL.map("FREQ=MONTHLY;BYDAY={}".format),
    INTERVAL,
    ENDS,
)


def between(since: datetime, until: datetime, found: Iterator[datetime]) -> list[datetime]:
    return [each for each in takewhile(lambda each: each < until, found) if each >= since]


@settings(max_examples=200, deadline=None)
@given(rule=RULES, first=st.integers(0, 6), days=st.integers(-30, 900))
def test_what_is_passed_over_does_not_change_what_follows(rule: str, first: int, days: int) -> None:
    begins, since = NINE + timedelta(days=first), NINE + timedelta(days=days)
    everything = between(since, since + SPAN, beginnings(begins, rule))
    assert between(since, since + SPAN, beginnings(begins, rule, since)) == everything


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"])
def test_nine_hundred_years_are_passed_over_at_once(rule: str) -> None:
    found = list(islice(beginnings(NINE, rule, FAR), 30))
    assert found[0] < FAR < found[-1]


def test_the_last_day_named_is_one_of_them() -> None:
    days = [each.date() for each in beginnings(NINE, "FREQ=DAILY;UNTIL=20260612")]
    assert days == [date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 12)]


def test_without_a_rule_it_takes_place_once() -> None:
    assert list(beginnings(NINE, None)) == [NINE]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_rule_that_is_taken_can_be_reckoned_with(data: st.DataObject) -> None:
    """Whatever the patterns allow dateutil understands too."""
    frequency = data.draw(st.sampled_from(sorted(PARTS)))
    names = data.draw(st.sets(st.sampled_from(sorted(PARTS[frequency])), max_size=3))
    drawn = [f"{name}={data.draw(st.from_regex(PARTS[frequency][name], fullmatch=True))}" for name in sorted(names)]
    text = ";".join([f"FREQ={frequency}", *drawn])
    try:
        rule = Rule().deserialize(text)
    except ma.ValidationError:
        return
    next(beginnings(NINE, rule), None)
