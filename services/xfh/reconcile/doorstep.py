"""What the log of grids adds up to: every door, round, visit, finding and call judged by its whole history."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from schemas.documents import Json
from services.district.working import is_worked
from services.kit.log import Event
from services.xfh.reconcile import calls
from services.xfh.reconcile.cells import (
    Cells,
    day_of,
    ids_of,
    merged,
    periods_of,
    scopes_of,
)
from services.xfh.reconcile.doors import Door, doors_of

A_DAY = timedelta(days=1)
ACTIVE_FOR = 30
# Who was met was met; who was not says more than that nobody opened.
OUTCOMES = ("met", "refused", "moved", "empty", "not_in")
SHOWN = {"met": "round_met", "refused": "refused", "not_in": "not_in"}
DONE = "finding_resolved.v1"
UNDONE = ("finding_reopened.v1", "finding_routed.v1")


def recompute(events: Iterable[Event]) -> Cells:
    """Every cell of the doorstep, and what its figures rest on besides."""
    told = list(events)
    doors = doors_of(told)
    visits = _visits(told)
    shown = [visit for visit in visits if "round" in visit or "care" not in visit]
    rounds = {event.data["round"]: event for event in _of(told, "round_announced.v1")}
    cancelled = {event.data["round"] for event in _of(told, "round_cancelled.v1")}
    cells = [
        *map(_standing, doors.values()),
        *(_visited(visit, rounds) for visit in shown),
        _active(shown),
        *map(_announced, rounds.values()),
        *calls.recompute(told, visits, doors),
    ]
    for id in rounds.keys() - cancelled:
        if _is_of_doors(rounds[id].data):
            cells += _walked(rounds[id].data, visits, doors)
    for finding in _histories(told, "finding", "finding_", "followup_"):
        cells += _found(finding)
    for mediation in _histories(told, "mediation", "mediation_"):
        cells += _mediated(mediation)
    return merged(*cells)


def _of(events: Iterable[Event], *types: str) -> list[Event]:
    return [event for event in events if event.type in types]


def _histories(
    events: Iterable[Event], about: str, *types: str
) -> Iterable[list[Event]]:
    """By what they are about, the events whose types begin so."""
    histories: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.type.startswith(types):
            histories[event.data[about]].append(event)
    return histories.values()


def _visits(events: list[Event]) -> list[Json]:
    """As they were last told; what was withdrawn never was."""
    visits: dict[str, Json] = {}
    for event in events:
        if event.type in ("visit_recorded.v1", "visit_corrected.v1"):
            id = event.data["visit"]
            visits[id] = visits.get(id, {}) | event.data
        elif event.type == "visit_withdrawn.v1":
            del visits[event.data["visit"]]
    return sorted(visits.values(), key=lambda visit: str(visit["at"]))


def _count(place: str, day: str, figures: dict[str, int]) -> Cells:
    """In the place and what it lies in; what is of a street is in none of its communities."""
    return dict.fromkeys(ids_of(place, day, ()), figures)


def _standing(door: Door) -> Cells:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for day, community, change in door.changes():
        for scope in scopes_of(community):
            sums[f"door_days/{scope}:{day[:7]}"][day] += change
    return {cell: dict(days) for cell, days in sums.items()}


def _visited(visit: Json, rounds: dict[str, Event]) -> Cells:
    asks = 0
    if visit["outcome"] == "met" and "round" in visit:
        round = rounds[visit["round"]].data
        asks = len(round["items"]) if _is_of_doors(round) else 0
    figures = {"visits": 1, "asks": asks}
    return _count(visit["community"], day_of(visit["at"]), figures)


def _is_of_doors(round: Json) -> bool:
    return bool(round.get("per") != "grid")


def _active(visits: list[Json]) -> Cells:
    """On each day, the grids somebody went to on one of the thirty days up to it."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for visit in visits:
        first = date.fromisoformat(day_of(visit["at"]))
        then = (first + A_DAY * number for number in range(ACTIVE_FOR))
        days[visit["community"], visit["grid"]].update(then)
    active: dict[str, Counter[str]] = defaultdict(Counter)
    for (community, _), there in days.items():
        for day in map(date.isoformat, there):
            for scope in scopes_of(community):
                active[f"active_grids/{scope}:{day[:7]}"][day] += 1
    return {cell: dict(counted) for cell, counted in active.items()}


def _walked(round: Json, visits: list[Json], doors: dict[str, Door]) -> Iterator[Cells]:
    """Each door once: where it was first visited for the round, else where it stood at its end."""
    gone: dict[str, list[Json]] = defaultdict(list)
    for visit in visits:
        if visit.get("round") == round["round"]:
            gone[visit["door"]].append(visit)
    for id, door in doors.items():
        there = gone[id]
        place = there[0]["community"] if there else door.stood_at(round["closes_at"])
        if place.startswith(round["division"]):
            yield _count(place, round["until"], _came_to(there))


def _came_to(visits: list[Json]) -> dict[str, int]:
    figures = {"round_doors": 1}
    if visits:
        said = min(OUTCOMES.index(visit["outcome"]) for visit in visits)
        figures["round_tried"] = 1
        if OUTCOMES[said] in SHOWN:
            figures[SHOWN[OUTCOMES[said]]] = 1
    return figures


def _announced(event: Event) -> Cells:
    figures = {"burden_overrides": int("override" in event.data)}
    place = event.data["division"]
    ids = {
        f"{scope}:{period}:all:"
        for scope in scopes_of(place)
        for period in periods_of(day_of(event.time))
    }
    return dict.fromkeys(ids, figures)


def _found(history: list[Event]) -> Iterator[Cells]:
    place = history[0].data["community"]
    recorded = day_of(history[0].time)
    yield _count(place, recorded, {"findings": 1})
    dues: list[str] = []
    for event in history:
        if event.type == "followup_overdue.v1":
            yield _count(place, dues[-1], {"followups_overdue": 1})
        elif "due" in event.data:
            dues.append(event.data["due"])
    ends = _of(history, DONE, *UNDONE)
    if ends and ends[-1].type == DONE:
        resolved = day_of(ends[-1].time)
        took = {f"finding_days_{_worked(recorded, resolved)}": 1}
        yield _count(place, resolved, {"findings_resolved": 1} | took)


def _mediated(history: list[Event]) -> Iterator[Cells]:
    opened, *ended = history
    place = opened.data["community"]
    yield _count(place, day_of(opened.time), {"mediations": 1})
    for event in ended:
        agreed = int(event.data["ending"] == "agreed")
        figures = {"mediations_ended": 1, "mediations_agreed": agreed}
        yield _count(place, day_of(event.time), figures)


def _worked(since: str, until: str) -> int:
    first = date.fromisoformat(since)
    days = (date.fromisoformat(until) - first).days
    return sum(is_worked(first + A_DAY * number) for number in range(1, days + 1))
