"""What is remembered of a host's messages: that there were, to whom, and how many on the last day."""

from schemas.documents import pick
from services.activities.folds import tallies
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("host_messages", (("activity", "at"),)),)


def message_tally(activity: str) -> str:
    return f"messages/{activity}"


def fold_sent(docs: Overlay, event: Event) -> None:
    content = event.data
    message = pick(content, "activity", "sessions", "by") | {
        "id": content["note"],
        "at": event.time,
        "deleted": False,
    }
    docs.put("host_messages", message)
    tallies.count(docs, message_tally(content["activity"]), event)


def fold_deleted(docs: Overlay, event: Event) -> None:
    docs.change("host_messages", event.data["note"], deleted=True)


OWN: Folds = {"signed_up_told.v1": fold_sent, "host_message_deleted.v1": fold_deleted}
