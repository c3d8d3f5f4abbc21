"""All that people remembers, and of which events."""

from services.district import territory
from services.kit.log import Event
from services.kit.persons import aliases
from services.kit.seals import keeping
from services.kit.views import Fold, Folds, Overlay
from services.people.folds import (
    accounts,
    api_keys,
    audit,
    beside,
    consents,
    identities,
    links,
    merges,
    persons,
    retention,
    roles,
    second_factors,
    sent_codes,
    ways,
)

COLLECTIONS = (
    *persons.COLLECTIONS,
    *accounts.COLLECTIONS,
    *links.COLLECTIONS,
    *consents.COLLECTIONS,
    *merges.COLLECTIONS,
    aliases.ALIASES,
    *roles.COLLECTIONS,
    *ways.COLLECTIONS,
    *audit.COLLECTIONS,
    *api_keys.COLLECTIONS,
    *sent_codes.COLLECTIONS,
    *identities.COLLECTIONS,
    *beside.COLLECTIONS,
    territory.DIVISIONS,
    keeping.SEALS,
)
OWN: Folds = {
    **persons.FOLDS,
    **accounts.FOLDS,
    **links.FOLDS,
    **consents.FOLDS,
    **retention.FOLDS,
    **merges.FOLDS,
    **roles.FOLDS,
    **ways.FOLDS,
    **api_keys.FOLDS,
    **second_factors.FOLDS,
    **sent_codes.FOLDS,
    **identities.FOLDS,
    **keeping.FOLDS,
}


def followed_by(first: Fold | None, then: Fold) -> Fold:
    """Both of one event, where there is another before it."""

    def fold(docs: Overlay, event: Event) -> None:
        if first is not None:
            first(docs, event)
        then(docs, event)

    return fold


AUDITED: Folds = {
    type: followed_by(OWN.get(type), fold) for type, fold in audit.FOLDS.items()
}
FOLDS: dict[str, Folds] = {
    "people": {**OWN, **AUDITED},
    "partners": beside.OF_PARTNERS,
    "cobuild": beside.OF_COBUILD,
    territory.SOURCE: {**territory.DIVISION_FOLDS, **beside.OF_BRANCHES},
}
