"""What cobuild remembers: its documents, folded from its own log and from those it follows."""

from services.cobuild.folds import commitments, meetings, needs, offerings, units
from services.kit import territory
from services.kit.views import Folds

COLLECTIONS = (
    *units.COLLECTIONS,
    *offerings.COLLECTIONS,
    *needs.COLLECTIONS,
    *commitments.COLLECTIONS,
    *meetings.COLLECTIONS,
    territory.DIVISIONS,
)
FOLDS: dict[str, Folds] = {
    "cobuild": {**units.OWN, **offerings.OWN, **needs.OWN, **commitments.OWN, **meetings.OWN},
    "partners": units.OF_PARTNERS,
    territory.SOURCE: territory.DIVISION_FOLDS,
}
