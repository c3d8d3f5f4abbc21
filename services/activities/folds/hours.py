"""What is remembered of hours put right: by decision, by a role that was wrong, by news of another session."""

from schemas.documents import Json, without
from services.activities.folds.contests import put_right
from services.activities.folds.door import put_figures, put_standing
from services.activities.folds.seats import as_role
from services.activities.folds.subjects import the_seat, the_session
from services.activities.model.attendance import (
    decided,
    leaving_at,
    not_inside,
    scanned,
)
from services.activities.model.seating import seat_at
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_corrected(docs: Overlay, event: Event) -> None:
    seat = the_seat(docs, event)
    session = the_session(docs, event)
    after = decided(seat, session, event.data["attended"])
    put_standing(docs, after | {"recorded_by": event.data["by"]}, event)
    put_right(docs, seat)


def fold_recounted(docs: Overlay, event: Event) -> None:
    put_standing(docs, the_seat(docs, event), event)


def fold_settled(docs: Overlay, event: Event) -> None:
    """Of who did not check out; those who are counted left at the moment it says."""
    content = event.data
    session = the_session(docs, event)
    for settled in content["people"]:
        seat = seat_at(docs, session["id"], settled["person"])
        if settled["counted"]:
            recorded = seat | {"recorded_by": content["by"]}
            seat = scanned(recorded, session, leaving_at(content["at"]))
        put_figures(docs, not_inside(seat), settled, event)
    _put_to_settle(docs, session, event)


def _put_to_settle(docs: Overlay, session: Json, event: Event) -> None:
    """The session, with hours still to be settled or without."""
    if event.data["more"]:
        docs.change("sessions", session["id"], settle_hours_at=event.time)
    else:
        docs.put("sessions", without(session, "settle_hours_at"))


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    content = event.data
    now = as_role(content["to"]) | {"recorded_by": content["by"]}
    for changed in content["people"]:
        seat = seat_at(docs, content["session"], changed["person"])
        put_figures(docs, seat | now, changed, event)
        put_right(docs, seat)
    docs.change("activities", content["activity"])  # It is shown, as of this event.


OWN: Folds = {
    "hours_corrected.v1": fold_corrected,
    "hours_recounted.v1": fold_recounted,
    "roles_changed.v1": fold_roles_changed,
    "hours_settled.v1": fold_settled,
}
