"""What the partners service remembers, of its own log and of others."""

from services.district import standing as district_standing
from services.district import territory
from services.kit.views import Folds
from services.partners.folds import alliance, applications, partners, standing, units

COLLECTIONS = (
    *partners.COLLECTIONS,
    *alliance.COLLECTIONS,
    *units.COLLECTIONS,
    district_standing.HOSTS,
    territory.DIVISIONS,
)
FOLDS: dict[str, Folds] = {
    "partners": {**applications.OWN, **standing.OWN, **alliance.OWN},
    "cobuild": units.OF_COBUILD,
    "activities": district_standing.HOST_FOLDS,
    territory.SOURCE: territory.DIVISION_FOLDS,
}
