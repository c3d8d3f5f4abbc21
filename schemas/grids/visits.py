"""Visits: what came of going to a door. Only the outcome is required, and what is not answered is nobody's fault."""

from typing import Any

from schemas import fields
from schemas.area_codes import grid, grid_name
from schemas.events import event
from schemas.grids.doors import LAST_WALK, OfDoor
from schemas.grids.outcomes import OUTCOMES, OUTCOMES_IN_WORDS
from schemas.grids.rounds import MOST_ITEMS, Answer
from schemas.paging import Paged
from schemas.places import community
from schemas.resource import Resource

WAYS = {"live": "当场", "late": "补传"}
VISIT_STATES = {"recorded": "已记录", "withdrawn": "已撤回"}
MOST_TOLD = 10
FURTHEST_OFF_S = 400 * 24 * 3600


class OfVisit(fields.Schema):
    visit = fields.Id(required=True, metadata={"description": "走访记录编号"})


def outcome() -> fields.OneOf:
    about = {
        "description": "结果：met 见到、not_in 无人、refused 不愿、empty 空置、moved 搬走"
    }
    return fields.OneOf(OUTCOMES, OUTCOMES_IN_WORDS, required=True, metadata=about)


def answers(says: str, **kwargs: Any) -> fields.Many:
    about = {"description": says}
    return fields.Many(fields.Part(Answer), 0, MOST_ITEMS, metadata=about, **kwargs)


class RecordVisit(OfDoor):
    outcome = outcome()
    answers = answers("各题的回答，没有问到的不填", load_default=list)
    round = fields.Id(metadata={"description": "属于哪一轮走访"})
    care = fields.Id(metadata={"description": "属于哪一项关爱探访"})
    told = fields.Many(
        fields.Id(),
        0,
        MOST_TOLD,
        load_default=list,
        metadata={"description": "当面告知了哪些发现已经办结"},
    )


class QueuedVisit(RecordVisit):
    """Made without signal and sent later, perhaps twice, in any order, by a clock that may be off."""

    device = fields.Id(required=True, metadata={"description": "设备编号"})
    nonce = fields.Id(
        required=True, metadata={"description": "这次走访在设备上的编号，每次不同"}
    )
    at = fields.Instant(
        required=True, metadata={"description": "走访时设备时钟显示的时间"}
    )


class SentBy(fields.Schema):
    device_now = fields.Instant(
        required=True,
        metadata={"description": "上传时设备时钟显示的时间，用来校正", "proof": True},
    )


class RecordLateVisit(QueuedVisit, SentBy):
    pass


class CorrectVisit(OfVisit):
    """What was answered stands where answers are left out; those that are said take the place of all before."""

    outcome = outcome()
    answers = answers("各题的回答；不填则保留原来的回答，填空表则全部去掉")


class ListVisits(Paged):
    """Those to a door, the latest first."""

    door = fields.Id(required=True, metadata={"description": "门户编号"})


# Events


class Answered(fields.Schema):
    outcome = fields.OneOf(OUTCOMES, required=True)
    answers = fields.Many(fields.Part(Answer), 0, MOST_ITEMS, required=True)


@event("visit_recorded.v1")
class VisitRecorded(OfVisit, OfDoor, Answered):
    """Where the door stood then, and when it truly was. `member` went there, whoever sent it."""

    community = community("微网格")
    grid = grid(required=True)
    round = fields.Id()
    care = fields.Id()
    told = fields.Many(fields.Id(), 0, MOST_TOLD)
    at = fields.Instant(required=True)
    way = fields.OneOf(tuple(WAYS), required=True)
    device = fields.Id()
    nonce = fields.Id()
    clock_off_s = fields.Whole(-FURTHEST_OFF_S, FURTHEST_OFF_S)
    member = fields.Id(required=True)


@event("visit_corrected.v1")
class VisitCorrected(OfVisit, OfDoor, Answered):
    by = fields.Id(required=True)


@event("visit_withdrawn.v1")
class VisitWithdrawn(OfVisit, OfDoor):
    by = fields.Id(required=True)


# Resources


class Visit(Answered, OfDoor, Resource):
    outcome = outcome()
    community = community("微网格")
    grid = grid(required=True)
    grid_name = grid_name()
    round = fields.Id(metadata={"description": "哪一轮走访"})
    care = fields.Id(metadata={"description": "哪一项关爱探访"})
    at = fields.Instant(required=True, metadata={"description": "走访的时间"})
    way = fields.OneOf(
        tuple(WAYS),
        WAYS,
        required=True,
        metadata={"description": "当场记录还是后来补传"},
    )
    member = fields.Id(required=True, metadata={"description": "哪位网格员"})
    walk = fields.Whole(1, LAST_WALK, metadata={"description": "走访顺序"})
    label = fields.Text(60, metadata={"description": "门牌；只有走访的人看得到"})
    state = fields.OneOf(
        tuple(VISIT_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
