"""Members and teams, to those who work there."""

from schemas.documents import Json, without
from services.district import grid_names, territory
from services.grids.rules.findings import is_of_team
from services.grids.rules.rights import (
    MEMBERS,
    TEAMS,
    must_go_to,
    must_work_in,
    works_at,
    works_in,
)
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_members(views: Reads, question: Json, asked: Asked) -> Json:
    must_work_in(views, question["community"], asked)
    here = {"community": question["community"]}
    finds = (Find("members", here | state, "id") for state in each(question, "state"))
    return shown(views, page(views, question, *finds), asked, _member)


def list_my_terms(views: Reads, question: Json, asked: Asked) -> Json:
    finds = (_own("members", id, "in_office") for id in asked.ids)
    return shown(views, page(views, question, *finds), asked, _member)


def get_member(views: Reads, question: Json, asked: Asked) -> Json:
    member = MEMBERS.found(views, question["member"], asked, sees=works_at)
    return _member(views, member, asked)


def _member(views: Reads, member: Json, asked: Asked) -> Json:
    return grid_names.named(views, member)


def list_teams(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of the division itself and of each it lies in."""
    division = question["division"]
    must_go_to(division, asked, "division")
    places = territory.lies_in(division).values()
    wheres = ({"division": place, "state": "ready"} for place in places)
    finds = (Find("teams", where, "id") for where in wheres)
    return shown(views, page(views, question, *finds), asked, _team)


def list_my_teams(views: Reads, question: Json, asked: Asked) -> Json:
    finds = (_own("team_places", id, "ready") for id in asked.ids)
    return shown(views, page(views, question, *finds), asked, _team_of)


def _own(collection: str, person: str, state: str) -> Find:
    return Find(collection, {"person": person, "state": state}, "id")


def _team_of(views: Reads, place: Json, asked: Asked) -> Json:
    return views.the("teams", place["team"])


def get_team(views: Reads, question: Json, asked: Asked) -> Json:
    return _team(views, TEAMS.found(views, question["team"], asked), asked)


def _team(views: Reads, team: Json, asked: Asked) -> Json:
    """Who is in it is for them, and for who may send it."""
    if is_of_team(team, asked) or works_in(asked, team["division"]):
        return team
    return without(team, "persons")
