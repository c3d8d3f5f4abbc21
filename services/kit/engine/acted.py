"""What was done for somebody by another: remembered of every event that names both, for whom it was done."""

from collections.abc import Mapping

from services.kit.log import Event
from services.kit.views import Collection, Fold, Overlay

COLLECTIONS = (Collection("acted", (("person", "id"),)),)


def remembering(folds: Mapping[str, Fold]) -> dict[str, Fold]:
    """The folds of a service's own log, each of which remembers besides for whom it was."""
    return {type: _remembering(fold) for type, fold in folds.items()}


def _remembering(fold: Fold) -> Fold:
    def fold_and_remember(docs: Overlay, event: Event) -> None:
        """The fold first; nothing is remembered of an event with one actor."""
        fold(docs, event)
        if event.on_behalf_of:
            remember(docs, event)

    return fold_and_remember


def remember(docs: Overlay, event: Event) -> None:
    """`{person, by, act, at, about}`, by the id of the event."""
    act = {"id": event.id, "person": event.on_behalf_of, "by": event.actor}
    docs.put(
        "acted", act | {"act": event.type, "at": event.time, "about": event.stream}
    )
