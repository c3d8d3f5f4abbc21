"""The hosts and the units a report names: those that did most, by their codes, and all others together in one row."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.documents import Json
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS
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
    """Withheld as one: a row between others is easily told from their sum."""
    cells = list(
        starting(docs, listing.collection, f"{scope}:{month}:{listing.dimension}:")
    )
    withheld = sorted(
        _withheld(cells, withholding, scope, month, listing).intersection(
            listing.figures
        )
    )
    counted = {
        cell["value"]: {name: cell[name] for name in listing.figures if cell[name]}
        for cell in cells
    }
    named, rest = _chosen(
        {value: figures for value, figures in counted.items() if figures}, listing
    )
    told = [
        {
            "key": value,
            "name": value_name(docs, listing.dimension, value),
            "figures": counted[value],
        }
        for value in named
    ]
    if rest:
        told.append(
            {
                "key": REST,
                "name": f"其余 {len(rest)} 个",
                "figures": _sum([counted[value] for value in rest]),
            }
        )
    return [{**row, "withheld": withheld} for row in told]


def _withheld(
    cells: Iterable[Json],
    withholding: Withholding,
    scope: str,
    month: str,
    listing: Listing,
) -> frozenset[str]:
    if listing.collection != ACTIVITIES:
        return NOTHING
    return NOTHING.union(
        *(
            withholding.of(
                values.activities(cell), scope, month, listing.dimension, cell["value"]
            )
            for cell in cells
        )
    )


def _chosen(
    counted: dict[str, dict[str, int]], listing: Listing
) -> tuple[list[str], list[str]]:
    """Those that are named, and the others."""
    most_first = sorted(
        counted, key=lambda value: (-counted[value].get(listing.most, 0), value)
    )
    return sorted(most_first[: listing.named]), most_first[listing.named :]


def _sum(several: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for figures in several:
        for name, value in figures.items():
            total[name] = total.get(name, 0) + value
    return total
