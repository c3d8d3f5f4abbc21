"""Visits to a door, to who goes there."""

from schemas.documents import Json
from services.grids.rules.rights import DOORS, VISITS, walks
from services.grids.views.doors import at_its_door
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def list_visits(views: Reads, question: Json, asked: Asked) -> Json:
    door = DOORS.found(views, question["door"], asked, sees=walks)
    find = Find("visits", {"door": door["id"]}, "at", newest_first=True)
    return page(views, question, find)


def get_visit(views: Reads, question: Json, asked: Asked) -> Json:
    visit = VISITS.found(views, question["visit"], asked, sees=walks)
    return at_its_door(views, visit, asked)
