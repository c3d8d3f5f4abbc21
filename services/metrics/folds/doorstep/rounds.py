"""Rounds as the figures see them: of the doors there were at the end of each, which were met, and which only tried.

A door is of a round in one community: where it was first visited in it, else where it stands when the round ends. So
what is redrawn later changes nothing, and all of it is a function of which visits there were. A round that goes to each
grid has no doors to count.
"""

from collections.abc import Iterator
from operator import itemgetter

from schemas.documents import Json, pick, without
from schemas.grids.outcomes import BEST_FIRST
from services.district import territory
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.metrics.folds.doorstep.entries import (
    Entries,
    Entry,
    add,
    replace,
    take_back,
)
from services.metrics.folds.doorstep.standing import DOORS, stands_at
from services.metrics.model import counts
from services.metrics.model.counts import Figures

ROUNDS, VISITED = "rounds", "round_doors"
COLLECTIONS = (
    Collection(ROUNDS, (("division", "closes_at"),)),
    Collection(VISITED, (("door", "closes_at"),)),
)
MOST_ROUNDS = 10_000
FIGURE_OF = {"met": "round_met", "not_in": "not_in", "refused": "refused"}


def fold_announced(docs: Overlay, event: Event) -> None:
    round = _announced(event.data)
    docs.put(ROUNDS, round)
    if round["counts"]:
        _count_standing(docs, event, round)
    if "override" in event.data:
        told = _fact(round), round["division"], day_of(event.time)
        add(docs, event, Entry("overridden", *told), {"burden_overrides": 1})


def _announced(content: Json) -> Json:
    """The round; versions before knew of none but those of doors."""
    is_of_doors = content.get("per", "door") == "door"
    asks = len(content["items"]) if is_of_doors else 0
    about = pick(content, "title", "division", "until", "closes_at")
    return about | {"id": content["round"], "asks": asks, "counts": is_of_doors}


def _count_standing(docs: Overlay, event: Event, round: Json) -> None:
    """The doors there are in each community of its division are doors of the round."""
    for stock in _stocks(docs, round["division"]):
        figures = {"round_doors": stock["doors"]}
        add(docs, event, _entry(round, stock["id"]), figures)


def fold_cancelled(docs: Overlay, event: Event) -> None:
    """No door is of it any more; that it was walked for stays."""
    round = docs.change(ROUNDS, event.data["round"], counts=False)
    take_back(docs, event, "round", _fact(round))


def count_door(docs: Overlay, event: Event, community: str, change: int) -> None:
    """A door more or less stands in the community, for each round that goes there and is not over."""
    for round in _going_to(docs, community, event.time):
        add(docs, event, _entry(round, community), {"round_doors": change})


def stand_elsewhere(docs: Overlay, event: Event, door: str, community: str) -> None:
    """Of the rounds that are not over, the door is counted where it was visited, not where it stands now."""
    not_over = Find(VISITED, {"door": door}, "closes_at", since=event.time)
    for visited in docs.find(not_over):
        if visited["closes_at"] > event.time:
            _put(docs, event, visited, visited | {"stands": community})


def visit_door(docs: Overlay, event: Event, visit: Json) -> None:
    """One visit of a round to a door is as it is told now."""
    id = f"{visit['round']}:{visit['door']}"
    before = docs.get(VISITED, id) or _not_yet(docs, id, visit)
    visits = without(before["visits"], visit["id"])
    if visit["counts"]:
        visits[visit["id"]] = pick(visit, "at", "community", "outcome")
    _put(docs, event, before, before | {"visits": visits})


def _not_yet(docs: Overlay, id: str, visit: Json) -> Json:
    closes_at = docs.the(ROUNDS, visit["round"])["closes_at"]
    stands = stands_at(docs.the(DOORS, visit["door"]), closes_at)
    about = pick(visit, "round", "door") | {"closes_at": closes_at, "stands": stands}
    return {"id": id, "visits": {}} | about


def _put(docs: Overlay, event: Event, before: Json, after: Json) -> None:
    docs.put(VISITED, after)
    round = docs.the(ROUNDS, after["round"])
    if round["counts"]:
        replace(docs, event, _entries(round, before), _entries(round, after))


def _entries(round: Json, visited: Json) -> Entries:
    """What the visited door changes of what the round counts by where doors stand."""
    if not visited["visits"]:
        return {}
    visits = visited["visits"].values()
    first = min(visits, key=itemgetter("at", "community"))
    here = _entry(round, first["community"])
    outcomes = {visit["outcome"] for visit in visits}
    entries: dict[Entry, Figures] = {here: _figures(outcomes)}
    stands = visited["stands"]
    if stands and stands.startswith(round["division"]):
        there = _entry(round, stands)
        less = {"round_doors": -1}
        entries[there] = counts.summed(entries.get(there, {}), less)
    return entries


def _figures(outcomes: set[str]) -> Figures:
    best = next(outcome for outcome in BEST_FIRST if outcome in outcomes)
    figures = {"round_doors": 1, "round_tried": 1}
    return figures | {FIGURE_OF[best]: 1} if best in FIGURE_OF else figures


def _fact(round: Json) -> str:
    return f"round/{round['id']}"


def _entry(round: Json, community: str) -> Entry:
    return Entry("round", _fact(round), community, round["until"])


def _stocks(docs: Overlay, division: str) -> list[Json]:
    """How many doors stand in each community of the division."""
    until = f"{division};"
    inside = Find(
        "door_stocks", {}, "id", since=division, until=until, limit=MOST_ROUNDS
    )
    return docs.find(inside)


def _going_to(docs: Overlay, community: str, moment: str) -> Iterator[Json]:
    for division in territory.scopes_of(community):
        where = {"division": division}
        rounds = Find(ROUNDS, where, "closes_at", since=moment, limit=MOST_ROUNDS)
        for round in docs.find(rounds):
            if round["closes_at"] > moment and round["counts"]:
                yield round


OWN: Folds = {
    "round_announced.v1": fold_announced,
    "round_cancelled.v1": fold_cancelled,
}
