"""Deeds that make a unit active and a community or grid covered, by day or period: half of each from every log.

A unit is active by fulfilling (cobuild) or hosting (activities), a community is covered by closing or attending, and
so is the grid the fact named. The halves are kept apart, each folded from one log, and joined by whoever asks.
"""

from schemas.documents import Json
from services.district import territory
from services.kit.views import Collection, Overlay
from services.metrics.folds.tallies import tally
from services.metrics.model.periods import periods_of

FULFILLING, HOSTING = "fulfilling", "hosting"
CLOSING, ATTENDING = "closing", "attending"
CLOSING_GRIDS, ATTENDING_GRIDS = "closing_grids", "attending_grids"

# Ids: scope:month:unit, period:community and period:community:grid, so those of a scope stand together.
OF_PLACES = (CLOSING, ATTENDING, CLOSING_GRIDS, ATTENDING_GRIDS)
COLLECTIONS = tuple(
    Collection(name, (("id",),)) for name in (FULFILLING, HOSTING, *OF_PLACES)
)


def mark(docs: Overlay, contribution: Json, sign: int) -> None:
    """What a contribution of cobuild adds to (1) or takes from (-1) the deeds."""
    figures = contribution["figures"]
    place = contribution["community"], contribution["day"]
    if done := figures.get("fulfilments"):
        act(docs, FULFILLING, contribution["unit"], *place, sign * done)
    if closed := figures.get("closures"):
        cover(docs, CLOSING, *place, sign * closed, contribution.get("grid"))


def act(
    docs: Overlay, deed: str, unit: str, community: str, day: str, change: int
) -> None:
    """A document holds one unit's month in one scope: at most 31 days."""
    for scope in territory.scopes_of(community):
        month = {"id": f"{scope}:{day[:7]}:{unit}", "unit": unit}
        tally(docs, deed, month, "days", {day: change})


def cover(
    docs: Overlay,
    deed: str,
    community: str,
    day: str,
    change: int,
    grid: str | None = None,
) -> None:
    """A deed of the community, and of the grid its fact names."""
    _cover(docs, deed, community, day, change)
    if grid:
        _cover(docs, f"{deed}_grids", f"{community}:{grid}", day, change)


def _cover(docs: Overlay, collection: str, place: str, day: str, change: int) -> None:
    ids = tuple(f"{period}:{place}" for period in periods_of(day))
    docs.add(collection, ids, {"deeds": change}, _none)


def _none(id: str) -> Json:
    _, community, *grid = id.split(":")
    none = {
        "id": id,
        "community": community,
        "deeds": 0,
    }
    return none | {"grid": grid[0]} if grid else none
