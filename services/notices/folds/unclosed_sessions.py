"""A session that is over and not closed: its host is told once, at its end, unless it is closed or cancelled before."""

from schemas.documents import Json, pick, without
from services.kit.log import Event
from services.kit.views import Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_host

KIND = "session_to_close"
LOG = "activities"


def remind(docs: Overlay, event: Event, session: Json, host: str) -> None:
    """Tells the host at the session's end; what was to be told at another moment is not."""
    words = pick(session, "title", "starts_at", "place")
    ends_at = session["ends_at"]
    if ends_at <= event.time or _is_told(docs, session, ends_at, words):
        return
    notice = notices.notice(event, KIND, to_host(host), words)
    notice["at"] = ends_at
    id = f"{event.id}.{KIND}.{session['id']}"
    notices.put(LOG, docs, id, notice)
    kept = _taken_back(docs, event, session)
    docs.put("sessions", kept | {"to_close": id})


def fold_over(docs: Overlay, event: Event) -> None:
    """Closed or cancelled: there is nothing left to do. A draft that is cancelled had nothing to be told."""
    content = event.data
    several = "sessions" in content
    ids = content["sessions"] if several else [content["session"]]
    for id in ids:
        session = _taken_back(docs, event, docs.the("sessions", id))
        docs.put("sessions", without(session, "comes_at") | {"over": True})


def _is_told(docs: Overlay, session: Json, at: str, words: Json) -> bool:
    if "to_close" not in session:
        return False
    notice = docs.the(notices.SOURCES[LOG], session["to_close"])
    return bool(notice["at"] == at and notice["words"] == words)


def _taken_back(docs: Overlay, event: Event, session: Json) -> Json:
    """The session, of which nobody is to be told any more that it is over."""
    if "to_close" in session:
        notices.take_back(LOG, docs, event, session["to_close"])
    return without(session, "to_close")
