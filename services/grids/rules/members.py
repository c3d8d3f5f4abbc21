"""Who is a member of which grid, and which teams there are: said by who works there."""

from schemas.documents import Json, pick
from services.district import grid_names, territory
from services.district.calendar import local_day
from services.grids.model.lifecycles import MEMBER, TEAM
from services.grids.rules.rights import (
    MEMBERS,
    TEAMS,
    must_lie_there,
    must_work_in,
    works_at,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads


def appoint(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Who works there may walk a grid themself: it gives them no right they have not."""
    must_work_in(docs, command["community"], asked)
    must_lie_there(docs, command, local_day(asked.now))
    where = pick(command, "community", "grid", "person") | {"state": "in_office"}
    if docs.find(Find("members", where, "id", limit=1)):
        says = f"这位居民已经是“{grid_names.called(docs, command['grid'])}”的网格员"
        raise Refused("already_in_office", says, path="person", is_so=True)
    content = command | {"by": asked.actor.id}
    return MEMBER.fact("member_appointed.v1", asked.new_id, content)


def relieve(docs: Reads, command: Json, asked: Asked) -> Fact:
    member = MEMBERS.admitted(
        docs, command["member"], asked, may=works_at, sees=works_at, code="out_of_scope"
    )
    named = f"{grid_names.called(docs, member['grid'])}的网格员"
    MEMBER.must_allow(member, "relieve", named)
    content = pick(member, "person") | {"by": asked.actor.id}
    return MEMBER.fact("member_relieved.v1", member["id"], content)


def expire(docs: Reads, member: Json, asked: Asked) -> Fact:
    """Its grid has ended."""
    content = pick(member, "person") | {"until": member["ends_at"]}
    return MEMBER.fact("member_term_ended.v1", member["id"], content)


def record_team(docs: Reads, command: Json, asked: Asked) -> Fact:
    territory.known(docs, command["division"], "division", local_day(asked.now))
    must_work_in(docs, command["division"], asked)
    content = command | {"by": asked.actor.id}
    return TEAM.fact("team_recorded.v1", asked.new_id, content)


def dissolve_team(docs: Reads, command: Json, asked: Asked) -> Fact:
    team = TEAMS.found(docs, command["team"], asked)
    must_work_in(docs, team["division"], asked)
    TEAM.must_allow(team, "dissolve", team["name"])
    return TEAM.fact("team_dissolved.v1", team["id"], {"by": asked.actor.id})
