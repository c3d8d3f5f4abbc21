"""Reminders: notices written when a deadline is set, told when it is near, taken back when it no longer matters."""

from datetime import datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from services.kit.log import Event
from services.kit.views import Overlay
from services.notices.folds import notices

BEFORE_LEASE_ENDS = timedelta(hours=4)
BEFORE_DUE = timedelta(hours=24)


def before_lease_ends(
    docs: Overlay, event: Event, commitment: Json, words: Json, until: str
) -> Json:
    at = datetime.fromisoformat(until) - BEFORE_LEASE_ENDS
    return _reminded(
        docs,
        event,
        commitment,
        "lease_ends_soon",
        {**words, "lease_until": until},
        at,
        soon=until,
    )


def before_due(
    docs: Overlay, event: Event, commitment: Json, words: Json, due_at: str
) -> Json:
    at = datetime.fromisoformat(due_at) - BEFORE_DUE
    return _reminded(
        docs, event, without(docs, event, commitment, "due_soon"), "due_soon", words, at
    )


def without(docs: Overlay, event: Event, commitment: Json, *kinds: str) -> Json:
    """The commitment without reminders of these kinds: they matter no more."""
    for kind in kinds:
        if kind in commitment["reminders"]:
            notices.take_back("cobuild", docs, event, commitment["reminders"][kind])
    return {
        **commitment,
        "reminders": {
            k: id for k, id in commitment["reminders"].items() if k not in kinds
        },
    }


def _reminded(
    docs: Overlay,
    event: Event,
    commitment: Json,
    kind: str,
    words: Json,
    at: datetime,
    soon: str = "",
) -> Json:
    """The commitment with one more reminder; without, when the moment for it has passed already."""
    if instant(at) <= event.time:
        return commitment
    id = f"{event.id}.{kind}.0"
    notice = notices.notice(event, kind, f"unit/{commitment['unit']}", words, soon)
    notices.put("cobuild", docs, id, {**notice, "at": instant(at)})
    return {**commitment, "reminders": {**commitment["reminders"], kind: id}}
