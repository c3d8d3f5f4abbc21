"""All that people remembers, and of which events."""

from services.district import territory
from services.kit.views import Folds
from services.people.folds import (
    accounts,
    beside,
    consents,
    keeping,
    links,
    persons,
    roles,
    ways,
)

COLLECTIONS = (
    *persons.COLLECTIONS,
    *accounts.COLLECTIONS,
    *links.COLLECTIONS,
    *consents.COLLECTIONS,
    *roles.COLLECTIONS,
    *ways.COLLECTIONS,
    *beside.COLLECTIONS,
    territory.DIVISIONS,
)
FOLDS: dict[str, Folds] = {
    "people": {
        **persons.FOLDS,
        **accounts.FOLDS,
        **links.FOLDS,
        **consents.FOLDS,
        **keeping.FOLDS,
        **roles.FOLDS,
        **ways.FOLDS,
    },
    "partners": beside.OF_PARTNERS,
    "cobuild": beside.OF_COBUILD,
    territory.SOURCE: {**territory.DIVISION_FOLDS, **beside.OF_BRANCHES},
}
