"""Mediations as the figures see them: opened on a day, ended on another, with or without agreement."""

from schemas.documents import Json, pick
from schemas.grids.mediations import QUARRELS
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds.doorstep.entries import Entry, add

MEDIATIONS = "mediations"
COLLECTIONS = (Collection(MEDIATIONS),)


def fold_opened(docs: Overlay, event: Event) -> None:
    title = f"调解（{QUARRELS[event.data['kind']]}）"
    about = {"id": event.data["mediation"], "title": title}
    mediation = pick(event.data, "community") | about
    docs.put(MEDIATIONS, mediation)
    add(docs, event, _entry(mediation, "opened", event), {"mediations": 1})


def fold_ended(docs: Overlay, event: Event) -> None:
    mediation = docs.the(MEDIATIONS, event.data["mediation"])
    agreed = int(event.data["ending"] == "agreed")
    figures = {"mediations_ended": 1, "mediations_agreed": agreed}
    add(docs, event, _entry(mediation, "ended", event), figures)


def _entry(mediation: Json, counted_by: str, event: Event) -> Entry:
    fact = f"mediation/{mediation['id']}"
    return Entry(counted_by, fact, mediation["community"], day_of(event.time))


OWN: Folds = {
    "mediation_opened.v1": fold_opened,
    "mediation_ended.v1": fold_ended,
}
