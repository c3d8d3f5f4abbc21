"""What is remembered of commendations."""

from services.activities.model.lifecycles import COMMENDATION
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection("commendations", (("person", "on"), ("person", "issuer", "on"))),
)


def fold_commended(docs: Overlay, event: Event) -> None:
    said = event.without("commendation", "by")
    docs.put(
        "commendations", COMMENDATION.begun({**said, "id": event.data["commendation"]})
    )


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    given = docs.the("commendations", event.data["commendation"])
    docs.put(
        "commendations",
        COMMENDATION.after({**given, "reason": event.data["reason"]}, "withdraw"),
    )


OWN: Folds = {
    "person_commended.v1": fold_commended,
    "commendation_withdrawn.v1": fold_withdrawn,
}
