"""Monthly reports: frozen as they are published, restated in a new version, and the difference fact by fact."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.metrics.definitions import IDENTIFIERS, DefinitionShown
from schemas.metrics.facts import KINDS, link_key, title
from schemas.metrics.figures import Compared, Row, absent, as_of
from schemas.metrics.targets import MOST
from schemas.paging import Paged
from schemas.resource import Resource

STATES = ("frozen", "restated")
MOST_VERSIONS, MOST_ROWS = 10_000, 1000
BAD_SCOPE = fields.Complaint(
    "bad_report_scope", "月报按区或街道出，应为 6 位或 9 位区划代码"
)
BAD_MONTH = fields.Complaint("bad_month", "应为月份，例如 2026-06")


def scope() -> fields.Code:
    return fields.Code(
        r"[0-9]{6}([0-9]{3})?",
        BAD_SCOPE,
        required=True,
        metadata={"description": "区或街道代码"},
    )


def month() -> fields.Code:
    return fields.Code(
        r"[12][0-9]{3}-(0[1-9]|1[0-2])",
        BAD_MONTH,
        required=True,
        metadata={"description": "月份"},
    )


def number(**kwargs: Any) -> fields.Whole:
    text = kwargs.pop("text", "第几版")
    return fields.Whole(
        1, MOST_VERSIONS, code="bad_version", metadata={"description": text}, **kwargs
    )


def reason(**kwargs: Any) -> fields.Text:
    return fields.Text(200, metadata={"description": "更正的原因"}, **kwargs)


class OfReport(fields.Schema):
    scope = scope()
    month = month()


class FreezeReport(OfReport):
    pass


class RestateReport(OfReport):
    reason = reason(required=True)


# Events


def counted() -> ma.fields.Dict:
    """Whole numbers by figure; what is zero is left out."""
    return ma.fields.Dict(
        keys=fields.OneOf(IDENTIFIERS), values=fields.Whole(-MOST, MOST), required=True
    )


def hidden() -> fields.Many:
    """What readers from outside are not told, though it was counted."""
    return fields.Many(fields.OneOf(IDENTIFIERS), 0, 100, required=True)


class CountedRow(fields.Schema):
    key = fields.Text(100, required=True)
    name = fields.Text(100, required=True)
    figures = counted()
    withheld = hidden()


class Redefined(fields.Schema):
    """A figure that means something else than in the report before; `before` is what it meant, nothing of a new one."""

    identifier = fields.OneOf(IDENTIFIERS, required=True)
    before = fields.Text(200)


def redefined(shown: type[fields.Schema], **kwargs: Any) -> fields.Many:
    return fields.Many(fields.Part(shown), 1, 100, **kwargs)


class Withheld(fields.Schema):
    """Of the scope itself, in the month and those it is held against; and of the single sessions behind them."""

    whole = hidden()
    previous = hidden()
    last_year = hidden()
    sessions = hidden()


def rows(required: bool = True) -> fields.Many:
    return fields.Many(fields.Part(CountedRow), 0, MOST_ROWS, required=required)


class Content(OfReport):
    """What a version says. Rates follow from it; the definitions are those it was counted by.

    Of hosts and units the busiest are named, the rest is one row; versions from before that have neither.
    """

    name = fields.Text(100, required=True)
    demo = fields.Truth(required=True)
    as_of = ma.fields.Dict(
        keys=fields.Text(64), values=fields.Whole(0, 2**53), required=True
    )
    whole = counted()
    previous = counted()
    last_year = counted()
    targets = ma.fields.Dict(
        keys=fields.OneOf(IDENTIFIERS), values=fields.Whole(0, MOST), required=True
    )
    divisions = rows()
    categories = rows()
    need_categories = rows()
    hosts = rows(required=False)
    units = rows(required=False)
    days = rows()
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    redefined = redefined(Redefined)
    withheld = fields.Part(Withheld, required=True)


@event("report_frozen.v1")
class ReportFrozen(Content):
    report = fields.Text(32, required=True)
    version = number(required=True)
    by = fields.Id(required=True)


@event("report_restated.v1")
class ReportRestated(ReportFrozen):
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
