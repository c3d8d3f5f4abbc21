"""A month in a paragraph."""

from collections.abc import Mapping
from typing import Any

from gateway.figures.paragraph import of_comparison, of_span, of_unit, paragraph


def item(
    figure: str, unit: str, value: float | None, previous: float | None = None
) -> dict[str, Any]:
    return {
        "figure": figure,
        "unit": unit,
        "value": value,
        "previous": previous,
        "last_year": None,
    }


def report(
    *items: dict[str, Any], absent: tuple[str, ...] = ("last_year",)
) -> dict[str, Any]:
    return {
        "month": "2026-06",
        "name": "成华区",
        "items": list(items),
        "absent": list(absent),
    }


HELD = item("sessions_held", "场", 353, 341)
CAME = item("person_times", "人次", 8736, 9000)
NEEDED = item("needs_received", "件", 12, 12)


def test_a_month_is_read_out_and_held_against_the_one_before() -> None:
    minutes, on_time = (
        item("service_minutes", "分钟", 383_396),
        item("on_time_closure_rate", "比率", 0.85),
    )
    assert paragraph(report(HELD, CAME, minutes, NEEDED, on_time)) == (
        "2026年6月，成华区举办活动 353 场，8,736 人次参加，志愿服务时长 6,389 小时 56 分。"
        "收到居民需求 12 件，其中按时办结的占 85.0%。"
        "与上月相比，活动增加 12 场，参加减少 264 人次，需求不变。"
    )


def test_what_is_withheld_or_was_not_counted_is_not_spoken_of() -> None:
    withheld = item("person_times", "人次", None, 9000)
    told = paragraph(report(HELD, withheld, absent=("previous", "last_year")))
    assert told == "2026年6月，成华区举办活动 353 场。"


def test_a_month_without_anything_is_said_to_be_one() -> None:
    nothing = [
        item(figure, "件", 0)
        for figure in ("sessions_held", "person_times", "needs_received", "covered")
    ]
    nothing += [
        item("coverage", "比率", 0.0),
        item("on_time_closure_rate", "比率", None),
    ]
    told = paragraph(report(*nothing, absent=("previous", "last_year")))
    assert told == "2026年6月，成华区没有举办活动。没有收到居民需求。"


def test_a_share_is_said_of_what_it_is_a_share_of() -> None:
    covered, coverage = item("covered", "个", 52), item("coverage", "比率", 0.6265)
    told = paragraph(report(HELD, covered, coverage, absent=("previous", "last_year")))
    assert told.endswith("有人签到或有需求办结的社区 52 个，占社区总数的 62.6%。")


def test_any_period_is_read_out_and_one_under_way_beside_the_same_days() -> None:
    answer = {**report(HELD), "period": "2026-Q2"}
    assert (
        of_comparison(answer)
        == "2026年第二季度，成华区举办活动 353 场。与上一时段相比，活动增加 12 场。"
    )
    assert of_comparison({**answer, "until": {}}).endswith(
        "与上一时段同期（截至同日）相比，活动增加 12 场。"
    )


def answered(figures: Mapping[str, float | None], **about: str) -> dict[str, Any]:
    defined = [{"identifier": figure, "unit": "场"} for figure in figures]
    return {
        "since": "2026-01-01",
        "until": "2026-06-30",
        "figures": figures,
        "definitions": defined,
        **about,
    }


def test_any_days_are_read_out() -> None:
    answer = answered({"sessions_held": 40, "person_times": None}, name="成华区")
    assert of_span(answer) == "2026年上半年，成华区举办活动 40 场。"
    assert (
        of_span({**answer, "campaign": "我们的节日"})
        == "2026年上半年，成华区“我们的节日”举办活动 40 场。"
    )


def test_what_a_unit_has_done_is_read_out() -> None:
    figures = {
        "sessions_hosted": 3,
        "sessions_cohosted": 0,
        "people_served": 120,
        "fulfilments": 0,
    }
    assert (
        of_unit(answered(figures, name="某公司"))
        == "2026年上半年，某公司主办活动 3 场，服务群众 120 人次。没有完成认领的项目。"
    )


def test_the_first_month_counted_anew_says_so() -> None:
    anew = {
        "identifier": "service_minutes",
        "name": "服务时长",
        "before": "所有到场的人",
        "text": "",
    }
    new = {"identifier": "helper_times", "name": "志愿服务人次", "text": ""}
    told = paragraph(
        {**report(HELD, absent=("previous", "last_year")), "redefined": [anew, new]}
    )
    assert told.endswith(
        "举办活动 353 场。从本月起，服务时长的口径有变，不能与以前发布的月报直接比较。"
    )
