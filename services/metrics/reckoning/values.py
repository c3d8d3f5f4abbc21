"""The figures of one cell: those counted, and those that follow from them."""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import NamedTuple

from schemas.documents import Json, pick
from schemas.metrics.definitions import (
    COUNTED_OF_ACTIVITIES,
    COUNTED_OF_DOORSTEP,
    COUNTED_OF_NEEDS,
    DEFINITIONS,
    FINDING_P50,
    MINUTES_BY_CLASS,
    OF_ACTIVITIES,
    OF_COMMITMENTS,
    OF_DOORS,
    OF_DOORSTEP,
    OF_NEEDS,
    OF_PLACES,
    PERCENTILES,
    Definition,
)
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.folds.cells import ACTIVITIES, DOORSTEP, NEEDS, cell_id
from services.metrics.folds.doorstep.findings import TOOK
from services.metrics.model.counts import share
from services.metrics.model.periods import days_of
from services.metrics.reckoning import doors, places
from services.metrics.reckoning.ranges import starting

# What the values of a dimension are counted in, and with what; the rest means nothing there.
DIMENSIONS = {
    "category": OF_ACTIVITIES,
    "host": OF_ACTIVITIES,
    "campaign": OF_ACTIVITIES,
    "need_category": OF_NEEDS,
    "unit": OF_COMMITMENTS,
}


class Part(NamedTuple):
    """One value of a dimension, or all there is."""

    dimension: str = "all"
    value: str = ""


ALL = Part()
MOST_CHILDREN = 1000
OF_WHAT_THERE_IS = (*OF_PLACES, *OF_DOORS)
OF_WHAT_HAPPENED = [
    one.identifier
    for one in DEFINITIONS
    if one not in OF_WHAT_THERE_IS and not one.part
]


def of_scope(views: Reads, scope: str, period: str) -> Json:
    """Every figure of a scope and period."""
    figures = of_cell(views, cell_id(scope, period))
    figures |= places.figures(views, scope, period)
    return with_doors(views, figures, scope, period)


def with_doors(views: Reads, figures: Json, scope: str, period: str) -> Json:
    """And those of the doors and grids there are at its end, beside what was asked there."""
    return with_rates(figures | doors.figures(views, scope, period), OF_DOORS)


def of_part(views: Reads, scope: str, period: str, part: Part) -> Json:
    """Every figure of a scope and period, or those of one value of a dimension in it."""
    if part == ALL:
        return of_scope(views, scope, period)
    return of_value(views, part.dimension, cell_id(scope, period, *part))


def of_children(
    views: Reads, scope: str, period: str, part: Part = ALL
) -> Iterator[tuple[Json, Json]]:
    """What lies in a scope, each with its figures: what is valid in the period, or was counted in it all the same."""
    days = days_of(period)
    inside = Find("divisions", {"parent": scope}, "id", limit=MOST_CHILDREN)
    for child in views.find(inside):
        figures = of_part(views, child["id"], period, part)
        if territory.is_valid(child, *days) or not is_absent(figures):
            yield child, figures


def is_absent(figures: Mapping[str, float | None]) -> bool:
    """True when nothing happened: that a place has communities, grids and doors is no figure of a month."""
    return not any(figures.get(name) for name in OF_WHAT_HAPPENED)


def of_cell(views: Reads, cell: str) -> Json:
    """Every figure but those of places, units and doors."""
    figures = activities(views.get(ACTIVITIES, cell)) | _needs_of(views, cell)
    return figures | _doorstep_of(views, cell)


def of_value(views: Reads, dimension: str, cell: str) -> Json:
    """The figures that the values of a dimension have."""
    definitions = DIMENSIONS[dimension]
    if definitions is OF_ACTIVITIES:
        return activities(views.get(ACTIVITIES, cell))
    return pick(_needs_of(views, cell), *identifiers(definitions))


def _needs_of(views: Reads, cell: str) -> Json:
    counted = views.get(NEEDS, cell)
    has_responses = counted is not None and counted["responses"]
    return needs(counted, times(views, cell) if has_responses else {})


def _doorstep_of(views: Reads, cell: str) -> Json:
    counted = views.get(DOORSTEP, cell)
    has_resolved = counted is not None and counted["findings_resolved"]
    return doorstep(counted, days_taken(views, cell) if has_resolved else {})


def days_taken(views: Reads, cell: str) -> dict[int, int]:
    """`{working days: findings}` of a cell."""
    took = views.get(TOOK, cell) or {"counts": {}}
    return {int(days): number for days, number in took["counts"].items()}


def activities(cell: Json | None) -> Json:
    """The figures of activities; zeros for a cell nothing was counted in."""
    figures = _counted(cell, COUNTED_OF_ACTIVITIES)
    by_class = identifiers(MINUTES_BY_CLASS)
    figures["service_minutes"] = sum(figures[name] for name in by_class)
    return with_rates(figures, OF_ACTIVITIES)


def needs(cell: Json | None, minutes: dict[int, int]) -> Json:
    """The figures of needs. `minutes`: how many responses took so many working minutes."""
    figures = _counted(cell, COUNTED_OF_NEEDS)
    for figure, percent in PERCENTILES.items():
        figures[figure] = percentile(minutes, percent)
    return with_rates(figures, OF_NEEDS)


def doorstep(cell: Json | None, days: dict[int, int]) -> Json:
    """The figures of the doorstep. `days`: how many findings took so many working days."""
    figures = _counted(cell, COUNTED_OF_DOORSTEP)
    figures[FINDING_P50.identifier] = percentile(days, 50)
    return with_rates(figures, OF_DOORSTEP)


def with_rates(figures: Json, definitions: Iterable[Definition]) -> Json:
    """The figures, and the rates that follow from them: to four places, null of nothing."""
    rates: Json = {}
    for rate in definitions:
        if rate.part:
            rates[rate.identifier] = share(figures[rate.part], figures[rate.whole])
    return figures | rates


def times(views: Reads, cell: str) -> dict[int, int]:
    """`{working minutes: responses}` of a cell."""
    minutes: dict[int, int] = {}
    for doc in starting(views, "responses", f"{cell}:"):
        minutes |= {int(minute): number for minute, number in doc["counts"].items()}
    return minutes


def percentile(minutes: dict[int, int], percent: int) -> int | None:
    """The least value that so many percent do not exceed (nearest rank); None of nothing."""
    rank = ceil(sum(minutes.values()) * percent / 100)
    for minute in sorted(minutes):
        rank -= minutes[minute]
        if rank <= 0:
            return minute
    return None


def identifiers(definitions: Iterable[Definition]) -> list[str]:
    return [definition.identifier for definition in definitions]


def _counted(cell: Json | None, definitions: Iterable[Definition]) -> Json:
    names = identifiers(definitions)
    return pick(cell, *names) if cell else dict.fromkeys(names, 0)
