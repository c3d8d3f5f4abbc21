"""A month in a paragraph."""

from typing import Any

from gateway.reports.paragraph import paragraph


def item(figure: str, unit: str, value: float | None, previous: float | None = None) -> dict[str, Any]:
    return {"figure": figure, "unit": unit, "value": value, "previous": previous, "last_year": None}


def report(*items: dict[str, Any], absent: tuple[str, ...] = ("last_year",)) -> dict[str, Any]:
    return {"month": "2026-06", "name": "成华区", "items": list(items), "absent": list(absent)}


HELD = item("sessions_held", "场", 353, 341)
CAME = item("person_times", "人次", 8736, 9000)
NEEDED = item("needs_received", "件", 12, 12)


def test_a_month_is_read_out_and_held_against_the_one_before() -> None:
    minutes, on_time = item("service_minutes", "分钟", 383_396), item("on_time_closure_rate", "比率", 0.85)
    assert paragraph(report(HELD, CAME, minutes, NEEDED, on_time)) == (
        "2026 年 6 月，成华区举办活动 353 场，8,736 人次参加，志愿服务时长 6,389 小时 56 分。"
        "收到居民需求 12 件，按时办结的占 85.0%。"
        "与上月相比，活动增加 12 场，参加减少 264 人次，需求不变。"
    )


def test_what_is_withheld_or_was_not_counted_is_not_spoken_of() -> None:
    withheld = item("person_times", "人次", None, 9000)
    told = paragraph(report(HELD, withheld, absent=("previous", "last_year")))
    assert told == "2026 年 6 月，成华区举办活动 353 场。"


def test_the_first_month_counted_anew_says_so() -> None:
    anew = {"identifier": "service_minutes", "name": "服务时长", "before": "所有到场的人", "text": ""}
    new = {"identifier": "helper_times", "name": "志愿服务人次", "text": ""}
    told = paragraph({**report(HELD, absent=("previous", "last_year")), "redefined": [anew, new]})
    assert told.endswith("举办活动 353 场。从本月起，服务时长的口径有变，不能与以前发布的月报直接比较。")
