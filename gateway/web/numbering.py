"""The walk of a grid numbered anew: a number beside each door, saved all at once."""

from gateway.web.doorstep import SERVICE, doors_of
from gateway.web.grids import GRIDS, around, grid_asked_for
from gateway.web.page import Form, Visit
from schemas.documents import Json, pick
from schemas.grids.doors import LAST_WALK, RenumberWalk

MOST_TOGETHER = 200  # A form has no more fields.


def walk(visit: Visit) -> Json:
    """The doors in the order of the walk, as many to a form as it can have."""
    known = around(visit)
    known |= grid_asked_for(visit, known)
    here = pick(known, "community", "grid")
    doors = list(doors_of(visit, here, "list_doors")) if known["grid"] else []
    return known | {"doors": doors, "last": LAST_WALK, "together": MOST_TOGETHER}


PAGES = (
    Form(
        f"{GRIDS}/walk",
        "grids_walk.html",
        SERVICE,
        "renumber_walk",
        RenumberWalk,
        f"{GRIDS}?community={{community}}&grid={{grid}}",
        more=walk,
    ),
)
