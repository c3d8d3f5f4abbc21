"""How much a door is asked: so many rounds at once, so many items a month. What is above that needs a reason.

A round of a division goes to every door inside it, so what one door is asked is what the rounds of all places it lies
in ask together. One that goes to each grid is under way there as well, but asks no door anything.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from schemas.documents import Json

MOST_AT_ONCE = 3
MOST_ITEMS_A_MONTH = 20


def over(round: Json, others: Iterable[Json]) -> list[str]:
    """The rounds, in order, that `round` meets at some door where it would be too much; none where it would not."""
    met: set[str] = set()
    near = [other for other in others if _touch(round["division"], other["division"])]
    for place in _places(round, near):
        here = [other for other in near if place.startswith(other["division"])]
        met |= _too_many_at_once(round, here) | _too_many_items(round, here)
    return sorted(met)


def at_once(division: str, rounds: Iterable[Json], today: str) -> int:
    """How many are under way together at some door of the division, on the fullest day from today on."""
    most = 0
    for here in _by_place(division, rounds):
        days = {today} | {max(today, round["since"]) for round in here}
        under_way = (sum(_is_on(round, day) for round in here) for day in days)
        most = max(most, *under_way)
    return most


def by_month(division: str, rounds: Iterable[Json], today: str) -> dict[str, int]:
    """How many items a door of the division is asked at most, by month from this one on."""
    most: dict[str, int] = {}
    for here in _by_place(division, filter(_asks_doors, rounds)):
        for month in sorted({month for round in here for month in months(round)}):
            asking = (round for round in here if month in months(round))
            items = sum(len(round["items"]) for round in asking)
            if month >= today[:7]:
                most[month] = max(items, most.get(month, 0))
    return dict(sorted(most.items()))


def _by_place(division: str, rounds: Iterable[Json]) -> Iterator[list[Json]]:
    """The rounds that go to the doors of the whole division, and of each smaller place with a round of its own."""
    near = [round for round in rounds if _touch(division, round["division"])]
    for place in _places({"division": division}, near):
        yield [round for round in near if place.startswith(round["division"])]


def _touch(one: str, other: str) -> bool:
    """Whether some door lies in both places."""
    return one.startswith(other) or other.startswith(one)


def _places(round: Json, others: Iterable[Json]) -> set[str]:
    """Where it is to be looked: the whole of it, and each smaller place inside that has a round of its own."""
    division = round["division"]
    inside = (other["division"] for other in others)
    return {division} | {place for place in inside if place.startswith(division)}


def _too_many_at_once(round: Json, others: list[Json]) -> set[str]:
    """Those under way on a day on which there would be more than may be."""
    met: set[str] = set()
    first_days = {max(round["since"], other["since"]) for other in others}
    for day in first_days:
        under_way = [other for other in others if _is_on(other, day)]
        if _is_on(round, day) and len(under_way) >= MOST_AT_ONCE:
            met.update(other["id"] for other in under_way)
    return met


def _too_many_items(round: Json, others: list[Json]) -> set[str]:
    """Those that ask in a month in which there would be more items than may be."""
    met: set[str] = set()
    if not _asks_doors(round):
        return met
    at_doors = list(filter(_asks_doors, others))
    for month in months(round):
        asking = [other for other in at_doors if month in months(other)]
        items = sum(len(other["items"]) for other in asking)
        if asking and items + len(round["items"]) > MOST_ITEMS_A_MONTH:
            met.update(other["id"] for other in asking)
    return met


def _asks_doors(round: Json) -> bool:
    return bool(round["per"] == "door")


def _is_on(round: Json, day: str) -> bool:
    return bool(round["since"] <= day <= round["until"])


def months(round: Json) -> list[str]:
    """`["2026-06", "2026-07"]`: those it has a day in."""
    return list(_months(round["since"], round["until"]))


def _months(since: str, until: str) -> Iterator[str]:
    month = date.fromisoformat(since).replace(day=1)
    while month.isoformat() <= until:
        yield month.isoformat()[:7]
        month = month.replace(
            year=month.year + month.month // 12, month=month.month % 12 + 1
        )
