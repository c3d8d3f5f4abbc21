"""Divisions: the district, its streets and their communities."""

from typing import Any

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.places import division

LEVELS = ("district", "street", "community")
STATUSES_IN_WORDS = {"official": "官方代码", "demo": "演示数据"}
STATUSES = tuple(STATUSES_IN_WORDS)
MOST_PERIODS = 1000


class Enclosing(fields.Division):
    """The division another lies in; `""` for a district, which lies in none recorded here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.metadata = {
            **self.metadata,
            "minLength": 0,
            "pattern": f"^({self.pattern.pattern})?$",
        }

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        return "" if value == "" else super()._deserialize(value, *args, **kwargs)


class RecordDivision(fields.Schema):
    """Level and parent follow from the code. Recorded again, a division gets the new name and status."""

    division = division(required=True)
    name = fields.Text(40, required=True, metadata={"description": "名称"})
    status = fields.OneOf(
        STATUSES,
        STATUSES_IN_WORDS,
        required=True,
        metadata={
            "description": "是官方的还是演示的：official 官方代码、demo 演示数据"
        },
    )
    valid_from = fields.Day(
        metadata={
            "description": "从哪天起有效，不早于今天；不填为今天，区里第一天登记的为一直有效"
        }
    )


class Validity(fields.Schema):
    """Both days included; one that is not said is not bounded."""

    valid_from = fields.Day(metadata={"description": "从哪天起有效；没有即一直有效"})
    valid_to = fields.Day(metadata={"description": "有效的最后一天；没有即至今有效"})


class EndDivision(fields.Schema):
    division = fields.Division(
        required=True, metadata={"description": "要结束的街道或社区代码"}
    )
    valid_to = fields.Day(
        required=True, metadata={"description": "有效的最后一天，不早于今天"}
    )


class WithdrawDivision(fields.Schema):
    """Recorded by mistake: as if it had never been."""

    division = fields.Division(
        required=True, metadata={"description": "登记错了的街道或社区代码"}
    )


class GetDivision(fields.Schema):
    division = fields.Division(required=True, metadata={"description": "区划代码"})


class ListDivisions(Paged):
    """With `level`, all of it inside `parent`; without, what lies directly in `parent`; with neither, the districts."""

    parent = fields.Division(metadata={"description": "上级区划代码"})
    level = fields.OneOf(LEVELS, metadata={"description": "级别"})


@event("division_recorded.v1")
class DivisionRecorded(RecordDivision):
    level = fields.OneOf(LEVELS, required=True)
    parent = Enclosing(required=True)


@event("division_ended.v1")
class DivisionEnded(EndDivision):
    by = fields.Id(required=True)


@event("division_withdrawn.v1")
class DivisionWithdrawn(WithdrawDivision):
    by = fields.Id(required=True)


class DivisionEntry(fields.Schema):
    id = fields.Division(required=True)
    division = fields.Division(required=True, metadata={"description": "区划代码"})
    name = fields.Text(40, required=True)
    level = fields.OneOf(LEVELS, required=True)
    parent = Enclosing(required=True, metadata={"description": "上级区划代码，区为空"})
    status = fields.OneOf(
        STATUSES,
        STATUSES_IN_WORDS,
        required=True,
        metadata={
            "description": "是官方的还是演示的：official 官方代码、demo 演示数据"
        },
    )
    recorded_on = fields.Day(
        required=True, metadata={"description": "最早是哪天登记的"}
    )
    periods = fields.Many(
        fields.Part(Validity),
        0,
        MOST_PERIODS,
        required=True,
        metadata={"description": "有效期；登记错了、已撤销的没有"},
    )
    seq = fields.Whole(1, 2**53, metadata={"description": "反映到第几个事件"})
