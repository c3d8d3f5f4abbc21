"""All that people remembers, and of which events."""

from services.district import territory
from services.kit import aliases
from services.kit.views import Folds
from services.people.folds import (
    accounts,
    api_keys,
    beside,
    links,
    merges,
    persons,
    roles,
    ways,
)

COLLECTIONS = (
    *persons.COLLECTIONS,
    *accounts.COLLECTIONS,
    *links.COLLECTIONS,
    *merges.COLLECTIONS,
    aliases.ALIASES,
    *roles.COLLECTIONS,
    *ways.COLLECTIONS,
    *api_keys.COLLECTIONS,
    *beside.COLLECTIONS,
    territory.DIVISIONS,
)
FOLDS: dict[str, Folds] = {
    "people": {
        **persons.FOLDS,
        **accounts.FOLDS,
        **links.FOLDS,
        **merges.FOLDS,
        **roles.FOLDS,
        **ways.FOLDS,
        **api_keys.FOLDS,
    },
    "partners": beside.OF_PARTNERS,
    "cobuild": beside.OF_COBUILD,
    territory.SOURCE: {**territory.DIVISION_FOLDS, **beside.OF_BRANCHES},
}
