"""Who goes to a door: the members of its grid in office at that moment, and who works in its community.

Nobody is a member by their role alone: the roster says whose grid it was, on the day of the visit.
"""

from datetime import datetime

from schemas.documents import Json, pick
from schemas.fields import instant
from services.district import grid_names, territory
from services.district.authority import oversees
from services.grids.model.lifecycles import (
    CARE,
    DOOR,
    FINDING,
    MEDIATION,
    MEMBER,
    ROUND,
    TEAM,
    VISIT,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads

MEMBERS = kind_of(MEMBER, "members")
TEAMS = kind_of(TEAM, "teams")
DOORS = kind_of(DOOR, "doors")
ROUNDS = kind_of(ROUND, "rounds")
VISITS = kind_of(VISIT, "visits")
FINDINGS = kind_of(FINDING, "findings")
CARES = kind_of(CARE, "cares")
MEDIATIONS = kind_of(MEDIATION, "mediations")

NOT_YOURS = "不在您的微网格或工作范围内"


def works_in(asked: Asked, place: str) -> bool:
    """True for the community workers of the place and those who administer it."""
    if asked.actor.covers("community_worker", place):
        return True
    return oversees(asked.actor, place)


def must_work_in(docs: Reads, place: str, asked: Asked) -> None:
    """What serves more than a community is its street's or the district's to say, and who works for all of it."""
    if not works_in(asked, place):
        says = f"{territory.called(docs, place)}不在您的工作范围内"
        raise Forbidden(says, code="out_of_scope")


def must_go_to(place: str, asked: Asked, path: str) -> None:
    """Raises unless the actor works there, or is a member of some grid there as far as their role says."""
    is_member = asked.actor.covers("grid_member", place)
    if not is_member and not works_in(asked, place):
        raise Forbidden(f"这里{NOT_YOURS}", code="out_of_scope", path=path)


def must_lie_there(docs: Reads, payload: Json, day: str) -> None:
    """Raises unless there is such a community, and the grid and any courtyard are of it that day."""
    territory.known(docs, payload["community"], "community", day)
    territory.must_contain(docs, payload["community"], payload["grid"], day)
    if "courtyard" in payload:
        territory.must_hold(docs, payload["community"], payload["courtyard"], day)


def walks(docs: Reads, doc: Json, asked: Asked) -> bool:
    """True for who works where it is, and for a member of its grid today."""
    if works_in(asked, doc["community"]):
        return True
    terms = _terms(docs, asked)
    return any(is_of_grid(term, doc) and term["state"] == "in_office" for term in terms)


def _terms(docs: Reads, asked: Asked) -> list[Json]:
    """Each time the actor was or is a member, of whichever grid and by whichever id of theirs."""
    finds = (Find("members", {"person": id}, "id") for id in asked.ids)
    return [term for find in finds for term in docs.find(find)]


def is_of_grid(term: Json, place: Json) -> bool:
    """A code alone is no grid: where none is on the roll, any may be written, also that of another community."""
    return pick(term, "community", "grid") == pick(place, "community", "grid")


def must_have_walked(docs: Reads, place: Json, at: datetime, asked: Asked) -> None:
    """Raises unless the actor works there or was a member of that grid at that moment."""
    if works_in(asked, place["community"]):
        return
    terms = _terms(docs, asked)
    if not terms:
        says = "您不在网格员名册上，请与社区联系"
        raise Forbidden(says, code="not_on_roster", path="door")
    here = [term for term in terms if is_of_grid(term, place)]
    if not here:
        says = f"这一户在“{grid_names.called(docs, place['grid'])}”，不是您的微网格"
        raise Forbidden(says, code="not_your_grid", path="door")
    if not any(_covers(term, instant(at)) for term in here):
        says = "走访的时间不在您任网格员的期间"
        raise Refused("relieved_before", says, path="at")


def _covers(term: Json, moment: str) -> bool:
    return bool(term["since"] <= moment < term.get("until", "~"))


def walked_door(docs: Reads, id: str, asked: Asked, step: str) -> Json:
    """The door, when the actor goes there today and its state allows the step."""
    door = DOORS.admitted(
        docs, id, asked, may=walks, sees=walks, code="not_your_grid", says=NOT_YOURS
    )
    DOOR.must_allow(door, step, called(docs, door))
    return door


def called(docs: Reads, door: Json) -> str:
    """What a door may be called by whoever it is that hears it: its grid and its number on the walk."""
    return f"{grid_names.called(docs, door['grid'])} 第 {door['walk']} 户"


def works_at(docs: Reads, doc: Json, asked: Asked) -> bool:
    return works_in(asked, doc["community"])
