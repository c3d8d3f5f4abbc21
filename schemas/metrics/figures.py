"""The figures of a scope and period: as they are, broken down, over time, and beside other periods and targets."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.metrics.definitions import IDENTIFIERS, DefinitionShown
from schemas.metrics.periods import (
    MOST_DAYS,
    MOST_MONTHS,
    Period,
    campaign,
    figure,
    months_of,
    must_be_days,
    must_be_in_order,
    period,
    scope,
    wrong_end,
)

BREAKDOWNS = (
    "division", "category", "need_category", "campaign", "host", "unit", "time",
)  # fmt: skip
BREAKDOWNS_OF_A_CAMPAIGN = ("division", "time")
STEPS = ("day", "month")
COMPARED = ("value", "previous", "last_year")


class AskFigures(fields.Schema):
    scope = scope()
    period = period()
    campaign = campaign()


class AskBreakdown(AskFigures):
    by = fields.OneOf(
        BREAKDOWNS,
        required=True,
        metadata={
            "description": "按街道社区、活动类别、需求类别、主题活动、主办方、联建单位或下级时段"
        },
    )

    @ma.validates_schema
    def a_campaign_has_places_and_times(
        self, data: dict[str, Any], **kwargs: Any
    ) -> None:
        if "campaign" in data and data["by"] not in BREAKDOWNS_OF_A_CAMPAIGN:
            complaint = fields.Complaint(
                "no_such_breakdown", "一个主题活动只能按街道社区或下级时段展开"
            )
            raise ma.ValidationError(complaint, "by")


class AskComparison(fields.Schema):
    scope = scope()
    period = period()


class AskSeries(fields.Schema):
    scope = scope()
    figure = figure()
    since = fields.Day(
        data_key="from",
        required=True,
        metadata={"description": "从哪天起（含当日）；按月时从当月起"},
    )
    until = fields.Day(
        data_key="to",
        required=True,
        metadata={"description": "到哪天止（含当日）；按月时到当月止"},
    )
    step = fields.OneOf(
        STEPS, required=True, metadata={"description": "每天还是每月一个数"}
    )

    @ma.validates_schema
    def not_too_long(self, data: dict[str, Any], **kwargs: Any) -> None:
        since, until = must_be_in_order(data["since"], data["until"])
        days = (until - since).days
        if data["step"] == "day" and days >= MOST_DAYS:
            raise wrong_end("series_too_long", f"按日最多 {MOST_DAYS} 天")
        if months_of(since, until) > MOST_MONTHS:
            raise wrong_end("series_too_long", f"按月最多 {MOST_MONTHS} 个月")


class AskSpan(fields.Schema):
    """Any days, as half-years and weeks are; a day, month, quarter or year is asked for as such and has people too."""

    scope = scope()
    campaign = campaign()
    since = fields.Day(
        data_key="from", required=True, metadata={"description": "从哪天起（含当日）"}
    )
    until = fields.Day(
        data_key="to", required=True, metadata={"description": "到哪天止（含当日）"}
    )

    @ma.validates_schema
    def not_too_long(self, data: dict[str, Any], **kwargs: Any) -> None:
        must_be_days(data["since"], data["until"])


class FiguresValues(fields.Schema):
    """Counts are whole numbers; rates are between 0 and 1, null when nothing was counted. Null is what is withheld."""

    class Meta:
        unknown = "include"


def as_of() -> fields.Part:
    return fields.Part(
        FiguresValues,
        required=True,
        metadata={"description": "反映到各服务日志的第几个事件"},
    )


def withheld() -> fields.Many:
    about = "因人数少（不足 5 人）或会由此推算出来而不对外提供的数字，在 figures 中为 null；本社区的社区工作者都看得到"
    return fields.Many(
        fields.OneOf(IDENTIFIERS),
        0,
        len(IDENTIFIERS),
        required=True,
        metadata={"description": about},
    )


class Row(fields.Schema):
    key = fields.Text(100, required=True)
    name = fields.Text(100, required=True)
    figures = fields.Part(FiguresValues, required=True)
    withheld = withheld()


class Figures(fields.Schema):
    scope = scope()
    name = fields.Text(100, required=True)
    period = period()
    campaign = campaign()
    figures = fields.Part(FiguresValues, required=True)
    withheld = withheld()
    absent = fields.Truth(
        required=True, metadata={"description": "这个时段没有任何数字"}
    )
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    as_of = as_of()


class Span(fields.Schema):
    """What can be added up day by day; `unique_participants` cannot, and is null."""

    scope = scope()
    name = fields.Text(100, required=True)
    campaign = campaign()
    since = fields.Day(required=True, metadata={"description": "从哪天起（含当日）"})
    until = fields.Day(required=True, metadata={"description": "到哪天止（含当日）"})
    figures = fields.Part(FiguresValues, required=True)
    withheld = withheld()
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    as_of = as_of()


class Breakdown(Figures):
    by = fields.OneOf(BREAKDOWNS, required=True)
    note = fields.Text(200, required=True, metadata={"description": "这些行能不能相加"})
    rows = fields.Many(fields.Part(Row), 0, 10_000, required=True)


class Compared(fields.Schema):
    """A figure beside the same of the period before, of a year ago, and beside its target."""

    figure = figure()
    name = fields.Text(64, required=True)
    meaning = fields.Text(200, required=True)
    unit = fields.Text(16, required=True)
    value = ma.fields.Float(allow_none=True, required=True)
    previous = ma.fields.Float(
        allow_none=True, required=True, metadata={"description": "上一时段"}
    )
    last_year = ma.fields.Float(
        allow_none=True, required=True, metadata={"description": "去年同期"}
    )
    withheld = fields.Many(
        fields.OneOf(COMPARED),
        0,
        len(COMPARED),
        required=True,
        metadata={"description": "其中不对外提供的，为 null"},
    )
    target = ma.fields.Float(metadata={"description": "目标，没有设定时没有这一项"})
    progress = ma.fields.Float(
        allow_none=True, metadata={"description": "现值 ÷ 目标；现值不对外提供时没有"}
    )
    reached = fields.Truth(
        metadata={"description": "是否达到目标；现值不对外提供时没有"}
    )


def absent() -> fields.Many:
    about = "其中没有任何数字、不作比较的时段，它们的数字都为 null"
    return fields.Many(
        fields.OneOf(COMPARED[1:]), 0, 2, required=True, metadata={"description": about}
    )


class SameDays(fields.Schema):
    """Up to which day each period is counted, that day included."""

    value = fields.Day(required=True, metadata={"description": "本时段到今天"})
    previous = fields.Day(required=True, metadata={"description": "上一时段截至同日"})
    last_year = fields.Day(required=True, metadata={"description": "去年同期截至同日"})


class Comparison(fields.Schema):
    scope = scope()
    name = fields.Text(100, required=True)
    period = period()
    previous = Period(required=True)
    last_year = Period(required=True)
    until = fields.Part(
        SameDays,
        metadata={
            "description": "本时段没有结束：另两个时段只算到同一天，不可按天相加的人数为 null；结束以后没有这一项"
        },
    )
    absent = absent()
    items = fields.Many(fields.Part(Compared), 0, 100, required=True)
    as_of = as_of()


class Point(fields.Schema):
    period = period()
    value = ma.fields.Float(allow_none=True, required=True)
    withheld = fields.Truth(required=True, metadata={"description": "是否不对外提供"})


class Series(fields.Schema):
    scope = scope()
    name = fields.Text(100, required=True)
    figure = figure()
    definition = fields.Part(DefinitionShown, required=True)
    step = fields.OneOf(STEPS, required=True)
    points = fields.Many(fields.Part(Point), 0, MOST_DAYS, required=True)
    as_of = as_of()
