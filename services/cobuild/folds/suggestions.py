"""Whom a verified need was told to, until when they may answer, and when the next one is told (`suggest_at`)."""

from schemas.documents import Json, without
from services.cobuild.folds.needs import SUGGESTED
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_suggested(docs: Overlay, event: Event) -> None:
    need = docs.the("needs", event.data["need"])
    unit = event.data["unit"]
    until = event.data["answer_by"]
    suggestion: Json = {"suggested_to": unit, "answer_by": until, "suggest_at": until}
    suggestion["told"] = [*need["told"], unit]
    docs.put("needs", need | suggestion)


def fold_passed_up(docs: Overlay, event: Event) -> None:
    need = docs.the("needs", event.data["need"])
    docs.put("needs", without(need, *SUGGESTED) | {"suggest_at": event.time})


def fold_ended(docs: Overlay, event: Event) -> None:
    need = docs.the("needs", event.data["need"])
    docs.put("needs", without(need, *SUGGESTED))


OWN: Folds = {
    "need_suggested.v1": fold_suggested,
    "need_passed_up.v1": fold_passed_up,
    "suggesting_ended.v1": fold_ended,
}
