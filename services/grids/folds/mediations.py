"""Mediation: its kind, how it ended, and until when what was said is kept."""

from schemas.documents import without
from services.district import territory
from services.district.indexes import by_place
from services.grids.folds.findings import mediate
from services.grids.model.lifecycles import MEDIATION
from services.grids.model.retention import AFTER_THE_END, AT_MOST_OPEN, kept_until
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "mediations",
        (
            *by_place("state", "opened_at"),
            ("by", "state", "opened_at"),
            *by_place("words_are", "keep_until"),
            ("words_are", "keep_until"),
        ),
    ),
)


def fold_opened(docs: Overlay, event: Event) -> None:
    mediation = event.without("mediation") | {"id": event.data["mediation"]}
    mediation |= territory.placed(mediation["community"]) | {"opened_at": event.time}
    until = kept_until(event.time, AT_MOST_OPEN)
    mediation |= {"words_are": "kept", "keep_until": until}
    docs.put("mediations", MEDIATION.begun(mediation))
    if "finding" in mediation:
        mediate(docs, mediation["finding"], mediation["id"])


def fold_ended(docs: Overlay, event: Event) -> None:
    mediation = docs.the("mediations", event.data["mediation"])
    mediation |= {"ending": event.data["ending"], "ended_at": event.time}
    mediation |= {"keep_until": kept_until(event.time, AFTER_THE_END)}
    docs.put("mediations", MEDIATION.after(mediation, "end"))


def fold_words_erased(docs: Overlay, event: Event) -> None:
    mediation = docs.the("mediations", event.data["mediation"])
    bare = without(mediation, "keep_until") | {"words_are": "erased"}
    docs.put("mediations", MEDIATION.after(bare, "forget"))


OWN: Folds = {
    "mediation_opened.v1": fold_opened,
    "mediation_ended.v1": fold_ended,
    "mediation_words_erased.v1": fold_words_erased,
}
