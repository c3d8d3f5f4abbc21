"""Whom a verified need was told to, until when they may answer, and when the next one is told (`suggest_at`)."""

from services.cobuild.folds.needs import SUGGESTED, without
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_suggested(docs: Overlay, event: Event) -> None:
    need, unit, until = (
        docs.the("needs", event.data["need"]),
        event.data["unit"],
        event.data["answer_by"],
    )
    standing = {"suggested_to": unit, "answer_by": until, "suggest_at": until}
    docs.put("needs", {**need, **standing, "told": [*need["told"], unit]})


def fold_passed_up(docs: Overlay, event: Event) -> None:
    need = without(docs.the("needs", event.data["need"]), *SUGGESTED)
    docs.put("needs", {**need, "suggest_at": event.time})


def fold_ended(docs: Overlay, event: Event) -> None:
    docs.put("needs", without(docs.the("needs", event.data["need"]), *SUGGESTED))


OWN: Folds = {
    "need_suggested.v1": fold_suggested,
    "need_passed_up.v1": fold_passed_up,
    "suggesting_ended.v1": fold_ended,
}
