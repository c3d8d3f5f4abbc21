"""The hosts and the units a report names: those that did most, by their codes, and all others together in one row."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import NamedTuple

from schemas.documents import Json, pick
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS
from services.metrics.model import counts
from services.metrics.model.counts import Figures
from services.metrics.reckoning import values
from services.metrics.reckoning.ranges import starting
from services.metrics.reckoning.titles import value_name
from services.metrics.reckoning.withholding import NOTHING, Withholding

MOST_NAMED = 20
REST = "rest"


class Listing(NamedTuple):
    """`most`: the figure by which the `named` are chosen. `figures` can be added up; rates follow from them."""

    dimension: str
    collection: str
    figures: tuple[str, ...]
    most: str
    named: int = MOST_NAMED


LISTINGS = {
    "hosts": Listing(
        "host",
        ACTIVITIES,
        ("sessions_held", "capacity", "person_times"),
        "sessions_held",
    ),
    "units": Listing(
        "unit",
        NEEDS,
        ("commitments_due", "commitments_fulfilled", "commitments_open", "fulfilments"),
        "fulfilments",
    ),
}


def rows(
    docs: Reads, withholding: Withholding, scope: str, month: str, listing: Listing
) -> list[Json]:
    """Those named and the rest, each as `{"key", "name", "figures", "withheld"}`.

    Withheld as one: a row between others is easily told from their sum.
    """
    prefix = f"{scope}:{month}:{listing.dimension}:"
    cells = list(starting(docs, listing.collection, prefix))
    withheld = _withheld(cells, withholding, scope, month, listing)
    hidden = sorted(withheld.intersection(listing.figures))
    told = _rows(docs, _counted(cells, listing), listing)
    return [row | {"withheld": hidden} for row in told]


def _counted(cells: Iterable[Json], listing: Listing) -> dict[str, Figures]:
    """`{value: figures}` of those of which anything was counted."""
    counted: dict[str, Figures] = {}
    for cell in cells:
        figures = counts.nonzero(pick(cell, *listing.figures))
        if figures:
            counted[cell["value"]] = figures
    return counted


def _rows(
    docs: Reads, counted: Mapping[str, Figures], listing: Listing
) -> Iterator[Json]:
    named, rest = _chosen(counted, listing)
    for value in named:
        name = value_name(docs, listing.dimension, value)
        yield {
            "key": value,
            "name": name,
            "figures": counted[value],
        }
    if rest:
        figures = reduce(counts.summed, (counted[value] for value in rest))
        yield {"key": REST, "name": f"其余 {len(rest)} 个", "figures": figures}


def _withheld(
    cells: Iterable[Json],
    withholding: Withholding,
    scope: str,
    month: str,
    listing: Listing,
) -> frozenset[str]:
    if listing.collection != ACTIVITIES:
        return NOTHING
    withheld = set[str]()
    for cell in cells:
        figures = values.activities(cell)
        part = (listing.dimension, cell["value"])
        withheld |= withholding.of(figures, scope, month, *part)
    return frozenset(withheld)


def _chosen(
    counted: Mapping[str, Figures], listing: Listing
) -> tuple[list[str], list[str]]:
    """Those that are named, and the others."""

    def most_first(value: str) -> tuple[int, str]:
        return -counted[value].get(listing.most, 0), value

    ranked = sorted(counted, key=most_first)
    return sorted(ranked[: listing.named]), ranked[listing.named :]
