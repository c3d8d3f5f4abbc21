"""Response times: how many needs of a cell were answered after so many working minutes.

A document holds the minutes of one working day (480), so it is bounded whatever the number of needs, and a percentile
is exact in every cell.
"""

from schemas.documents import Json
from services.district.working import MINUTES_A_DAY
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("responses", (("id",),)),)


def count(
    docs: Overlay, cells: tuple[str, ...], minutes: int | None, change: int
) -> None:
    """One need more or less that took so many `minutes`; none when it has not been answered."""
    if minutes is None:
        return
    for cell in cells:
        id = f"{cell}:{minutes // MINUTES_A_DAY:05}"
        before = docs.get("responses", id) or {"id": id, "counts": {}}
        docs.put(
            "responses", {**before, "counts": _counted(before, str(minutes), change)}
        )


def _counted(before: Json, minute: str, change: int) -> dict[str, int]:
    counts = {**before["counts"], minute: before["counts"].get(minute, 0) + change}
    return {name: number for name, number in counts.items() if number}
