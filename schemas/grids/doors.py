"""Doors: in which grid each stands, where on the walk, and what it is called, which no event says."""

from schemas import fields
from schemas.area_codes import courtyard, grid
from schemas.events import event
from schemas.grids.members import InAGrid
from schemas.grids.outcomes import OUTCOMES, OUTCOMES_IN_WORDS
from schemas.grids.rounds import MOST_ITEMS, Answer
from schemas.paging import Paged
from schemas.places import community
from schemas.resource import Resource

DOOR_STATES = {"open": "在册", "closed": "已注销"}
REASONS_TO_CLOSE = ("拆除", "合并", "登记错了", "其他")
LAST_WALK = 9999
MOST_OPEN_FINDINGS = 50
MOST_SHOWN = 20
MOST_MISSED = 10_000
MOST_ON_A_WALK = 400


def walk() -> fields.Whole:
    """The order of the doors along stairs and paths, up one side and down the other."""
    about = {"description": "走访顺序，沿楼梯和道路走一遍的先后"}
    return fields.Whole(1, LAST_WALK, required=True, metadata=about)


class OfDoor(fields.Schema):
    door = fields.Id(required=True, metadata={"description": "门户编号"})


class Standing(InAGrid):
    walk = walk()
    courtyard = courtyard()


class RecordDoor(Standing):
    label = fields.Text(
        60,
        required=True,
        metadata={"description": "门牌，例如 3栋2单元501；不写人的信息"},
    )


class RenumberDoor(OfDoor):
    walk = walk()


class Numbered(OfDoor):
    walk = walk()


class RenumberWalk(InAGrid):
    """All at once or none. A door that is not named keeps its number."""

    doors = fields.Many(
        fields.Part(Numbered),
        1,
        MOST_ON_A_WALK,
        required=True,
        metadata={"description": "各户新的走访顺序，没有列出的不变"},
    )


class MoveDoor(OfDoor, Standing):
    """To where its grid has been redrawn; what was told of it before stays where it was told."""


class CloseDoor(OfDoor):
    reason = fields.OneOf(
        REASONS_TO_CLOSE, required=True, metadata={"description": "注销的原因"}
    )


class ListDoors(Paged):
    """Those of a grid, in the order of the walk."""

    community = community("微网格")
    grid = grid(required=True)


class ListDay(ListDoors):
    """Each with what is asked there now, who is to be looked in on and what was found last time."""


# Events


@event("door_recorded.v1")
class DoorRecorded(OfDoor, Standing):
    note = fields.Id(required=True)
    by = fields.Id(required=True)


@event("door_renumbered.v1")
class DoorRenumbered(RenumberDoor):
    by = fields.Id(required=True)


@event("walk_renumbered.v1")
class WalkRenumbered(RenumberWalk):
    by = fields.Id(required=True)


@event("door_moved.v1")
class DoorMoved(MoveDoor):
    by = fields.Id(required=True)


@event("door_closed.v1")
class DoorClosed(CloseDoor):
    """What was written of the door is gone with it."""

    by = fields.Id(required=True)


# Resources


class Walk(RenumberWalk, Resource):
    """As it was numbered last, those that were numbered then."""

    id = fields.Text(32, required=True, metadata={"description": "微网格编码"})


class AskedHere(fields.Schema):
    """What came of a round at this door: the answers last given, from which the next visit begins."""

    round = fields.Id(required=True)
    title = fields.Text(40, required=True)
    outcome = fields.OneOf(OUTCOMES, OUTCOMES_IN_WORDS)
    answers = fields.Many(fields.Part(Answer), 0, MOST_ITEMS, required=True)


class FoundHere(fields.Schema):
    """A finding of this door that is not done, or done and not yet told there."""

    finding = fields.Id(required=True)
    kind = fields.Text(20, required=True)
    kind_text = fields.Text(20, required=True)
    state = fields.Text(20, required=True)
    state_text = fields.Text(20, required=True)
    words = fields.Text(300)
    mediation = fields.Id()
    recorded_at = fields.Instant(required=True)


class CareHere(fields.Schema):
    """Why somebody is looked in on is not told here: that is read on purpose."""

    care = fields.Id(required=True)
    next_at = fields.Instant(required=True)
    missed = fields.Whole(0, MOST_MISSED, required=True)


class Door(Standing, Resource):
    label = fields.Text(60, metadata={"description": "门牌；只有走访的人看得到"})
    state = fields.OneOf(
        tuple(DOOR_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    last_at = fields.Instant(metadata={"description": "最近一次走访的时间"})
    last_outcome = fields.OneOf(
        OUTCOMES, metadata={"description": "最近一次走访的结果"}
    )
    rounds = fields.Many(
        fields.Part(AskedHere),
        0,
        MOST_SHOWN,
        metadata={"description": "正在进行的走访，和上次的回答"},
    )
    cares = fields.Many(
        fields.Id(),
        0,
        MOST_SHOWN,
        metadata={"description": "这一户的关爱探访"},
    )
    calls = fields.Many(
        fields.Part(CareHere),
        0,
        MOST_SHOWN,
        metadata={"description": "这一户的关爱探访，最迟什么时候"},
    )
    findings = fields.Many(
        fields.Part(FoundHere),
        0,
        MOST_OPEN_FINDINGS,
        metadata={"description": "这一户没有办结、或办结了还没有告知的发现"},
    )
    to_tell = fields.Many(
        fields.Id(),
        0,
        MOST_OPEN_FINDINGS,
        metadata={"description": "已经办结、还没有告诉这一户的发现"},
    )
