"""A session that is over and not closed: its host is told once, at its end, unless it is closed or cancelled before."""

from functools import partial

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Overlay
from services.notices.folds import notices

KIND = "session_to_close"
SAID = ("title", "starts_at", "place")
take_back = partial(notices.take_back, "activities")


def remind(docs: Overlay, event: Event, session: Json, host: str) -> None:
    """Tells the host at the session's end; what was to be told at another moment is not."""
    says = {"at": session["ends_at"], "words": {name: session[name] for name in SAID}}
    if session["ends_at"] <= event.time or _is_told(docs, session, says):
        return
    id = f"{event.id}.{KIND}.{session['id']}"
    notices.put(
        "activities",
        docs,
        id,
        {**notices.notice(event, KIND, notices.host(host), says["words"]), **says},
    )
    docs.put("sessions", {**_without(docs, event, session), "to_close": id})


def fold_over(docs: Overlay, event: Event) -> None:
    """Closed or cancelled: there is nothing left to do. A draft that is cancelled had nothing to be told."""
    for id in (
        event.data["sessions"] if "sessions" in event.data else [event.data["session"]]
    ):
        session = _without(docs, event, docs.the("sessions", id))
        held = {name: value for name, value in session.items() if name != "comes_at"}
        docs.put("sessions", {**held, "over": True})


def _is_told(docs: Overlay, session: Json, says: Json) -> bool:
    if "to_close" not in session:
        return False
    notice = docs.the(notices.SOURCES["activities"], session["to_close"])
    return all(notice[name] == value for name, value in says.items())


def _without(docs: Overlay, event: Event, session: Json) -> Json:
    if "to_close" in session:
        take_back(docs, event, session["to_close"])
    return {name: value for name, value in session.items() if name != "to_close"}
