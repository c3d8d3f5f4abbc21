"""What an event is about, as it is remembered so far. The log says that it must be: all raise `KeyError` else."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Overlay


def the_activity(docs: Overlay, event: Event) -> Json:
    return docs.the("activities", event.data["activity"])


def the_session(docs: Overlay, event: Event) -> Json:
    return docs.the("sessions", event.data["session"])


def the_signup(docs: Overlay, event: Event) -> Json:
    return docs.the("signups", event.data["signup"])


def the_branch(docs: Overlay, event: Event) -> Json:
    return docs.the("branches", event.data["branch"])


def the_unit(docs: Overlay, event: Event) -> Json:
    return docs.the("units", event.data["unit"])


def the_partner(docs: Overlay, event: Event) -> Json:
    return docs.the("partners", event.data["partner"])


def the_need(docs: Overlay, event: Event) -> Json:
    return docs.the("needs", event.data["need"])


def the_commitment(docs: Overlay, event: Event) -> Json:
    return docs.the("commitments", event.data["commitment"])
