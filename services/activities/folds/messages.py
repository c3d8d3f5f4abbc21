"""What is remembered of a host's messages: that there were, to whom, and how many on the last day."""

from services.activities.folds.signers import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("host_messages", (("activity", "at"),)),)


def message_tally(activity: str) -> str:
    return f"messages/{activity}"


def fold_told(docs: Overlay, event: Event) -> None:
    said = {name: event.data[name] for name in ("activity", "sessions", "by")}
    docs.put(
        "host_messages",
        {"id": event.data["note"], **said, "at": event.time, "deleted": False},
    )
    tally = message_tally(event.data["activity"])
    docs.put(
        "tallies", {"id": tally, **one_more(docs.get("tallies", tally), day_of(event))}
    )


def fold_deleted(docs: Overlay, event: Event) -> None:
    docs.put(
        "host_messages",
        {**docs.the("host_messages", event.data["note"]), "deleted": True},
    )


OWN: Folds = {"signed_up_told.v1": fold_told, "host_message_deleted.v1": fold_deleted}
