"""What an event is about, as it is remembered so far. The log says that it must be: all raise `KeyError` else."""

from schemas.documents import Json
from services.activities.model.seating import seat_id
from services.kit.log import Event
from services.kit.views import Overlay


def the_activity(docs: Overlay, event: Event) -> Json:
    return docs.the("activities", event.data["activity"])


def the_session(docs: Overlay, event: Event) -> Json:
    return docs.the("sessions", event.data["session"])


def the_signup(docs: Overlay, event: Event) -> Json:
    return docs.the("signups", event.data["signup"])


def the_seat(docs: Overlay, event: Event) -> Json:
    """That of the person in the session."""
    id = seat_id(event.data["session"], event.data["person"])
    return docs.the("seats", id)


def the_contest(docs: Overlay, event: Event) -> Json:
    return docs.the("contests", event.data["contest"])
