"""Events an operator has ruled out: which those are, by a follower's own log and by its documents."""

from services.kit.log import Event, Log
from services.kit.store import Views
from services.kit.views import Collection, Fold, Overlay

ALL_VERSIONS = 2**53

SET_ASIDE = Collection("set_aside")


def fold_set_aside(docs: Overlay, event: Event) -> None:
    """Under `source:sequence`, with the operator's reason."""
    source, sequence = event.data["source"], event.data["sequence"]
    doc = {"id": f"{source}:{sequence}", "reason": event.data["reason"]}
    docs.put("set_aside", doc)


def set_aside(own: Log, source: str) -> set[int]:
    """The `seq`s of `source` that an operator has ruled out, straight from the follower's own log."""
    ruled_out = own.read_stream(f"follower/{source}", ALL_VERSIONS)
    return {event.data["sequence"] for event in ruled_out}


def is_set_aside(views: Views, source: str, event: Event) -> bool:
    """The same, by the documents that follower has folded."""
    return views.get("set_aside", f"{source}:{event.seq}") is not None


KIT_FOLDS: dict[str, Fold] = {"event_set_aside.v1": fold_set_aside}
