"""Members of a micro-grid, and the teams that are sent to a door."""

from typing import Any

from schemas import fields
from schemas.area_codes import grid, grid_name
from schemas.events import event
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

MEMBER_STATES = {"in_office": "在任", "relieved": "已卸任"}
TEAM_STATES = {"ready": "可派", "dissolved": "已撤销"}
TEAM_KINDS = {"emergency": "应急", "gas": "燃气", "doctor": "家庭医生", "other": "其他"}
MOST_IN_A_TEAM = 50


class OfMember(fields.Schema):
    member = fields.Id(required=True, metadata={"description": "网格员的任职编号"})


class InAGrid(fields.Schema):
    community = community("微网格")
    grid = grid(required=True)


class AppointMember(InAGrid):
    person = fields.Id(
        required=True,
        metadata={"description": "网格员的人员编号", "names_person": True},
    )


class ListMembers(Paged):
    community = community("微网格")
    state = fields.AnyOf(
        tuple(MEMBER_STATES),
        load_default=("in_office",),
        metadata={"description": "状态；不填为在任的"},
    )


class ListMyTerms(Paged):
    """Those in which who asks is in office."""


class OfTeam(fields.Schema):
    team = fields.Id(required=True, metadata={"description": "队伍编号"})


def persons(**kwargs: Any) -> fields.Many:
    about = {"description": "队员的人员编号"}
    person = fields.Id(metadata={"names_person": True})
    return fields.Many(person, 1, MOST_IN_A_TEAM, metadata=about, **kwargs)


class TeamNamed(fields.Schema):
    name = fields.Text(40, required=True, metadata={"description": "队伍名称"})
    kind = fields.OneOf(
        tuple(TEAM_KINDS), TEAM_KINDS, required=True, metadata={"description": "类别"}
    )
    division = fields.Division(
        required=True, metadata={"description": "服务哪个区、街道或社区"}
    )


class RecordTeam(TeamNamed):
    persons = persons(required=True)


class ListTeams(Paged):
    """Those that may be sent into the division."""

    division = division(required=True)


class ListMyTeams(Paged):
    """Those that may be sent and have who asks among them."""


# Events


@event("member_appointed.v1")
class MemberAppointed(OfMember, AppointMember):
    by = fields.Id(required=True)


@event("member_relieved.v1")
class MemberRelieved(OfMember):
    """From the moment of the event: what was done at a door before it counts, whenever it is sent."""

    person = fields.Id(required=True)
    by = fields.Id(required=True)


@event("member_term_ended.v1")
class MemberTermEnded(OfMember):
    """With their grid: from the end of its last day, whenever that is noted."""

    person = fields.Id(required=True)
    until = fields.Instant(required=True)


@event("team_recorded.v1")
class TeamRecorded(OfTeam, RecordTeam):
    by = fields.Id(required=True)


@event("team_dissolved.v1")
class TeamDissolved(OfTeam):
    by = fields.Id(required=True)


# Resources


class Member(Resource):
    person = fields.Id(required=True, metadata={"description": "人员编号"})
    community = community("微网格")
    grid = grid(required=True)
    grid_name = grid_name()
    since = fields.Instant(required=True, metadata={"description": "什么时候上任"})
    until = fields.Instant(metadata={"description": "什么时候卸任"})
    state = fields.OneOf(
        tuple(MEMBER_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )


class Team(TeamNamed, Resource):
    """Who is in it is shown to them, and to who may send it."""

    persons = persons()
    state = fields.OneOf(
        tuple(TEAM_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
