"""What the grids service remembers: its documents, folded from its own log and from what others tell."""

from services.district import territory
from services.grids.folds import (
    cares,
    doors,
    findings,
    mediations,
    members,
    needs,
    rounds,
    visits,
)
from services.kit.views import Folds

COLLECTIONS = (
    *members.COLLECTIONS,
    *doors.COLLECTIONS,
    *rounds.COLLECTIONS,
    *visits.COLLECTIONS,
    *findings.COLLECTIONS,
    *cares.COLLECTIONS,
    *mediations.COLLECTIONS,
    *needs.COLLECTIONS,
    *territory.COLLECTIONS,
)
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
    territory.SOURCE: territory.FOLDS,
    "cobuild": needs.FOLDS,
}
