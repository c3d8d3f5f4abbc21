"""The log of grids as the figures see it: doors, rounds, visits, findings, care and mediation."""

from services.kit.views import Folds
from services.metrics.folds.doorstep import (
    active,
    cares,
    doors,
    entries,
    findings,
    mediations,
    rounds,
    visits,
)

COLLECTIONS = (
    *entries.COLLECTIONS,
    *doors.COLLECTIONS,
    *rounds.COLLECTIONS,
    *visits.COLLECTIONS,
    *active.COLLECTIONS,
    *findings.COLLECTIONS,
    *cares.COLLECTIONS,
    *mediations.COLLECTIONS,
)
OWN: Folds = {
    **doors.OWN,
    **rounds.OWN,
    **visits.OWN,
    **findings.OWN,
    **cares.OWN,
    **mediations.OWN,
}
