"""A second, naive computation of every figure, straight from the logs, to hold against what metrics shows.

It shares no fold and no running sum with the metrics service: it replays the logs into plain lists and counts each
cell from scratch. Slow on purpose, simple on purpose.
"""

from collections.abc import Callable, Iterable

from services.kit.log import Event
from services.xfh.reconcile import activities, doorstep, grids, hours, needs, seats
from services.xfh.reconcile.cells import Cells, Difference, differences, merged

__all__ = ["Cells", "Difference", "differences", "recompute", "recompute_kept"]


def recompute(
    of_activities: Iterable[Event],
    of_branches: Iterable[Event] = (),
    of_cobuild: Iterable[Event] = (),
    of_grids: Iterable[Event] = (),
) -> Cells:
    """Every cell the events of the logs add up to: `{cell id: {figure: value}}`, zeros left out."""
    return merged(
        activities.recompute(of_activities),
        needs.recompute(of_cobuild),
        grids.recompute(of_branches),
        doorstep.recompute(of_grids),
    )


def recompute_kept(read: Callable[[], Iterable[Event]]) -> Cells:
    """What the activities service itself keeps: seats, queues, hours and everybody's years. `read` reads its log."""
    return merged(seats.recompute(read()), hours.recompute(read()))
