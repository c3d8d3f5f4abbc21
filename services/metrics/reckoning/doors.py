"""The doors and the walked grids there are at the end of a period."""

from collections.abc import Iterable, Iterator

from schemas.documents import Json
from schemas.metrics.definitions import OF_DOORS
from services.kit.views import Reads
from services.metrics.folds.doorstep.active import ACTIVE, ACTIVE_FOR_DAYS, WALKED
from services.metrics.folds.doorstep.doors import DAYS
from services.metrics.model.periods import days_before, days_of, every
from services.metrics.reckoning.ranges import starting

FIGURES = frozenset(definition.identifier for definition in OF_DOORS)


def figures(views: Reads, scope: str, period: str) -> Json:
    """`{"doors", "grids_active"}`; what is asked of each door follows."""
    return {
        "doors": standing(views, scope, [period])[period],
        "grids_active": _active(views, scope, period),
    }


def standing(views: Reads, scope: str, periods: Iterable[str]) -> dict[str, int]:
    """By period, the doors at its end; what happened to doors up to then is read once for all of them."""
    ends = {period: days_of(period)[1] for period in periods}
    there = dict.fromkeys(ends, 0)
    for day, change in _changes(views, scope, max(ends.values(), default="")):
        for period, end in ends.items():
            if day <= end:
                there[period] += change
    return there


def _changes(views: Reads, scope: str, until: str) -> Iterator[tuple[str, int]]:
    """(day, how many doors more or fewer) up to the month of a day."""
    for month in starting(views, DAYS, f"{scope}:", f"{scope}:{until[:7]}:"):
        yield from month["days"].items()


def _active(views: Reads, scope: str, period: str) -> int:
    last = days_of(period)[1]
    month = views.get(ACTIVE, f"{scope}:{last[:7]}")
    return int(month["days"].get(last, 0)) if month else 0


def active_grids(views: Reads, scope: str, period: str) -> set[str]:
    """The grids themselves."""
    last = days_of(period)[1]
    first = days_before(last, ACTIVE_FOR_DAYS - 1)
    return set(_walked(views, scope, first, last))


def _walked(views: Reads, scope: str, first: str, last: str) -> Iterator[str]:
    for month in every("month", first, last):
        for walked in starting(views, WALKED, f"{month}:{scope}", f"{month}:{scope}:"):
            if any(first <= day <= last for day in walked["days"]):
                yield walked["id"].partition(":")[2]
