"""Of the needs that cobuild tells of, those which a finding brought about."""

from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("needs"),)


def fold_raised(docs: Overlay, event: Event) -> None:
    if "origin" in event.data:
        need = {"id": event.data["need"], "finding": event.data["origin"]}
        docs.put("needs", need)


FOLDS: Folds = {"need_raised.v1": fold_raised}
