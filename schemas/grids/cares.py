"""Care: who has agreed to be looked in on, every so many days. Why, no event says."""

from schemas import fields
from schemas.area_codes import grid, grid_name
from schemas.events import event
from schemas.grids.doors import LAST_WALK, MOST_MISSED, OfDoor
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

CARE_STATES = {"active": "探访中", "paused": "暂停", "ended": "已结束"}
CONSENTS = {"written": "书面", "spoken": "口头", "guardian": "监护人同意"}
REASONS_TO_END = ("本人不再需要", "已搬走", "已故", "入住机构", "其他")
LONGEST_DAYS = 92


class OfCare(fields.Schema):
    care = fields.Id(required=True, metadata={"description": "关爱探访编号"})


class BeginCare(OfDoor):
    every_days = fields.Whole(
        1, LONGEST_DAYS, required=True, metadata={"description": "每几天探访一次"}
    )
    consent = fields.OneOf(
        tuple(CONSENTS),
        CONSENTS,
        metadata={"description": "怎样同意的；没有同意不能登记"},
    )
    consent_on = fields.Day(metadata={"description": "哪天同意的"})
    words = fields.Text(
        300,
        required=True,
        metadata={"description": "为什么需要探访；只有网格员和社区工作者看得到"},
    )


class EndCare(OfCare):
    reason = fields.OneOf(
        REASONS_TO_END, required=True, metadata={"description": "结束的原因"}
    )


class ListCares(Paged):
    """By when each is due, in a place."""

    division = division(required=True)
    state = fields.AnyOf(
        tuple(CARE_STATES),
        load_default=("active",),
        metadata={"description": "状态；不填为探访中的"},
    )


# Events


@event("care_begun.v1")
class CareBegun(OfCare, OfDoor):
    community = community("微网格")
    grid = grid(required=True)
    every_days = fields.Whole(1, LONGEST_DAYS, required=True)
    consent = fields.OneOf(tuple(CONSENTS), required=True)
    consent_on = fields.Day(required=True)
    note = fields.Id(required=True)
    by = fields.Id(required=True)


@event("care_paused.v1")
class CarePaused(OfCare):
    by = fields.Id(required=True)


@event("care_resumed.v1")
class CareResumed(OfCare):
    by = fields.Id(required=True)


@event("care_ended.v1")
class CareEnded(EndCare):
    """What was written of it is gone with it."""

    by = fields.Id(required=True)


@event("care_due.v1")
class CareDue(OfCare):
    """In the morning of its last day: nobody has met them yet, as far as is known then."""

    due = fields.Instant(required=True)


@event("care_missed.v1")
class CareMissed(OfCare):
    """Nobody met them by the day `due`, as far as was known then; a visit sent later may say otherwise."""

    due = fields.Instant(required=True)


# Resources


class Care(Resource):
    door = fields.Id(required=True, metadata={"description": "门户编号"})
    walk = fields.Whole(1, LAST_WALK, metadata={"description": "走访顺序"})
    label = fields.Text(60, metadata={"description": "门牌；只有走访的人看得到"})
    community = community("微网格")
    grid = grid(required=True)
    grid_name = grid_name()
    every_days = fields.Whole(1, LONGEST_DAYS, required=True)
    consent = fields.OneOf(
        tuple(CONSENTS), required=True, metadata={"description": "怎样同意的"}
    )
    consent_on = fields.Day(required=True, metadata={"description": "哪天同意的"})
    words = fields.Text(300, metadata={"description": "为什么需要探访"})
    next_at = fields.Instant(
        required=True, metadata={"description": "下一次最晚什么时候"}
    )
    met_at = fields.Instant(metadata={"description": "最近一次见到的时间"})
    missed = fields.Whole(
        0, MOST_MISSED, required=True, metadata={"description": "连续错过几次"}
    )
    state = fields.OneOf(
        tuple(CARE_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
