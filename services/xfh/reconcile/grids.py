"""Which micro-grids each community had and when, replayed from the log of branches; and which of them facts reached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from services.kit.log import Event
from services.xfh.reconcile.cells import Cells


def recompute(events: Iterable[Event]) -> Cells:
    """`{grid_rolls/community: {grid/valid_from: valid_to as 20260613}}`"""
    cells: Cells = defaultdict(dict)
    for event in events:
        if event.type in ("grid_recorded.v1", "grid_ended.v1"):
            content = event.data
            period = f"{content['grid']}/{content['valid_from']}"
            ends = content.get("valid_to", "9999-12-31")
            cells[f"grid_rolls/{content['community']}"][period] = number(ends)
    return dict(cells)


def number(day: str) -> int:
    """The day as 20260613, which can be kept as a figure and compared."""
    return int(day.replace("-", ""))


def figures(cells: Cells, scope: str, month: str) -> dict[str, int]:
    """Grids covered and grids there were, of a scope in a month."""
    there = set(_valid(cells, scope, month))
    reached = set(_reached(cells, scope, month))
    return {"grids_covered": len(reached), "grids": len(there | reached)}


def _valid(cells: Cells, scope: str, month: str) -> Iterator[str]:
    """The grids on the rolls of a scope on a day of the month."""
    first = number(f"{month}-01")
    last = number(f"{month}-31")
    for cell, roll in cells.items():
        if not cell.startswith(f"grid_rolls/{scope}"):
            continue
        for period, until in roll.items():
            grid, _, since = period.partition("/")
            if number(since) <= last and until >= first:
                yield grid


def _reached(cells: Cells, scope: str, month: str) -> Iterator[str]:
    """The grids with a deed in the month, where they were on a roll by its end."""
    for cell, deeds in cells.items():
        kind, _, place = cell.partition("/")
        if kind not in ("attending_grids", "closing_grids"):
            continue
        if not place.startswith(f"{month}:{scope}") or deeds.get("deeds", 0) <= 0:
            continue
        _, community, grid = place.split(":")
        if _was_recorded(cells, community, grid, number(f"{month}-31")):
            yield grid


def _was_recorded(cells: Cells, community: str, grid: str, last: int) -> bool:
    for period in cells.get(f"grid_rolls/{community}", {}):
        code, _, since = period.partition("/")
        if code == grid and number(since) <= last:
            return True
    return False
