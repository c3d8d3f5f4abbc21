"""Reminders of a deadline: written when it is set, told when it is near, taken back when it no longer matters."""

from datetime import datetime, timedelta

from schemas.documents import Json, without
from schemas.fields import instant
from services.kit.log import Event
from services.kit.views import Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_unit

BEFORE_LEASE_ENDS = timedelta(hours=4)
BEFORE_DUE = timedelta(hours=24)


def before_lease_ends(
    docs: Overlay, event: Event, commitment: Json, words: Json, until: str
) -> Json:
    """The commitment, of whose lease its unit is reminded."""
    words = words | {"lease_until": until}
    at = datetime.fromisoformat(until) - BEFORE_LEASE_ENDS
    return _reminded(docs, event, commitment, "lease_ends_soon", words, at, until)


def before_due(
    docs: Overlay, event: Event, commitment: Json, words: Json, due_at: str
) -> Json:
    """The commitment, of whose due date its unit is reminded, and of no other before."""
    commitment = without_reminders(docs, event, commitment, "due_soon")
    at = datetime.fromisoformat(due_at) - BEFORE_DUE
    return _reminded(docs, event, commitment, "due_soon", words, at)


def without_reminders(
    docs: Overlay, event: Event, commitment: Json, *kinds: str
) -> Json:
    """The commitment without reminders of these kinds: they matter no more."""
    reminders = commitment["reminders"]
    for kind in kinds:
        if kind in reminders:
            notices.take_back("cobuild", docs, event, reminders[kind])
    return commitment | {"reminders": without(reminders, *kinds)}


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
    to = to_unit(commitment["unit"])
    notice = notices.notice(event, kind, to, words, soon)
    notice["at"] = instant(at)
    id = f"{event.id}.{kind}.0"
    notices.put("cobuild", docs, id, notice)
    reminders = commitment["reminders"] | {kind: id}
    return commitment | {"reminders": reminders}
