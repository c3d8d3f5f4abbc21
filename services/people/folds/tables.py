"""All that people remembers, and of which events."""

from services.district import territory
from services.kit.views import Folds
from services.people.folds import (
    accounts,
    beside,
    identities,
    links,
    persons,
    roles,
    sent_codes,
    ways,
)

COLLECTIONS = (
    *persons.COLLECTIONS,
    *accounts.COLLECTIONS,
    *links.COLLECTIONS,
    *roles.COLLECTIONS,
    *ways.COLLECTIONS,
    *sent_codes.COLLECTIONS,
    *identities.COLLECTIONS,
    *beside.COLLECTIONS,
    territory.DIVISIONS,
)
FOLDS: dict[str, Folds] = {
    "people": {
        **persons.FOLDS,
        **accounts.FOLDS,
        **links.FOLDS,
        **roles.FOLDS,
        **ways.FOLDS,
        **sent_codes.FOLDS,
        **identities.FOLDS,
    },
    "partners": beside.OF_PARTNERS,
    "cobuild": beside.OF_COBUILD,
    territory.SOURCE: {**territory.DIVISION_FOLDS, **beside.OF_BRANCHES},
}
