"""When what repeats takes place, whatever the rule, and without looking at all the years before."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

import marshmallow as ma
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.recurrence import DAY, FREQUENCIES, VALUES, Rule
from services.district.calendar import LOCAL
from services.district.recurrence import beginnings, must_fit
from services.kit.errors import Invalid

NINE = datetime(2026, 6, 10, 9, 0, tzinfo=LOCAL)  # A Wednesday.
FAR = NINE + timedelta(days=365 * 900)
SPAN = timedelta(days=60)

WEEKDAYS = st.sampled_from(re.findall("[A-Z]{2}", DAY))
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


def between(
    since: datetime, until: datetime, found: Iterator[datetime]
) -> list[datetime]:
    return [
        each for each in takewhile(lambda each: each < until, found) if each >= since
    ]


@settings(max_examples=200, deadline=None)
@given(rule=RULES, first=st.integers(0, 6), days=st.integers(-30, 900))
def test_what_is_passed_over_does_not_change_what_follows(
    rule: str, first: int, days: int
) -> None:
    begins, since = NINE + timedelta(days=first), NINE + timedelta(days=days)
    everything = between(
        since, since + SPAN, beginnings(begins, rule, until=since + SPAN)
    )
    assert (
        between(
            since, since + SPAN, beginnings(begins, rule, since, until=since + SPAN)
        )
        == everything
    )


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"]
)
def test_nine_hundred_years_are_passed_over_at_once(rule: str) -> None:
    found = list(islice(beginnings(NINE, rule, FAR, until=FAR + SPAN), 30))
    assert FAR - timedelta(days=7) < found[0] <= FAR < found[-1]


def test_the_last_day_named_is_one_of_them() -> None:
    days = [
        each.date() for each in beginnings(NINE, "FREQ=DAILY;UNTIL=20260612", until=FAR)
    ]
    assert days == [date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 12)]


def test_without_a_rule_it_takes_place_once() -> None:
    assert list(beginnings(NINE, None, until=FAR)) == [NINE]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_rule_that_is_taken_can_be_reckoned_with(data: st.DataObject) -> None:
    """Whatever is taken dateutil understands too, and it comes round."""
    frequency = data.draw(st.sampled_from(sorted(FREQUENCIES)))
    names = data.draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=3))
    drawn = [
        f"{name}={data.draw(st.from_regex(VALUES[name][0], fullmatch=True))}"
        for name in sorted(names)
    ]
    text = ";".join([f"FREQ={frequency}", *drawn])
    try:
        rule = Rule().deserialize(text)
    except ma.ValidationError:
        return
    next(beginnings(NINE, rule, until=FAR), None)


SATURDAY = datetime(2026, 6, 13, 9, 0, tzinfo=LOCAL)


def days(rule: str, several: int = 3) -> list[str]:
    found = beginnings(
        SATURDAY, Rule().deserialize(rule), until=SATURDAY + timedelta(days=400)
    )
    return [f"{each:%m-%d}" for each in islice(found, several)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            "FREQ=WEEKLY;WKST=MO;UNTIL=20260627T010000Z;BYDAY=SA",
            ["06-13", "06-20", "06-27"],
        ),
        ("FREQ=WEEKLY;UNTIL=20260627T005959Z", ["06-13", "06-20"]),
        ("FREQ=WEEKLY;UNTIL=20260627T085959", ["06-13", "06-20"]),
        ("FREQ=DAILY;UNTIL=20260613T155959Z", ["06-13"]),
        ("FREQ=MONTHLY;BYDAY=5SA", ["08-29", "10-31", "01-30"]),
        ("FREQ=MONTHLY;BYDAY=-5SA", ["08-01", "10-03", "01-02"]),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            ["06-30", "07-31", "08-31"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=13,14,15;BYSETPOS=1,3", ["06-13", "06-15", "07-13"]),
        (
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=8,9,10,11,12,13,14",
            ["06-13", "07-11", "08-08"],
        ),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;", ["06-30", "07-31", "08-31"]),
        ("FREQ=DAILY;BYDAY=SA,SU", ["06-13", "06-14", "06-20"]),
        ("FREQ=YEARLY;BYMONTH=06;BYDAY=2SA", ["06-13", "06-12"]),
        ("rrule:freq=weekly;interval=2;count=2", ["06-13", "06-27"]),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z", ["06-13", "06-20", "06-27"]),
        ("FREQ=WEEKLY;UNTIL=99991231T235959", ["06-13", "06-20", "06-27"]),
        ("FREQ=WEEKLY;UNTIL=99991231", ["06-13", "06-20", "06-27"]),
        (
            "RRULE;X-EVOLUTION-ENDDATE=20260620T010000Z:FREQ=WEEKLY;UNTIL=20260620",
            ["06-13", "06-20"],
        ),
        ("FREQ=WEEKLY;;COUNT=2;", ["06-13", "06-20"]),
        ("FREQ=WEEKLY; BYDAY=SA, SU", ["06-13", "06-14", "06-20"]),
        ("ＦＲＥＱ＝ＷＥＥＫＬＹ；ＢＹＤＡＹ＝ＳＡ，ＳＵ", ["06-13", "06-14", "06-20"]),
        ("RRULE:FREQ=WEEKLY;BYD\r\n AY=SA\r\n", ["06-13", "06-20", "06-27"]),
    ],
)
def test_what_calendar_programs_write_is_understood(
    rule: str, found: list[str]
) -> None:
    assert days(rule) == found


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("BYDAY=SA", "FREQ"),
        ("FREQ=HOURLY", "FREQ"),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"),
        ("FREQ=WEEKLY;FOO=1", "FOO"),
        ("FREQ=WEEKLY;BYDAY=1SA", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "COUNT"),
        ("FREQ=WEEKLY;UNTIL=20270229", "UNTIL"),
        ("FREQ=WEEKLY;UNTIL=20270228T256000Z", "UNTIL"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=DAILY;BYMONTHDAY=28,29,30;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1", "BYDAY"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "INTERVAL"),
        ("RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20260620T010000Z", "只填 RRULE 这一行"),
        ("DTSTART:20260613T010000Z\nRRULE:FREQ=WEEKLY", "只填 RRULE 这一行"),
    ],
)
def test_a_refusal_names_the_part(rule: str, part: str) -> None:
    with pytest.raises(ma.ValidationError, match=part):
        Rule().deserialize(rule)


@pytest.mark.parametrize(
    "repeats", ["FREQ=DAILY;COUNT=2", "FREQ=WEEKLY;BYDAY=WE", "FREQ=MONTHLY;BYDAY=2WE"]
)
def test_what_begins_between_two_seconds_always_does(repeats: str) -> None:
    first = NINE.replace(second=7, microsecond=123_000)
    must_fit(first, repeats, ())
    found = list(islice(beginnings(first, repeats, until=FAR), 2))
    assert [(each.second, each.microsecond) for each in found] == [(7, 123_000)] * 2


def test_the_first_day_must_be_one_of_the_rule() -> None:
    with pytest.raises(
        Invalid,
        match=r"2026年6月13日（周六），不在重复规则里；最近的一次是 2026年6月14日（周日）",
    ):
        must_fit(SATURDAY, "FREQ=WEEKLY;BYDAY=SU", [])
    must_fit(SATURDAY, "FREQ=WEEKLY;BYDAY=SA,SU", ["2026-06-14", "2026-06-20"])


def test_a_rule_that_is_over_before_the_first_day_says_so() -> None:
    must_fit(SATURDAY, "FREQ=WEEKLY;UNTIL=20260613", [])
    must_fit(SATURDAY, "FREQ=WEEKLY;UNTIL=20260613T010000Z", [])
    for until in ("20260612", "20260613T005959Z"):
        with pytest.raises(Invalid, match=r"UNTIL 早于首次 2026年6月13日（周六）"):
            must_fit(SATURDAY, f"FREQ=WEEKLY;UNTIL={until}", [])


@pytest.mark.parametrize("day", ["2026-06-15", "2026-06-06", "2999-06-15"])
def test_an_exception_that_hits_nothing_is_refused(day: str) -> None:
    with pytest.raises(Invalid) as caught:
        must_fit(SATURDAY, "FREQ=WEEKLY", ["2026-06-20", day])
    assert (caught.value.code, caught.value.errors[0]["path"]) == (
        "exception_of_nothing",
        "except_on/1",
    )


def test_what_the_rule_ends_before_hits_nothing() -> None:
    with pytest.raises(Invalid):
        must_fit(SATURDAY, "FREQ=WEEKLY;COUNT=2", ["2026-06-27"])


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1;COUNT=3", 12, [12, 19, 26]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=3", 10, [10, 17, 24]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=2", 10, [15, 22]),
        ("FREQ=WEEKLY;WKST=WE;BYDAY=MO,WE,FR;BYSETPOS=1;COUNT=3", 10, [10, 17, 24]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;BYSETPOS=2;COUNT=2", 12, [12, 26]),
    ],
)
def test_the_days_of_the_first_week_are_counted_from_its_beginning(
    rule: str, first: int, days: list[int]
) -> None:
    begins = NINE.replace(day=first)
    found = list(beginnings(begins, rule, until=NINE.replace(month=7)))
    assert [each.day for each in found] == days
    endless = rule.partition(";COUNT")[0]
    since = begins + timedelta(days=3)
    later = next(
        each for each in beginnings(begins, endless, since, until=FAR) if each >= since
    )
    assert later.day == next(day for day in days if day > first)


def test_a_first_day_at_its_place_of_the_week_is_on_the_rule() -> None:
    must_fit(NINE, "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=2", [])
    with pytest.raises(Invalid, match="最近的一次是 2026年6月15日"):
        must_fit(NINE, "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1", [])
