"""Findings: what a visit brought to light, who sees to it, and that the door is told what became of it."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.area_codes import grid, grid_name
from schemas.cobuild.needs import urgency
from schemas.events import event
from schemas.grids.doors import LAST_WALK, OfDoor
from schemas.grids.rounds import item
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

FINDING_KINDS = {
    "gas": "燃气",
    "wiring": "水电线路",
    "fire": "消防",
    "building": "房屋",
    "health": "健康",
    "care": "需要关心",
    "quarrel": "矛盾纠纷",
    "surroundings": "环境卫生",
    "other": "其他",
}
ROUTES = {"need": "列为需求", "followup": "派队伍办理", "advice": "当场告知"}
FINDING_STATES = {
    "open": "转办中",
    "referred": "已列为需求",
    "returned": "没有办成，待转办",
    "followup": "队伍办理中",
    "advised": "已当场告知",
    "resolved": "已办结",
}
MOST_TIMES = 100


class OfFinding(fields.Schema):
    finding = fields.Id(required=True, metadata={"description": "发现的编号"})


class Routed(fields.Schema):
    """Exactly one way: a need of the community, a team with a day, or a word at the door."""

    route = fields.OneOf(
        tuple(ROUTES),
        ROUTES,
        required=True,
        metadata={
            "description": "怎么办：need 列为需求、followup 派队伍、advice 当场告知"
        },
    )
    team = fields.Id(metadata={"description": "派哪支队伍"})
    due = fields.Day(metadata={"description": "队伍最晚哪天办完"})

    @ma.validates_schema
    def a_team_has_its_day(self, data: dict[str, Any], **kwargs: Any) -> None:
        for name in ("team", "due"):
            if (name in data) != (data["route"] == "followup"):
                says = "派队伍办理要填队伍和期限，别的办法不填"
                raise ma.ValidationError(fields.Complaint("bad_route", says), name)


class RecordFinding(OfDoor, Routed):
    kind = fields.OneOf(
        tuple(FINDING_KINDS),
        FINDING_KINDS,
        required=True,
        metadata={"description": "类别"},
    )
    urgency = urgency(required=True)
    visit = fields.Id(metadata={"description": "哪次走访时发现的"})
    item = item()
    words = fields.Text(
        300, metadata={"description": "看到了什么；不写姓名、电话和测量数值"}
    )


class RouteFinding(OfFinding, Routed):
    """Anew: it came back, or what was done did not last."""


class ListFindings(Paged):
    """The oldest first."""

    division = division(required=True)
    state = fields.AnyOf(
        tuple(FINDING_STATES),
        load_default=("open", "referred", "returned", "followup"),
        metadata={"description": "状态；不填为还没有办结的"},
    )


class ListFollowups(Paged):
    """What a team still has to do, by the day it is due."""

    team = fields.Id(required=True, metadata={"description": "队伍编号"})


# Events


@event("finding_recorded.v1")
class FindingRecorded(OfFinding, OfDoor):
    community = community("微网格")
    grid = grid(required=True)
    kind = fields.OneOf(tuple(FINDING_KINDS), required=True)
    urgency = urgency(required=True)
    route = fields.OneOf(tuple(ROUTES), required=True)
    team = fields.Id()
    due = fields.Day()
    due_at = fields.Instant()
    visit = fields.Id()
    item = item()
    note = fields.Id()
    by = fields.Id(required=True)


@event("finding_routed.v1")
class FindingRouted(OfFinding):
    """`kind` and where it is are told again, for who raises a need of it."""

    community = community("微网格")
    grid = grid(required=True)
    kind = fields.OneOf(tuple(FINDING_KINDS), required=True)
    urgency = urgency(required=True)
    route = fields.OneOf(tuple(ROUTES), required=True)
    team = fields.Id()
    due = fields.Day()
    due_at = fields.Instant()
    by = fields.Id(required=True)


@event("finding_referred.v1")
class FindingReferred(OfFinding):
    need = fields.Id(required=True)


@event("finding_returned.v1")
class FindingReturned(OfFinding):
    """Its need came to nothing: it is to be routed anew."""

    need = fields.Id(required=True)


@event("finding_resolved.v1")
class FindingResolved(OfFinding):
    """By its need, or by who saw to it."""

    need = fields.Id()
    by = fields.Id()


@event("finding_reopened.v1")
class FindingReopened(OfFinding):
    """Its need is not done after all."""

    need = fields.Id(required=True)


@event("finding_words_erased.v1")
class FindingWordsErased(OfFinding):
    """What was seen has been kept as long as it may be."""


@event("followup_overdue.v1")
class FollowupOverdue(OfFinding):
    since = fields.Instant(required=True)


# Resources


class Finding(Resource):
    door = fields.Id(required=True, metadata={"description": "门户编号"})
    walk = fields.Whole(1, LAST_WALK, metadata={"description": "走访顺序"})
    label = fields.Text(
        60, metadata={"description": "门牌；只有走访的人和派去的队伍看得到"}
    )
    community = community("微网格")
    grid = grid(required=True)
    grid_name = grid_name()
    kind = fields.OneOf(
        tuple(FINDING_KINDS), required=True, metadata={"description": "类别"}
    )
    kind_text = fields.Text(
        20, required=True, metadata={"description": "类别，给人看的"}
    )
    urgency = urgency(required=True)
    route = fields.OneOf(
        tuple(ROUTES), required=True, metadata={"description": "怎么办"}
    )
    team = fields.Id(metadata={"description": "派了哪支队伍"})
    team_name = fields.Text(40, metadata={"description": "队伍名称"})
    due = fields.Day(metadata={"description": "队伍最晚哪天办完"})
    overdue = fields.Truth(metadata={"description": "已经超期"})
    need = fields.Id(metadata={"description": "列为哪项需求"})
    mediation = fields.Id(metadata={"description": "为它开始了哪次调解"})
    words = fields.Text(
        300, metadata={"description": "看到了什么；只有走访和经办的人看得到"}
    )
    recorded_at = fields.Instant(
        required=True, metadata={"description": "什么时候记下的"}
    )
    told_at = fields.Instant(metadata={"description": "什么时候告诉这一户已经办结"})
    reopened = fields.Whole(
        0, MOST_TIMES, required=True, metadata={"description": "重新办理过几次"}
    )
    state = fields.OneOf(
        tuple(FINDING_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
