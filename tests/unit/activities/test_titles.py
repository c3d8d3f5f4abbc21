"""A copy says that its title still names another month, day or year; nothing is said of what only looks so."""

from typing import Any

import pytest

from services.activities.model.titles import doubt
from services.activities.rules import postings, templates
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, STREAM
from tests.given import given_from
from tests.unit.activities.stage import secretary, stage


def on(*days: str) -> list[dict[str, str]]:
    """Sessions that begin at nine on these days, here."""
    return [{"starts_at": f"{day}T01:00:00.000Z"} for day in days]


def published(title: str) -> Overlay:
    return stage(Fact("activity_published.v2", STREAM, {**CONTENT, "title": title}))


def copied(docs: Overlay, starts_at: str) -> Any:
    command = {"activity": ACTIVITY, "starts_at": starts_at}
    return take_fact(
        docs, templates.copy_activity(docs, command, secretary(new_id="A2"))
    )


def take_fact(docs: Overlay, fact: Fact) -> Any:
    return given_from(docs, Activities, "activities", fact).the("activities", "A2")


def test_the_copy_for_july_says_that_its_title_still_names_june() -> None:
    copy = copied(published("6月读书会"), "2026-07-11T01:00:00.000Z")
    assert (
        copy["title_warning"]
        == "名称里写着“6月”，而没有一场在那时，首场是 2026年7月11日，请核对名称"
    )


def test_a_copy_within_the_month_says_nothing() -> None:
    assert "title_warning" not in copied(
        published("6月读书会"), "2026-06-27T01:00:00.000Z"
    )


def test_what_is_said_goes_when_the_title_is_put_right() -> None:
    docs = published("6月读书会")
    copied(docs, "2026-07-11T01:00:00.000Z")
    posting = {**COMMANDS["revise_activity"], "activity": "A2", "title": "7月读书会"}
    posting |= {
        "starts_at": "2026-07-11T01:00:00.000Z",
        "ends_at": "2026-07-11T03:00:00.000Z",
    }
    posting.pop("cutoff", None)
    assert "title_warning" not in take_fact(
        docs, postings.revise(docs, posting, secretary())
    )


WRONG = (
    ("６月读书会", "2026-07-11", "“6月”"),
    ("六月读书会", "2026-07-11", "“六月”"),
    ("六月份 学习", "2026-07-11", "“六月份”"),
    ("十二月主题党日", "2026-11-07", "“十二月”"),
    ("12月主题党日", "2026-02-07", "“12月”"),
    ("2月主题党日", "2026-12-07", "“2月”"),
    ("2026年6月主题党日", "2026-07-07", "“6月”"),
    ("2026年6月主题党日", "2027-06-07", "“2026年”"),
    ("6月13日义诊", "2026-06-20", "“6月13日”"),
    ("6月13日义诊", "2026-07-13", "“6月”"),
    ("6月-7月共读", "2026-08-20", "“6月-7月”"),
    ("6、7月共读", "2026-09-20", "“6、7月”"),
    ("二季度安全排查", "2026-07-01", "“二季度”"),
    ("第3季度安全排查", "2026-10-01", "“第3季度”"),
)
RIGHT = (
    ("6月读书会", "2026-06-30"),
    ("6月读书会", "2026-06-30", "2026-07-07"),
    ("6-8月共读", "2026-07-07"),
    ("6月至8月共读", "2026-07-07"),
    ("十一月共读", "2026-11-07"),
    ("三月三民歌会", "2026-04-18"),
    ("八月十五话中秋", "2026-09-25"),
    ("每3个月一次的体检", "2026-07-07"),
    ("建党105周年", "2026-07-01"),
    ("12号楼整治", "2026-07-01"),
    ("二季度安全排查", "2026-04-01"),
    ("6月13日义诊", "2026-06-13"),
    ("2026年读书会", "2026-07-01"),
)


@pytest.mark.parametrize(("title", "day", "named"), WRONG)
def test_a_month_day_or_year_no_session_is_in_is_named(
    title: str, day: str, named: str
) -> None:
    assert f"写着{named}，" in doubt(title, on(day))


@pytest.mark.parametrize(("title", "days"), [(title, days) for title, *days in RIGHT])
def test_nothing_is_said_of_what_is_so_or_names_no_time(
    title: str, days: list[str]
) -> None:
    assert doubt(title, on(*days)) == ""


def test_the_month_is_that_of_the_clock_on_the_wall() -> None:
    assert doubt("7月晨练", [{"starts_at": "2026-06-30T22:30:00.000Z"}]) == ""
