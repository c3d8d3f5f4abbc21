"""Cells as the recomputation names them, and where two computations of them disagree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import product

CHINA = timezone(timedelta(hours=8))

Cells = dict[str, dict[str, int]]


def day_of(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(CHINA):%Y-%m-%d}"


def scopes_of(community: str) -> tuple[str, str, str]:
    return community[:6], community[:9], community


def periods_of(day: str) -> list[str]:
    year, month = day[:4], day[:7]
    quarter = (int(month[5:]) - 1) // 3 + 1
    return [day, month, f"{year}-Q{quarter}", year]


def ids_of(community: str, day: str, values: Iterable[str]) -> Iterator[str]:
    """The cells of a place and day, for all and for each `dimension:value`."""
    keys = product(scopes_of(community), periods_of(day), ("all:", *values))
    yield from map(":".join, keys)


def merged(*several: Cells) -> Cells:
    """All their figures; what is zero is left out."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for cells in several:
        for cell, figures in cells.items():
            sums[cell].update(figures)
    kept: Cells = {}
    for cell, total in sums.items():
        if figures := nonzero(total):
            kept[cell] = figures
    return kept


def nonzero(figures: Mapping[str, int]) -> dict[str, int]:
    return {figure: value for figure, value in figures.items() if value}


@dataclass(frozen=True, slots=True)
class Difference:
    cell: str
    figure: str
    shown: int
    recomputed: int

    def __str__(self) -> str:
        return f"{self.cell} {self.figure}: 汇总 {self.shown}，重算 {self.recomputed}"


def differences(shown: Cells, recomputed: Cells) -> list[Difference]:
    """Every figure of every cell on which the two disagree. A cell or figure one side lacks counts as zero there."""
    differing: list[Difference] = []
    for cell in sorted(shown.keys() | recomputed.keys()):
        here = shown.get(cell, {})
        there = recomputed.get(cell, {})
        for figure in sorted(here.keys() | there.keys()):
            one = here.get(figure, 0)
            other = there.get(figure, 0)
            if one != other:
                differing.append(Difference(cell, figure, one, other))
    return differing
