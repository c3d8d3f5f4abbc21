"""What one co-building unit has contributed: what a letter of thanks or a contribution record needs."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.metrics.definitions import (
    FULFILMENTS,
    MINUTES,
    Definition,
    DefinitionShown,
)
from schemas.metrics.figures import FiguresValues, as_of
from schemas.metrics.periods import Period, must_be_days

HOSTED = Definition(
    "sessions_hosted",
    "主办活动",
    "由本单位主办、已经结束的活动场次，按开始日期计",
    "场",
)
COHOSTED = Definition(
    "sessions_cohosted",
    "协办活动",
    "由本单位协办、已经结束的活动场次，按开始日期计",
    "场",
)
SERVED = Definition(
    "people_served",
    "服务群众",
    "主办、协办的场次中到场的人次；同一人到几场计几次，不足 5 人的场次不计",
    "人次",
)
HOURS = MINUTES._replace(meaning=f"上述场次的服务时长。{MINUTES.meaning}")
MET = Definition(
    "needs_met", "解决需求", "完成的项目中，需求已由受益人确认办结的", "件"
)
HELPED = Definition(
    "people_helped",
    "项目服务人数",
    "完成项目时单位报告的服务人数合计；同一人可能计入几次",
    "人",
)
OF_A_UNIT = (HOSTED, COHOSTED, SERVED, HOURS, FULFILMENTS, MET, HELPED)
OF_PEOPLE = (SERVED.identifier, HOURS.identifier)
IDENTIFIERS = tuple(one.identifier for one in OF_A_UNIT)


class AskUnitFigures(fields.Schema):
    """A day, month, quarter or year, or any days."""

    unit = fields.Id(required=True, metadata={"description": "联建单位编号"})
    period = Period(
        metadata={"description": "日、月、季或年，如 2026；要别的日子就填起止日期"}
    )
    since = fields.Day(data_key="from", metadata={"description": "从哪天起（含当日）"})
    until = fields.Day(data_key="to", metadata={"description": "到哪天止（含当日）"})

    @ma.validates_schema
    def one_way_to_say_when(self, data: dict[str, Any], **kwargs: Any) -> None:
        said = {"since", "until"} & data.keys()
        if "period" in data and said:
            raise ma.ValidationError(
                fields.Complaint("needless_value", "时段和起止日期只填一样"), "period"
            )
        if "period" not in data and len(said) < 2:
            missing = fields.Complaint(
                "missing_field", "请填时段（如 2026），或起止日期"
            )
            raise ma.ValidationError(
                missing, "period" if not said else "to" if "since" in said else "from"
            )
        if said:
            must_be_days(data["since"], data["until"])


class LeftOut(fields.Schema):
    """Of how many sessions nothing is counted, as few people were at them."""

    people_served = fields.Whole(
        0, 2**53, required=True, metadata={"description": "没有计入服务群众的场次"}
    )
    service_minutes = fields.Whole(
        0, 2**53, required=True, metadata={"description": "没有计入服务时长的场次"}
    )


class UnitFigures(fields.Schema):
    unit = fields.Id(required=True)
    name = fields.Text(60, required=True, metadata={"description": "单位名称"})
    community = fields.Division(
        "community", required=True, metadata={"description": "单位所在社区代码"}
    )
    community_name = fields.Text(
        100, required=True, metadata={"description": "单位所在社区"}
    )
    period = Period()
    since = fields.Day(required=True, metadata={"description": "从哪天起（含当日）"})
    until = fields.Day(required=True, metadata={"description": "到哪天止（含当日）"})
    figures = fields.Part(FiguresValues, required=True)
    withheld = fields.Many(
        fields.OneOf(OF_PEOPLE),
        0,
        len(OF_PEOPLE),
        required=True,
        metadata={
            "description": "因人数少（不足 5 人）或会由此推算出来而不对外提供的数字，在 figures 中为 null"
        },
    )
    left_out = fields.Part(
        LeftOut,
        required=True,
        metadata={"description": "各有几场因不足 5 人没有计入服务群众、服务时长"},
    )
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    as_of = as_of()
