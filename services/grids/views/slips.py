"""What stands behind the slip of a visit, to whoever has it."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from schemas.documents import Json, if_any, pick
from schemas.fields import instant
from schemas.grids.slips import MOST_FOUND
from services.district.calendar import day_ends, day_of
from services.grids.model.slips import code_of, is_of
from services.grids.rules.rights import VISITS, is_of_grid, walks
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Find, Reads

# The kinds of finding that tell of people rather than of a building.
OF_PEOPLE = ("health", "care", "quarrel", "other")
A_DAY = timedelta(days=1)


def slip_of(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    visit = VISITS.found(views, question["visit"], asked, sees=walks)
    return {"visit": visit["id"], "slip": code_of(visit["id"], key)}


def called_on(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """Raises `Unknown` alike for a visit that is none and for a code of another."""
    visit = views.get("visits", question["visit"])
    if visit is None or not is_of(visit["id"], question["slip"], key):
        raise Unknown("没有这张来访凭条，请核对")
    round = views.the("rounds", visit["round"]) if "round" in visit else None
    called = pick(visit, "community", "at", "outcome")
    called["caller"] = "member" if _is_member(views, visit) else "worker"
    called |= if_any(round=round and round["title"])
    called["asked"] = [item["title"] for item in round["items"]] if round else []
    called |= _of_its_people(views, visit)
    return called | {"withdrawn": visit["state"] == "withdrawn"}


def _of_its_people(views: Reads, visit: Json) -> Json:
    """A slip nobody was there to be handed hangs on the door: it says nothing of whoever lives behind it."""
    is_handed = visit["outcome"] == "met"
    hidden = () if is_handed else OF_PEOPLE
    found = _findings(views, visit, hidden)
    return {"care": is_handed and "care" in visit, "findings": found}


def _is_member(views: Reads, visit: Json) -> bool:
    """Of that grid, then or at another time."""
    terms = views.find(Find("members", {"person": visit["member"]}, "id"))
    return any(is_of_grid(term, visit) for term in terms)


def _findings(views: Reads, visit: Json, hidden: Collection[str]) -> list[Json]:
    """Those of that visit, and what else was found at the door that day, the latest first; none of a hidden kind."""
    ends = day_ends(day_of(visit["at"]))
    about: dict[str, Any] = {"limit": 2 * MOST_FOUND, "newest_first": True}
    day = about | {"since": instant(ends - A_DAY), "until": instant(ends)}
    of_the_visit = Find("findings", {"visit": visit["id"]}, "recorded_at", **about)
    that_day = Find("findings", {"door": visit["door"]}, "recorded_at", **day)
    found = {
        one["id"]: one for find in (of_the_visit, that_day) for one in views.find(find)
    }
    shown = (one for one in found.values() if one["kind"] not in hidden)
    latest = sorted(shown, key=that_day.place, reverse=True)
    return [pick(one, "kind_text", "state_text") for one in latest[:MOST_FOUND]]
