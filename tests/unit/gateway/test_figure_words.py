"""How figures and moments of a report read."""

import pytest

from gateway.figures import words
from gateway.pages.reports.charts import Bar, columns, lying


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (8736, "人次", "8,736"),
        (0.7887, "比率", "78.9%"),
        (1.0, "比率", "100.0%"),
        (None, "比率", "—"),
        (None, "工作分钟", "—"),
        (59, "分钟", "59 分"),
        (60, "分钟", "1 小时"),
        (383_396, "分钟", "6,389 小时 56 分"),
        (1469, "工作分钟", "24 小时 29 分"),
    ],
)
def test_a_figure_is_said_with_its_unit(
    value: float | None, unit: str, said: str
) -> None:
    assert words.figure(value, unit) == said


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        (8735, 8736, "人次", "+1"),
        (2341, 1000, "人", "−1,341"),
        (0.7886, 0.7887, "比率", "+0.01 个百分点"),
        (0.5, 0.25, "比率", "−25.00 个百分点"),
        (3, 3, "件", "±0"),
        (0, 75, "分钟", "+1 小时 15 分"),
        (383_396, 383_276, "分钟", "−2 小时"),
        (60, 60, "工作分钟", "±0 分"),
        (None, 0.5, "比率", "—"),
        (0.5, None, "比率", "—"),
    ],
)
def test_a_difference_is_said_with_its_sign(
    before: float | None, after: float | None, unit: str, said: str
) -> None:
    assert words.difference(before, after, unit) == said


def test_a_rate_is_said_to_its_last_place_where_it_matters() -> None:
    assert (
        words.exactly(0.7887, "比率"),
        words.exactly(12, "件"),
        words.exactly(None, "比率"),
    ) == (
        "78.87%",
        "12",
        "—",
    )


def test_moments_are_said_in_the_districts_own_time() -> None:
    assert words.moment("2026-06-30T16:00:00.000Z") == "2026年7月1日 周三 0:00"
    assert (words.month("2026-06"), words.day("2026-06-03")) == (
        "2026年6月",
        "6月3日 周三",
    )


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026", "2026年"),
        ("2026-Q2", "2026年第二季度"),
        ("2026-06", "2026年6月"),
        ("2026-06-03", "2026年6月3日"),
    ],
)
def test_a_period_is_said_as_people_do(period: str, said: str) -> None:
    assert words.period(period) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-06-08", "2026-06-14", "2026年6月8日至6月14日"),
        ("2026-05-30", "2026-06-14", "2026年5月30日至6月14日"),
        ("2025-07-01", "2026-06-30", "2025年7月1日至2026年6月30日"),
        ("2026-06-08", "2026-06-08", "2026年6月8日"),
    ],
)
def test_any_days_are_said_as_people_do(first: str, last: str, said: str) -> None:
    assert words.days(first, last) == said


@pytest.mark.parametrize("draw", [columns, lying])
@pytest.mark.parametrize("values", [(1, 0, 2), (0, 0, 1), (100_000, 3, 70_000)])
def test_a_chart_has_a_bar_for_each_even_when_two_have_one_name(
    draw: object, values: tuple[int, ...]
) -> None:
    bars = [
        Bar(f"K{place}", "同名 & <社区>", value) for place, value in enumerate(values)
    ]
    chart = (columns if draw is columns else lying)(bars)
    assert chart.inside.count('fill="#b3261e"') == len(values)
    assert "同名 &amp; &lt;社区&gt;" in chart.inside
    assert "style=" not in chart.inside
    assert (chart.total, chart.most.value) == (sum(values), max(values))
