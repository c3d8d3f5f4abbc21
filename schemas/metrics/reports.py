"""Monthly reports: frozen as they are published, restated in a new version, and the difference fact by fact."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.metrics.definitions import IDENTIFIERS, DefinitionShown
from schemas.metrics.facts import KINDS, link_key, title
from schemas.metrics.figures import Compared, Row, absent, as_of
from schemas.metrics.months import MOST_VERSIONS, OfReport, month, number, reason, scope
from schemas.metrics.report_events import MOST_ROWS, Redefined, redefined
from schemas.metrics.targets import MOST
from schemas.paging import Paged
from schemas.resource import Resource

STATES = ("frozen", "restated")


class FreezeReport(OfReport):
    pass


class RestateReport(OfReport):
    reason = reason(required=True)


# Questions


class ListReports(Paged):
    scope = scope()


class AskReport(OfReport):
    version = number(text="第几版；不填为最新一版")


class ListVersions(OfReport, Paged):
    pass


class CompareVersions(OfReport):
    earlier = number(required=True, text="与哪一版比")
    later = number(text="哪一版；不填为现在的数字")

    @ma.validates_schema
    def in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data.get("later", MOST_VERSIONS + 1) <= data["earlier"]:
            raise ma.ValidationError(
                fields.Complaint("not_later", "应比 earlier 晚"), "later"
            )


class AskDifferences(CompareVersions, Paged):
    figure = fields.OneOf(
        IDENTIFIERS, metadata={"description": "只看与哪一个数字有关的；不填为全部"}
    )


class OpenReport(fields.Schema):
    key = link_key()
    version = number(text="第几版；不填为最新一版")


# Resources


def moment() -> fields.Instant:
    return fields.Instant(required=True, metadata={"description": "发布时间"})


class MonthlyReport(Resource):
    id = fields.Text(32, required=True, metadata={"description": "编号，范围:月份"})
    scope = scope()
    month = month()
    name = fields.Text(100, required=True)
    state = fields.OneOf(
        STATES,
        required=True,
        metadata={"description": "frozen 已发布、restated 已更正重发"},
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    version = number(required=True, text="最新是第几版")
    at = moment()
    by = fields.Id(required=True, metadata={"description": "发布人"})
    reason = reason()
    open_sessions = fields.Whole(
        0, MOST, required=True, metadata={"description": "发布时还没有结束的场次"}
    )
    as_of = as_of()


class Changed(fields.Schema):
    """A figure before and after; null is what cannot be said, or is withheld."""

    figure = fields.OneOf(IDENTIFIERS, required=True)
    name = fields.Text(64, required=True)
    unit = fields.Text(16, required=True)
    before = ma.fields.Float(allow_none=True, required=True)
    after = ma.fields.Float(allow_none=True, required=True)


class ChangedFigure(Changed):
    """With what explains it: the figures whose facts do, and why these do not simply add up to it."""

    explained_by = fields.Many(fields.OneOf(IDENTIFIERS), 0, 10, required=True)
    note = fields.Text(
        200, metadata={"description": "为什么不能逐项相加；可以相加的没有"}
    )


class VersionComparison(OfReport):
    earlier = number(required=True)
    later = number()
    items = fields.Many(fields.Part(ChangedFigure), 0, 100, required=True)


class VersionShown(fields.Schema):
    version = number(required=True)
    at = moment()
    by = fields.Id(required=True)
    reason = reason()
    as_of = as_of()
    changed = fields.Many(
        fields.Part(Changed),
        0,
        100,
        required=True,
        metadata={"description": "比上一版变了什么"},
    )


class FactChanged(fields.Schema):
    """What a fact contributed before and after; additive figures add up to the difference."""

    fact = fields.Text(
        100,
        required=True,
        metadata={"description": "哪一项，如 need/编号、session/编号"},
    )
    kind = fields.OneOf(KINDS, required=True)
    title = title()
    day = fields.Text(10, required=True, metadata={"description": "计入哪天"})
    community = fields.Division(
        "community", required=True, metadata={"description": "计入哪个社区"}
    )
    place = fields.Text(100, required=True, metadata={"description": "社区的名称"})
    told_at = fields.Instant(
        required=True, metadata={"description": "最后一次变化是何时记下的"}
    )
    seq = fields.Whole(
        1, 2**53, required=True, metadata={"description": "反映到第几个事件"}
    )
    changes = fields.Many(fields.Part(Changed), 0, 100, required=True)


def shown_rows() -> fields.Many:
    return fields.Many(fields.Part(Row), 0, MOST_ROWS, required=True)


def listed(text: str) -> fields.Many:
    """Of the busiest, and of the rest together."""
    about = f"{text}，按代码先后；其余合为一行，代码为 rest；早先发布的月报没有这一项"
    return fields.Many(fields.Part(Row), 0, MOST_ROWS, metadata={"description": about})


class RedefinedShown(Redefined):
    name = fields.Text(64, required=True)
    text = fields.Text(
        600, required=True, metadata={"description": "口径变了什么，给人看的"}
    )


class ReportShown(OfReport):
    """A version as it was published, beside the version before it."""

    name = fields.Text(100, required=True)
    demo = fields.Truth(required=True, metadata={"description": "有演示区划"})
    version = number(required=True)
    latest = number(required=True, text="最新是第几版")
    at = moment()
    by = fields.Id(required=True)
    reason = reason()
    open_days = fields.Many(
        fields.Day(),
        0,
        31,
        required=True,
        metadata={"description": "有场次没有结束的日子"},
    )
    absent = absent()
    items = fields.Many(fields.Part(Compared), 0, 100, required=True)
    divisions = shown_rows()
    categories = shown_rows()
    need_categories = shown_rows()
    hosts = listed("已举办场次最多的 20 个主办方")
    units = listed("完成项目最多的 20 家联建单位")
    days = shown_rows()
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    redefined = redefined(
        RedefinedShown,
        metadata={"description": "从这份月报起口径有变或新增的数字；都没有变则没有"},
    )
    as_of = as_of()
    changed = fields.Many(
        fields.Part(Changed),
        0,
        100,
        required=True,
        metadata={"description": "比上一版变了什么"},
    )
    facts = fields.Many(
        fields.Part(FactChanged),
        0,
        100,
        required=True,
        metadata={"description": "因哪些事实而变"},
    )
    more_facts = fields.Truth(required=True, metadata={"description": "facts 没有列全"})
    versions = fields.Many(
        fields.Part(VersionShown),
        0,
        100,
        required=True,
        metadata={"description": "最近各版"},
    )


class ReportLink(fields.Schema):
    path = fields.Text(
        600, required=True, metadata={"description": "月报页面的地址，不含主机"}
    )
    address = fields.Text(
        1000, metadata={"description": "月报页面的完整地址，凭它打开，不用令牌"}
    )
    until = fields.Instant(required=True, metadata={"description": "到何时有效"})
