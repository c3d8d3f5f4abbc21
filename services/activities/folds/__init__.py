"""What the activities service remembers: its documents, folded from its own log and from those it follows."""

from services.activities.folds import (
    calendars,
    certificates,
    commendations,
    door,
    hours,
    messages,
    parties,
    patterns,
    postings,
    records,
    sessions,
    signups,
)
from services.district import hosts, territory
from services.kit.views import Folds

COLLECTIONS = (
    *postings.COLLECTIONS,
    *sessions.COLLECTIONS,
    *signups.COLLECTIONS,
    *door.COLLECTIONS,
    *hours.COLLECTIONS,
    *records.COLLECTIONS,
    *certificates.COLLECTIONS,
    *commendations.COLLECTIONS,
    *patterns.COLLECTIONS,
    *hosts.COLLECTIONS,
    *calendars.COLLECTIONS,
    *messages.COLLECTIONS,
    *territory.COLLECTIONS,
)
FOLDS: dict[str, Folds] = {
    "activities": {
        **postings.OWN,
        **sessions.OWN,
        **signups.OWN,
        **parties.OWN,
        **door.OWN,
        **hours.OWN,
        **certificates.OWN,
        **commendations.OWN,
        **patterns.OWN,
        **calendars.OWN,
        **messages.OWN,
    },
    "branches": {**territory.FOLDS, **hosts.OF_BRANCHES},
    "cobuild": hosts.OF_COBUILD,
    "partners": hosts.OF_PARTNERS,
}
