"""What people have read."""

from datetime import datetime, timedelta

from schemas.fields import instant
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("marks", (("person", "of"),)), Collection("readers"))
A_MOMENT = timedelta(milliseconds=1)


def fold_read(docs: Overlay, event: Event) -> None:
    mark = event.data
    id = f"{mark['person']}:{mark['notice']}"
    docs.put("marks", mark | {"id": id})


def fold_all_read(docs: Overlay, event: Event) -> None:
    person = event.data["person"]
    upto = event.data["upto"]
    later = instant(datetime.fromisoformat(upto) + A_MOMENT)
    docs.put("readers", {"id": person, "upto": upto, "unread_since": later})


OWN: Folds = {"notice_read.v1": fold_read, "notices_read.v1": fold_all_read}
