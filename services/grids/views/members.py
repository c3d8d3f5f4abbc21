"""Members and teams, to those who work there."""

from schemas.documents import Json
from services.district import territory
from services.grids.rules.rights import MEMBERS, TEAMS, must_work_in, works_at
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads


def list_members(views: Reads, question: Json, asked: Asked) -> Json:
    must_work_in(views, question["community"], asked)
    here = {"community": question["community"]}
    finds = (Find("members", here | state, "id") for state in each(question, "state"))
    return page(views, question, *finds)


def get_member(views: Reads, question: Json, asked: Asked) -> Json:
    return MEMBERS.found(views, question["member"], asked, sees=works_at)


def list_teams(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of the division itself and of each it lies in."""
    places = territory.lies_in(question["division"]).values()
    wheres = ({"division": place, "state": "ready"} for place in places)
    finds = (Find("teams", where, "id") for where in wheres)
    return page(views, question, *finds)


def get_team(views: Reads, question: Json, asked: Asked) -> Json:
    return TEAMS.found(views, question["team"], asked)
