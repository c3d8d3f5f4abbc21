"""Mediation: its kind and how it ended."""

from services.district import territory
from services.district.indexes import by_place
from services.grids.model.lifecycles import MEDIATION
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "mediations",
        (*by_place("state", "opened_at"), ("by", "state", "opened_at")),
    ),
)


def fold_opened(docs: Overlay, event: Event) -> None:
    mediation = event.without("mediation") | {"id": event.data["mediation"]}
    mediation |= territory.placed(mediation["community"]) | {"opened_at": event.time}
    docs.put("mediations", MEDIATION.begun(mediation))
    if "finding" in mediation:
        docs.change("findings", mediation["finding"], mediation=mediation["id"])


def fold_ended(docs: Overlay, event: Event) -> None:
    mediation = docs.the("mediations", event.data["mediation"])
    mediation |= {"ending": event.data["ending"], "ended_at": event.time}
    docs.put("mediations", MEDIATION.after(mediation, "end"))


OWN: Folds = {
    "mediation_opened.v1": fold_opened,
    "mediation_ended.v1": fold_ended,
}
