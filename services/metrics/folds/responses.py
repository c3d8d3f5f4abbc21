"""Response times: how many needs of a cell were answered after so many working minutes.

A document holds the minutes of one working day (480), so it is bounded whatever the number of needs, and a percentile
is exact in every cell.
"""

from services.district.working import MINUTES_A_DAY
from services.kit.views import Collection, Overlay
from services.metrics.folds.tallies import tally

COLLECTIONS = (Collection("responses", (("id",),)),)


def count(
    docs: Overlay, cells: tuple[str, ...], minutes: int | None, change: int
) -> None:
    """One need more or less that took so many `minutes`; none when it has not been answered."""
    if minutes is None:
        return
    day = minutes // MINUTES_A_DAY
    for cell in cells:
        of_day = {"id": f"{cell}:{day:05}"}
        tally(docs, "responses", of_day, "counts", {str(minutes): change})
