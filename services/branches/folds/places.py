"""Industry committees, sites, and the homes of internet marketers."""

from schemas.documents import Json
from services.district import territory
from services.district.indexes import PLACES
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_HOMES = 5000

COLLECTIONS = (
    Collection("committees", tuple((*place, "id") for place in PLACES)),
    Collection("sites", tuple((*place, "id") for place in PLACES)),
    Collection("homes", (*((*place, "id") for place in PLACES), ("branch", "id"))),
)


def fold_committee_established(docs: Overlay, event: Event) -> None:
    place = territory.lies_in(event.data["division"])
    docs.put("committees", _named(event, "committee") | place)


def fold_site_recorded(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("sites", _named(event, "site") | place)


def fold_home_established(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("homes", _named(event, "home") | place)


def _named(event: Event, subject: str) -> Json:
    """What the event says, by the id of its subject."""
    return event.without(subject) | {"id": event.data[subject]}


def hand_over_homes(docs: Overlay, branch: str, heir: str) -> None:
    for home in docs.find(Find("homes", {"branch": branch}, "id", limit=MOST_HOMES)):
        docs.put("homes", home | {"branch": heir})


OWN: Folds = {
    "committee_established.v1": fold_committee_established,
    "site_recorded.v1": fold_site_recorded,
    "home_established.v1": fold_home_established,
}
