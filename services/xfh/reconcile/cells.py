"""Cells as the recomputation names them, and where two computations of them disagree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))

Cells = dict[str, dict[str, int]]


def day_of(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(CHINA):%Y-%m-%d}"


def scopes_of(community: str) -> tuple[str, str, str]:
    return community[:6], community[:9], community


def periods_of(day: str) -> list[str]:
    quarter = (int(day[5:7]) - 1) // 3 + 1
    return [day, day[:7], f"{day[:4]}-Q{quarter}", day[:4]]


def ids_of(community: str, day: str, values: Iterable[str]) -> Iterator[str]:
    """The cells of a place and day, for all and for each `dimension:value`."""
    for scope in scopes_of(community):
        for period in periods_of(day):
            for value in ("all:", *values):
                yield f"{scope}:{period}:{value}"


def merged(*several: Cells) -> Cells:
    """All their figures; what is zero is left out."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cells in several:
        for cell, figures in cells.items():
            for figure, value in figures.items():
                sums[cell][figure] += value
    kept = {
        cell: {figure: value for figure, value in figures.items() if value}
        for cell, figures in sums.items()
    }
    return {cell: figures for cell, figures in kept.items() if figures}


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
    found: list[Difference] = []
    for cell in sorted(shown.keys() | recomputed.keys()):
        here, there = shown.get(cell, {}), recomputed.get(cell, {})
        found += [
            Difference(cell, figure, here.get(figure, 0), there.get(figure, 0))
            for figure in sorted(here.keys() | there.keys())
            if here.get(figure, 0) != there.get(figure, 0)
        ]
    return found
