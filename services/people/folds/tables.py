"""All that people remembers, and of which events."""

from services.district import territory
from services.kit.seals import keeping
from services.kit.views import Folds
from services.people.folds import (
    accounts,
    api_keys,
    beside,
    consents,
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
    *consents.COLLECTIONS,
    *roles.COLLECTIONS,
    *ways.COLLECTIONS,
    *api_keys.COLLECTIONS,
    *sent_codes.COLLECTIONS,
    *beside.COLLECTIONS,
    territory.DIVISIONS,
    keeping.SEALS,
)
FOLDS: dict[str, Folds] = {
    "people": {
        **persons.FOLDS,
        **accounts.FOLDS,
        **links.FOLDS,
        **consents.FOLDS,
        **roles.FOLDS,
        **ways.FOLDS,
        **api_keys.FOLDS,
        **sent_codes.FOLDS,
        **keeping.FOLDS,
    },
    "partners": beside.OF_PARTNERS,
    "cobuild": beside.OF_COBUILD,
    territory.SOURCE: {**territory.DIVISION_FOLDS, **beside.OF_BRANCHES},
}
