"""What is remembered of personal calendars: who has which address, known by its hash or by the calendar it names."""

from services.activities.model.lifecycles import CALENDAR
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("calendars"), Collection("calendar_addresses"))


def fold_issued(docs: Overlay, event: Event) -> None:
    data = event.data
    calendar = {"id": data["person"], "issued_at": event.time, **data}
    before = docs.get("calendars", data["person"])
    docs.put(
        "calendars",
        CALENDAR.after({**before, **calendar}, "issue")
        if before
        else CALENDAR.begun(calendar),
    )
    for known_by in (data["secret_hash"], data["calendar"]):
        docs.put("calendar_addresses", {"id": known_by, "person": data["person"]})


def fold_revoked(docs: Overlay, event: Event) -> None:
    docs.put(
        "calendars",
        CALENDAR.after(docs.the("calendars", event.data["person"]), "revoke"),
    )


OWN: Folds = {"calendar_issued.v1": fold_issued, "calendar_revoked.v1": fold_revoked}
