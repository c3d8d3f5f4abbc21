"""What the notices service remembers: notices derived from the logs of the others, and its own few facts."""

from services.kit.views import Folds
from services.notices.folds import (
    activities,
    branches,
    choices,
    deliveries,
    inbox,
    needs,
    news,
    partners,
    signups,
    told,
    units,
)

COLLECTIONS = (
    *told.COLLECTIONS,
    *activities.COLLECTIONS,
    *signups.COLLECTIONS,
    *needs.COLLECTIONS,
    *units.COLLECTIONS,
    *partners.COLLECTIONS,
    *branches.COLLECTIONS,
    *news.COLLECTIONS,
    *inbox.COLLECTIONS,
    *choices.COLLECTIONS,
    *deliveries.COLLECTIONS,
)
FOLDS: dict[str, Folds] = {
    "activities": {**activities.FOLDS, **signups.FOLDS},
    "branches": branches.FOLDS,
    "cobuild": {**needs.FOLDS, **units.FOLDS},
    "notices": {**news.OWN, **inbox.OWN, **choices.OWN, **deliveries.OWN},
    "partners": partners.FOLDS,
}
