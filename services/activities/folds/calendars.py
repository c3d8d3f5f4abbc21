"""What is remembered of personal calendars: who has which address, known by its hash or by the calendar it names."""

from services.activities.model.lifecycles import CALENDAR
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("calendars"), Collection("calendar_addresses"))


def fold_issued(docs: Overlay, event: Event) -> None:
    content = event.data
    person = content["person"]
    issued = content | {"id": person, "issued_at": event.time}
    before = docs.get("calendars", person)
    if before is None:
        docs.put("calendars", CALENDAR.begun(issued))
    else:
        docs.put("calendars", CALENDAR.after(before | issued, "issue"))
    for known_by in (content["secret_hash"], content["calendar"]):
        docs.put("calendar_addresses", {"id": known_by, "person": person})


def fold_revoked(docs: Overlay, event: Event) -> None:
    calendar = docs.the("calendars", event.data["person"])
    docs.put("calendars", CALENDAR.after(calendar, "revoke"))


OWN: Folds = {"calendar_issued.v1": fold_issued, "calendar_revoked.v1": fold_revoked}
