"""What people have read."""

from datetime import datetime, timedelta

from schemas.fields import instant
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("marks", (("person", "of"),)), Collection("readers"))


def fold_read(docs: Overlay, event: Event) -> None:
    docs.put(
        "marks", {"id": f"{event.data['person']}:{event.data['notice']}", **event.data}
    )


def fold_all_read(docs: Overlay, event: Event) -> None:
    later = datetime.fromisoformat(event.data["upto"]) + timedelta(milliseconds=1)
    docs.put(
        "readers",
        {
            "id": event.data["person"],
            "upto": event.data["upto"],
            "unread_since": instant(later),
        },
    )


OWN: Folds = {"notice_read.v1": fold_read, "notices_read.v1": fold_all_read}
