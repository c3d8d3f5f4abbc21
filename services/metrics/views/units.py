"""What one unit has done: sessions hosted, commitments fulfilled, and how many people that served.

People at single sessions are told to the unit itself as far as they are not few, and to officials where their months
tell every session to everybody, or where it is their own community; `docs/withholding.md` says why so.
"""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.documents import Json
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
from services.metrics.reckoning.withholding import Withholding

MOST = 10_000
DEFINED = [definition.shown() for definition in OF_A_UNIT]
COUNTED = {
    "people_served": ("person_times",),
    "service_minutes": tuple(one.identifier for one in MINUTES_BY_CLASS),
}
"""What of a session adds up to a figure of people; it is withheld as the first of these is."""


class Told(NamedTuple):
    """A figure of people: null when it is withheld, and of how many sessions it leaves out what would tell of few."""

    value: int | None
    left_out: int


def unit_figures(views: Reads, question: Json, asked: Asked) -> Json:
    position, unit = as_of(views), _found(views, question["unit"], asked)
    days = _days(question)
    sessions = _hosted_by(views, unit, days)
    told = {figure: _told(views, unit, figure, sessions, asked) for figure in OF_PEOPLE}
    people = {figure: one.value for figure, one in told.items()}
    figures = {**_hosted(unit, sessions), **people, **_done(views, unit, days)}
    return {
        **{name: question[name] for name in ("unit", "period") if name in question},
        "name": unit["name"],
        "community": unit["community"],
        "community_name": host_name(views, f"community/{unit['community']}"),
        "since": days[0],
        "until": days[1],
        "figures": {one["identifier"]: figures[one["identifier"]] for one in DEFINED},
        "withheld": [figure for figure, value in people.items() if value is None],
        "left_out": {figure: one.left_out for figure, one in told.items()},
        "definitions": DEFINED,
        "as_of": position,
    }


def _found(views: Reads, id: str, asked: Asked) -> Json:
    """The unit, for itself and for who serves its place; nobody else is told that there is one."""
    unit = views.get("units", id)
    if unit is None or not (
        _is_own(unit, asked) or asked.actor.covers_any(READERS, unit["community"])
    ):
        raise Unknown(f"没有编号为 {id} 的联建单位，或不在您的范围内", path="unit")
    return unit


def _is_own(unit: Json, asked: Asked) -> bool:
    return asked.actor.covers("unit_liaison", f"unit/{unit['id']}")


def _days(question: Json) -> tuple[str, str]:
    return (
        days_of(question["period"])
        if "period" in question
        else (question["since"], question["until"])
    )


def _hosted_by(views: Reads, unit: Json, days: tuple[str, str]) -> list[Json]:
    """The sessions it hosts, alone or with others."""
    where = {
        "district": territory.district_of(unit["community"]),
        "host": f"unit/{unit['id']}",
    }
    found = views.find(_within("session_hosts", where, days))
    return _those(views, "sessions", (doc["session"] for doc in found))


def _those(views: Reads, collection: str, ids: Iterable[str]) -> list[Json]:
    docs = (views.get(collection, id) for id in ids)
    return [doc for doc in docs if doc is not None]


def _within(collection: str, where: Json, days: tuple[str, str]) -> Find:
    first, last = days
    return Find(
        collection, where, "day", since=first, until=day_after(last), limit=MOST
    )


def _told(
    views: Reads, unit: Json, figure: str, sessions: list[Json], asked: Asked
) -> Told:
    withholding, counts = Withholding(views, asked), COUNTED[figure]
    held = [one for one in sessions if one["person_times"]]
    others = [one for one in held if not withholding.sees_all(one["community"])]
    if not _is_own(unit, asked) and not withholding.shows_each(counts[0], others):
        return Told(None, 0)
    few = [one["id"] for one in others if withholding.is_of_few(counts[0], one)]
    counted = [one for one in held if one["id"] not in few]
    value = sum(session[name] for session in counted for name in counts)
    return Told(None if few and not counted else value, len(few))


def _hosted(unit: Json, sessions: list[Json]) -> Json:
    held = [session for session in sessions if session["state"] == "held"]
    hosted = sum(hosts_of(session)[0] == f"unit/{unit['id']}" for session in held)
    return {"sessions_hosted": hosted, "sessions_cohosted": len(held) - hosted}


def _done(views: Reads, unit: Json, days: tuple[str, str]) -> Json:
    """Of the commitments reported done in these days that still are."""
    district = territory.district_of(unit["community"])
    where = {"counted_by": "fulfilled", "district": district, "unit": unit["id"]}
    counted = [
        one
        for one in views.find(_within("contributions", where, days))
        if one["figures"].get("fulfilments")
    ]
    done = _those(
        views,
        "commitments",
        (one["fact"].removeprefix("commitment/") for one in counted),
    )
    needs = _those(views, "needs", (one["need"] for one in done))
    met = {need["met_by"] for need in needs if need["state"] == "confirmed"}
    return {
        "fulfilments": len(done),
        "needs_met": sum(one["id"] in met for one in done),
        "people_helped": sum(one["served"] for one in done),
    }
