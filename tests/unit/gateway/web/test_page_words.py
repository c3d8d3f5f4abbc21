"""Days, times and seats as pages say them."""

from datetime import date

import pytest

from gateway.web import facts, looks, words
from schemas.cobuild.needs import NeedListed
from services.xfh.registry import SERVICES, load

MORNING, NOON = "2026-06-13T01:00:00.000Z", "2026-06-13T04:05:00.000Z"


pytestmark = pytest.mark.usefixtures("this_year")


def test_a_day_of_another_year_says_which() -> None:
    assert words.moment_in_words("2027-01-08T16:00:00.000Z") == "2027年1月9日 周六 0:00"
    assert words.moment_in_words("2026-12-31T15:00:00.000Z") == "12月31日 周四 23:00"
    assert words.date_in_words("2026-06-13") == "6月13日 周六"


def test_a_span_within_a_day_says_the_day_once() -> None:
    assert words.span_in_words(MORNING, NOON) == "6月13日 周六 9:00–12:05"


def test_a_span_over_midnight_here_says_both_days() -> None:
    night = words.span_in_words("2026-06-13T15:00:00.000Z", "2026-06-13T16:30:00.000Z")
    assert night == "6月13日 周六 23:00 至 6月14日 周日 0:30"


def test_what_there_is_none_of_is_no_fact_of_a_thing() -> None:
    shown = NeedListed()
    told = facts.facts(shown, {"reopened": 0, "urgency": "urgent"}, str)
    assert [one["says"] for one in told] == ["紧急"]
    told = facts.facts(shown, {"reopened": 1_200}, str)
    assert [one["says"] for one in told] == ["1,200"]


def test_a_deadline_at_midnight_is_the_day_before() -> None:
    assert words.until_in_words("2026-06-30T16:00:00.000Z") == "6月30日 周二"
    assert words.until_in_words("2026-06-30T16:01:00.000Z") == "7月1日 周三 0:01"


def test_a_session_stands_under_the_day_it_begins_on_here_not_in_london() -> None:
    late = {"starts_at": "2026-06-12T16:00:00.000Z"}
    early = {"starts_at": "2026-06-12T15:59:00.000Z"}
    days = [(day, len(those)) for day, those in words.by_day([early, late, late])]
    assert days == [("6月12日 周五", 1), ("6月13日 周六", 2)]


@pytest.mark.parametrize(
    ("first", "weeks", "last_shown"),
    [
        (date(2026, 6, 1), 5, date(2026, 7, 5)),
        (date(2027, 2, 1), 4, date(2027, 2, 28)),
        (date(2026, 8, 1), 6, date(2026, 9, 6)),
    ],
)
def test_a_month_is_whole_weeks_from_monday(
    first: date, weeks: int, last_shown: date
) -> None:
    shown = words.weeks_of(first)
    assert (len(shown), shown[-1][-1]) == (weeks, last_shown)
    assert all(week[0].weekday() == 0 for week in shown)


def test_the_month_after_december_is_january() -> None:
    assert words.next_month(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("free", "●", "还有 1 个名额")),
        ({"taken": 3}, ("full", "✕", "已满，可候补")),
        ({"taken": 3, "waiting": 2}, ("wait", "◷", "已满，2 组候补")),
        ({"taken": 4}, ("full", "✕", "已满，可候补")),
        ({"state": "cancelled"}, ("full", "✕", "已取消")),
    ],
)
def test_how_full_it_is_is_said_by_sign_and_word(
    changes: dict[str, object], said: tuple[str, str, str]
) -> None:
    session = {"state": "planned", "capacity": 3, "taken": 2, "waiting": 0, **changes}
    assert words.seats_in_words(session) == said


@pytest.mark.parametrize(
    ("state", "look"),
    [
        ("报名中", ("free", "●")),
        ("已归档", ("done", "✓")),
        ("已取消", ("full", "✕")),
        ("在任", ("done", "✓")),
        ("已到期", ("full", "✕")),
        ("报名已截止", ("wait", "◷")),
    ],
)
def test_a_state_has_a_sign_beside_its_words(state: str, look: tuple[str, str]) -> None:
    assert looks.look_of(state) == look


def test_every_state_of_a_life_cycle_has_a_look_of_its_own() -> None:
    lives = (life for name in SERVICES for life in load(name).lifecycles)
    states = {text for life in lives for text in life.texts.values()}
    assert states - looks.LOOKS.keys() == set()


def test_a_day_of_the_past_says_its_year() -> None:
    assert words.date_in_words("2020-01-01") == "2020年1月1日"
    assert words.born_in_words("2026-01-01") == "2026年1月1日"
    assert words.born_in_words("1980-05") == "1980年5月"
