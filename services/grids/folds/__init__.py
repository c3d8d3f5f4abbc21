"""What the grids service remembers: its documents, folded from its own log and from what others tell."""

from services.district import grid_names, territory
from services.grids.folds import (
    cares,
    doors,
    ends,
    findings,
    mediations,
    members,
    needs,
    rounds,
    visits,
)
from services.kit.log import Event
from services.kit.views import Folds, Overlay

COLLECTIONS = (
    *members.COLLECTIONS,
    *doors.COLLECTIONS,
    *rounds.COLLECTIONS,
    *visits.COLLECTIONS,
    *findings.COLLECTIONS,
    *cares.COLLECTIONS,
    *mediations.COLLECTIONS,
    *needs.COLLECTIONS,
    *ends.COLLECTIONS,
    *territory.COLLECTIONS,
    territory.COURTYARD_ROLLS,
    grid_names.GRID_NAMES,
)


def fold_grid(docs: Overlay, event: Event) -> None:
    """Where it lies from when to when, and so until when its members are in office; and what it is called."""
    territory.fold_grid(docs, event)
    ends.note_end(docs, event)
    if event.type == "grid_recorded.v1":
        grid_names.fold_named(docs, event)


FOLDS: dict[str, Folds] = {
    "grids": {
        **members.OWN,
        **doors.OWN,
        **rounds.OWN,
        **visits.OWN,
        **findings.OWN,
        **cares.OWN,
        **mediations.OWN,
    },
    territory.SOURCE: {
        **territory.FOLDS,
        **territory.COURTYARD_FOLDS,
        **dict.fromkeys(territory.GRID_FOLDS, fold_grid),
    },
    "cobuild": needs.FOLDS,
}
