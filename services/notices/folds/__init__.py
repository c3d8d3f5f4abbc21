"""What the notices service remembers: notices derived from the logs of the others, and its own few facts."""

from services.kit.views import Collection, Folds
from services.notices.folds import (
    activities,
    asking,
    asks,
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
    *(Collection(asking.asked(source)) for source in asks.ASKS),
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
TOLD: dict[str, Folds] = {
    "activities": {**activities.FOLDS, **signups.FOLDS},
    "branches": branches.FOLDS,
    "cobuild": {**needs.FOLDS, **units.FOLDS},
    "partners": partners.FOLDS,
}
FOLDS: dict[str, Folds] = {
    "notices": {**news.OWN, **inbox.OWN, **choices.OWN, **deliveries.OWN},
    **{
        source: asking.following(
            source, folds, asks.ASKS[source], asks.UNTOLD.get(source, ())
        )
        for source, folds in TOLD.items()
    },
}
