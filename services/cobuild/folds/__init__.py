"""What cobuild remembers: its documents, folded from its own log and from those it follows."""

from services.cobuild.folds import (
    bookings,
    closing,
    commitments,
    meetings,
    needs,
    offerings,
    partners,
    records,
    suggestions,
    talks,
    tallies,
    units,
)
from services.district import acting, standing, territory
from services.kit.views import Folds

COLLECTIONS = (
    *units.COLLECTIONS,
    *partners.COLLECTIONS,
    standing.HOSTS,
    *offerings.COLLECTIONS,
    *bookings.COLLECTIONS,
    *needs.COLLECTIONS,
    *commitments.COLLECTIONS,
    *records.COLLECTIONS,
    *talks.COLLECTIONS,
    *meetings.COLLECTIONS,
    *tallies.COLLECTIONS,
    *acting.COLLECTIONS,
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
        **closing.OWN,
        **talks.OWN,
        **meetings.OWN,
    },
    "activities": standing.HOST_FOLDS,
    "partners": partners.OF_PARTNERS,
    acting.SOURCE: acting.FOLDS,
    territory.SOURCE: territory.FOLDS,
    "grids": {},
}
