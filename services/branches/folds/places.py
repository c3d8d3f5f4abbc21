"""Industry committees, sites, and the homes of internet marketers."""

from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_HOMES = 5000
PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

COLLECTIONS = (
    Collection("committees", tuple((*place, "id") for place in PLACES)),
    Collection("sites", tuple((*place, "id") for place in PLACES)),
    Collection("homes", (*((*place, "id") for place in PLACES), ("branch", "id"))),
)


def fold_committee_established(docs: Overlay, event: Event) -> None:
    division = event.data["division"]
    place = {
        level: division[:digits]
        for digits, level in territory.LEVELS.items()
        if digits <= len(division)
    }
    docs.put(
        "committees",
        {"id": event.data["committee"], **place, **event.without("committee")},
    )


def fold_site_recorded(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("sites", {"id": event.data["site"], **place, **event.without("site")})


def fold_home_established(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("homes", {"id": event.data["home"], **place, **event.without("home")})


def hand_over_homes(docs: Overlay, branch: str, heir: str) -> None:
    for home in docs.find(Find("homes", {"branch": branch}, "id", limit=MOST_HOMES)):
        docs.put("homes", {**home, "branch": heir})


OWN: Folds = {
    "committee_established.v1": fold_committee_established,
    "site_recorded.v1": fold_site_recorded,
    "home_established.v1": fold_home_established,
}
