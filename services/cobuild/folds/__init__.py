"""What cobuild remembers: its documents, folded from its own log and from those it follows."""

from services.cobuild.folds import (
    bookings,
    commitments,
    meetings,
    needs,
    offerings,
    suggestions,
    talks,
    tallies,
    units,
)
from services.district import territory
from services.kit.views import Folds

COLLECTIONS = (
    *units.COLLECTIONS,
    *offerings.COLLECTIONS,
    *bookings.COLLECTIONS,
    *needs.COLLECTIONS,
    *commitments.COLLECTIONS,
    *talks.COLLECTIONS,
    *meetings.COLLECTIONS,
    *tallies.COLLECTIONS,
    *territory.COLLECTIONS,
)
FOLDS: dict[str, Folds] = {
    "cobuild": {
        **units.OWN,
        **offerings.OWN,
        **bookings.OWN,
        **needs.OWN,
        **suggestions.OWN,
        **commitments.OWN,
        **talks.OWN,
        **meetings.OWN,
    },
    "activities": units.OF_ACTIVITIES,
    "partners": units.OF_PARTNERS,
    territory.SOURCE: territory.FOLDS,
}
