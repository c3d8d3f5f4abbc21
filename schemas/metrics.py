"""The district's figures: what may be asked, how each is defined, and how it is shown."""

from typing import NamedTuple

from schemas import fields

PERIOD = fields.Complaint("bad_period", "应为日 2026-06-13、月 2026-06、季 2026-Q2 或年 2026")
PERIOD_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4])?"
BREAKDOWNS = ("division", "category", "host", "time")


class Definition(NamedTuple):
    """One figure: its identifier, its name, what it counts, and its unit."""

    identifier: str
    name: str
    meaning: str
    unit: str


DEFINITIONS = (
    Definition("person_times", "人次", "有有效签到的（场次，人）对数；同一人同一场只计一次", "人次"),
    Definition("unique_participants", "人数", "范围和时段内有有效签到的不同的人数；不可相加", "人"),
    Definition(
        "service_minutes", "服务时长", "签到到签退之间、场次前后 15 分钟以内的时间并集，整分钟；没有签退不计", "分钟"
    ),
    Definition("service_minutes_scanned", "服务时长（扫码）", "签到和签退都由扫码产生的服务时长", "分钟"),
    Definition("service_minutes_backfilled", "服务时长（补录）", "至少一次由名单登记产生的服务时长", "分钟"),
    Definition("service_minutes_adjusted", "服务时长（更正）", "经更正的服务时长", "分钟"),
    Definition("sessions_held", "已举办场次", "已结束的场次数，按开始日期计", "场"),
    Definition("capacity", "名额", "已举办场次的名额合计", "人"),
    Definition("confirmed", "应到", "已举办场次开始时已确认的人数", "人"),
    Definition("attended", "实到", "已举办场次中签到的人数", "人"),
    Definition("no_shows", "爽约", "已举办场次中已确认而未签到的人数，加上截止后取消的人数", "人"),
    Definition("turnout", "到场率", "实到 ÷ 应到", "比率"),
    Definition("fill_rate", "满额率", "实到 ÷ 名额", "比率"),
    Definition("ratings", "评价数", "收到的评分数", "个"),
    Definition("satisfied", "满意数", "4 分和 5 分的评分数", "个"),
    Definition("satisfaction", "满意率", "满意数 ÷ 评价数", "比率"),
)


def period() -> fields.Code:
    return fields.Code(PERIOD_PATTERN, PERIOD, required=True, metadata={"description": "日、月、季或年"})


class AskFigures(fields.Schema):
    scope = fields.Division(required=True, metadata={"description": "区、街道或社区代码"})
    period = period()


class AskBreakdown(AskFigures):
    by = fields.OneOf(BREAKDOWNS, required=True, metadata={"description": "按下级区划、类别、主办方或下级时段"})


class AskDefinitions(fields.Schema):
    pass


class FiguresValues(fields.Schema):
    """Counts are whole numbers; rates are between 0 and 1, null when nothing was counted."""

    class Meta:
        unknown = "include"


class Row(fields.Schema):
    key = fields.Text(100, required=True)
    name = fields.Text(100, required=True)
    figures = fields.Part(FiguresValues, required=True)


class Figures(fields.Schema):
    scope = fields.Division(required=True)
    name = fields.Text(100, required=True)
    period = period()
    figures = fields.Part(FiguresValues, required=True)
    as_of = fields.Part(FiguresValues, required=True, metadata={"description": "反映到各服务日志的第几个事件"})


class Breakdown(Figures):
    by = fields.OneOf(BREAKDOWNS, required=True)
    rows = fields.Many(fields.Part(Row), 0, 10_000, required=True)


class DefinitionShown(fields.Schema):
    identifier = fields.Text(64, required=True)
    name = fields.Text(64, required=True)
    meaning = fields.Text(200, required=True)
    unit = fields.Text(16, required=True)


class Definitions(fields.Schema):
    items = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
