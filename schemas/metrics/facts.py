"""The facts behind a figure, page by page; what they contribute adds up to it."""

import marshmallow as ma

from schemas import fields
from schemas.metrics.periods import Period, figure, period, scope
from schemas.paging import Paged
from schemas.persons import Person

DIMENSIONS = ("all", "category", "need_category", "campaign", "host", "unit")
KINDS = (
    "session", "attendance", "need", "commitment", "unit", "community", "grid", "round", "finding", "mediation",
)  # fmt: skip


BAD_LINK = fields.Complaint("bad_link", "链接不完整，请重新取得")


def link_key() -> fields.Code:
    return fields.Code(
        r"[A-Za-z0-9._-]{20,400}",
        BAD_LINK,
        most=400,
        required=True,
        metadata={"description": "链接中的凭证"},
    )


def title() -> fields.Text:
    return fields.Text(
        200,
        metadata={
            "description": "叫什么：场次、需求的标题，单位、社区的名称；还没有标题的没有"
        },
    )


class OfFigure(Paged):
    """Of a cell's figure."""

    figure = figure()
    dimension = fields.OneOf(
        DIMENSIONS, load_default="all", metadata={"description": "按什么展开的单元格"}
    )
    value = fields.Text(
        100,
        metadata={
            "description": "展开的哪一个：类别、主题活动、主办方或单位；不展开时不填"
        },
    )

    @ma.validates_schema
    def value_goes_with_dimension(self, data: dict[str, str], **kwargs: object) -> None:
        if (data["dimension"] == "all") == ("value" in data):
            missing = fields.Complaint("missing_field", "展开时要填写哪一个")
            needless = fields.Complaint(
                "needless_value", "填写了 value，就要用 dimension 说明按什么展开"
            )
            raise ma.ValidationError(needless if "value" in data else missing, "value")


class AskFacts(OfFigure):
    scope = scope()
    period = period()


class OpenFacts(OfFigure):
    """Those of a figure that a month's report shows."""

    key = link_key()
    scope = fields.Division(
        metadata={"description": "范围内的区划代码；不填为月报的范围"}
    )
    period = Period(
        metadata={
            "description": "月报的月份、其中一天、上月或去年同月；不填为月报的月份"
        }
    )


class FactShown(fields.Schema):
    """Of a rate `contribution` is to the part and `whole` to what it is divided by. Null is what is withheld."""

    fact = fields.Text(
        100,
        required=True,
        metadata={"description": "哪一项，如 need/编号、session/编号"},
    )
    kind = fields.OneOf(KINDS, required=True)
    title = title()
    day = fields.Text(10, metadata={"description": "计入哪天"})
    community = fields.Division("community", metadata={"description": "计入哪个社区"})
    place = fields.Text(100, metadata={"description": "社区的名称"})
    person = Person(metadata={"description": "哪一个人；只有本社区的社区工作者看得到"})
    contribution = fields.Whole(
        -(2**53),
        2**53,
        required=True,
        allow_none=True,
        metadata={"description": "对这个数字的贡献；null 为不对外提供"},
    )
    whole = fields.Whole(
        0,
        2**53,
        allow_none=True,
        metadata={
            "description": "比率的分母中的贡献；不是比率的没有，null 为不对外提供"
        },
    )
    seq = fields.Whole(1, 2**53, metadata={"description": "反映到第几个事件"})
