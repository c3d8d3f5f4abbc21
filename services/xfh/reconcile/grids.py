"""Which micro-grids each community had and when, replayed from the log of branches; and which of them facts reached."""

from collections import defaultdict
from collections.abc import Iterable

from services.kit.log import Event
from services.xfh.reconcile.cells import Cells


def recompute(events: Iterable[Event]) -> Cells:
    """`{grid_rolls/community: {grid/valid_from: valid_to as 20260613}}`"""
    cells: Cells = defaultdict(dict)
    for event in events:
        if event.type in ("grid_recorded.v1", "grid_ended.v1"):
            ends = event.data.get("valid_to", "9999-12-31")
            period = f"{event.data['grid']}/{event.data['valid_from']}"
            cells[f"grid_rolls/{event.data['community']}"][period] = number(ends)
    return dict(cells)


def number(day: str) -> int:
    return int(day.replace("-", ""))


def figures(cells: Cells, scope: str, month: str) -> dict[str, int]:
    """Grids covered and grids there were, of a scope in a month."""
    reached, there = set(), set()
    first, last = number(f"{month}-01"), number(f"{month}-31")
    for cell, found in cells.items():
        kind, _, about = cell.partition("/")
        if kind == "grid_rolls" and about.startswith(scope):
            for period, until in found.items():
                grid, _, since = period.partition("/")
                there |= {grid} if number(since) <= last and until >= first else set()
        if kind in ("attending_grids", "closing_grids") and about.startswith(
            f"{month}:{scope}"
        ):
            _, community, grid = about.split(":")
            on_roll = cells.get(f"grid_rolls/{community}", {})
            known = any(
                period.startswith(f"{grid}/") and number(period[-10:]) <= last
                for period in on_roll
            )
            reached |= {grid} if known and found.get("deeds", 0) > 0 else set()
    return {"grids_covered": len(reached), "grids": len(there | reached)}
