"""What one unit has done: sessions hosted, commitments fulfilled, and how many people that served.

People at single sessions are told to the unit itself as far as they are not few, and to officials where their months
tell every session to everybody, or where it is their own community; `docs/withholding.md` says why so.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schemas.documents import Json, pick, pick_present
from schemas.metrics.definitions import MINUTES_BY_CLASS
from schemas.metrics.units import OF_A_UNIT, OF_PEOPLE
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Find, Reads
from services.metrics.folds.session_figures import hosts_of
from services.metrics.model.periods import day_after, days_of
from services.metrics.reckoning.questions import READERS, as_of
from services.metrics.reckoning.titles import host_name
from services.metrics.reckoning.values import identifiers
from services.metrics.reckoning.withholding import Withholding

MOST = 10_000
DEFINED = [definition.shown() for definition in OF_A_UNIT]
COUNTED = {
    "people_served": ("person_times",),
    "service_minutes": tuple(identifiers(MINUTES_BY_CLASS)),
}
"""What of a session adds up to a figure of people; it is withheld as the first of these is."""


class Told(NamedTuple):
    """A figure of people: null when it is withheld, and of how many sessions it leaves out what would tell of few."""

    value: int | None
    left_out: int


def unit_figures(views: Reads, question: Json, asked: Asked) -> Json:
    """The unit's figures in a period or from one day to another; `left_out`: sessions whose people are not counted."""
    position = as_of(views)
    unit = _the_unit(views, question["unit"], asked)
    days = _days(question)
    sessions = _hosted_by(views, unit, days)
    told = {figure: _told(views, unit, figure, sessions, asked) for figure in OF_PEOPLE}
    people = {figure: of_one.value for figure, of_one in told.items()}
    figures = _hosted(unit, sessions) | people | _done(views, unit, days)
    community = unit["community"]
    return {
        **pick_present(question, "unit", "period"),
        "name": unit["name"],
        "community": community,
        "community_name": host_name(views, f"community/{community}"),
        "since": days[0],
        "until": days[1],
        "figures": pick(figures, *identifiers(OF_A_UNIT)),
        "withheld": [figure for figure, value in people.items() if value is None],
        "left_out": {figure: of_one.left_out for figure, of_one in told.items()},
        "definitions": DEFINED,
        "as_of": position,
    }


def _the_unit(views: Reads, id: str, asked: Asked) -> Json:
    """The unit, for itself and for who serves its place; nobody else is told that there is one."""
    unit = views.get("units", id)
    if unit is None or not _may_know(unit, asked):
        raise Unknown("没有这个联建单位，或不在您的范围内", path="unit")
    return unit


def _may_know(unit: Json, asked: Asked) -> bool:
    return _is_own(unit, asked) or asked.actor.covers_any(READERS, unit["community"])


def _is_own(unit: Json, asked: Asked) -> bool:
    return asked.actor.covers("unit_liaison", f"unit/{unit['id']}")


def _days(question: Json) -> tuple[str, str]:
    """The first and the last day asked for."""
    if "period" in question:
        return days_of(question["period"])
    return question["since"], question["until"]


def _hosted_by(views: Reads, unit: Json, days: tuple[str, str]) -> list[Json]:
    """The sessions it hosts, alone or with others."""
    district = territory.district_of(unit["community"])
    where = {"district": district, "host": f"unit/{unit['id']}"}
    hosted = views.find(_within("session_hosts", where, days))
    return _those(views, "sessions", (doc["session"] for doc in hosted))


def _those(views: Reads, collection: str, ids: Iterable[str]) -> list[Json]:
    docs = (views.get(collection, id) for id in ids)
    return [doc for doc in docs if doc is not None]


def _within(collection: str, where: Json, days: tuple[str, str]) -> Find:
    first, last = days
    until = day_after(last)
    return Find(
        collection,
        where,
        "day",
        since=first,
        until=until,
        limit=MOST,
    )


def _told(
    views: Reads, unit: Json, figure: str, sessions: list[Json], asked: Asked
) -> Told:
    withholding = Withholding(views, asked)
    withheld_as = COUNTED[figure][0]
    held = [session for session in sessions if session["person_times"]]
    others = [one for one in held if not withholding.sees_all(one["community"])]
    if not _is_own(unit, asked) and not withholding.shows_each(withheld_as, others):
        return Told(None, 0)
    few = [one["id"] for one in others if withholding.is_of_few(withheld_as, one)]
    counted = [session for session in held if session["id"] not in few]
    if few and not counted:
        return Told(None, len(few))
    return Told(_added_up(counted, figure), len(few))


def _added_up(sessions: list[Json], figure: str) -> int:
    names = COUNTED[figure]
    return sum(session[name] for session in sessions for name in names)


def _hosted(unit: Json, sessions: list[Json]) -> Json:
    """`{"sessions_hosted", "sessions_cohosted"}`: the first of its hosts is whose it is."""
    own = f"unit/{unit['id']}"
    firsts = [hosts_of(one)[0] for one in sessions if one["state"] == "held"]
    hosted = firsts.count(own)
    return {"sessions_hosted": hosted, "sessions_cohosted": len(firsts) - hosted}


def _done(views: Reads, unit: Json, days: tuple[str, str]) -> Json:
    """Of the commitments reported done in these days that still are."""
    done = _those(views, "commitments", _fulfilled(views, unit, days))
    needs = _those(views, "needs", (commitment["need"] for commitment in done))
    met = {need["met_by"] for need in needs if need["state"] == "confirmed"}
    return {
        "fulfilments": len(done),
        "needs_met": sum(commitment["id"] in met for commitment in done),
        "people_helped": sum(commitment["served"] for commitment in done),
    }


def _fulfilled(views: Reads, unit: Json, days: tuple[str, str]) -> Iterator[str]:
    """The ids of those commitments."""
    district = territory.district_of(unit["community"])
    where = {
        "counted_by": "fulfilled",
        "district": district,
        "unit": unit["id"],
    }
    for contribution in views.find(_within("contributions", where, days)):
        if contribution["figures"].get("fulfilments"):
            yield contribution["fact"].removeprefix("commitment/")
