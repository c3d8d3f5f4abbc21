"""What is remembered of commendations."""

from schemas.documents import pick
from services.activities.model.lifecycles import COMMENDATION
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection("commendations", (("person", "on"), ("person", "issuer", "on"))),
)


def fold_commended(docs: Overlay, event: Event) -> None:
    id = event.data["commendation"]
    given = event.without("commendation", "by") | {"id": id}
    docs.put("commendations", COMMENDATION.begun(given))


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    given = docs.the("commendations", event.data["commendation"])
    withdrawn = given | pick(event.data, "reason")
    docs.put("commendations", COMMENDATION.after(withdrawn, "withdraw"))


OWN: Folds = {
    "person_commended.v1": fold_commended,
    "commendation_withdrawn.v1": fold_withdrawn,
}
