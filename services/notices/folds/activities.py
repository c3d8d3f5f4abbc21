"""What is told of activities, to who hosts and who reviews; and what must be known of them and of their sessions."""

from functools import partial

from schemas.documents import Json, pick, pick_present, without
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices, unclosed_sessions
from services.notices.folds.subjects import the_activity
from services.notices.model.addressees import to_host

COLLECTIONS = (
    Collection("activities"),
    Collection("sessions", (("comes_at",),)),  # Those that are published and not over.
)
tell = partial(notices.tell, "activities")


def sessions_of(content: Json) -> list[Json]:
    """Of both versions of what was posted: the first had one session, beside the rest."""
    sessions: list[Json] = content.get("sessions", [content])
    return sessions


def fold_posted(docs: Overlay, event: Event) -> None:
    content = event.data
    id = content["activity"]
    before = docs.get("activities", id) or {"submitted": False}
    known = pick(content, "title", "host", "community")
    docs.put("activities", before | known | {"id": id})
    for plan in sessions_of(content):
        _put_session(docs, content, plan)


def _put_session(docs: Overlay, content: Json, plan: Json) -> None:
    """As it is planned now, with what became of it so far."""
    id = plan["session"]
    before = docs.get("sessions", id) or {}
    about = pick(content, "activity", "title") | {"id": id}
    planned = pick_present(plan, "starts_at", "ends_at", "place", "link")
    docs.put("sessions", without(before, "link") | about | planned)


def fold_submitted(docs: Overlay, event: Event) -> None:
    activity = docs.change("activities", event.data["activity"], submitted=True)
    street = territory.street_of(activity["community"])
    words = pick(activity, "title")
    tell(docs, event, "activity_to_review", [street], words)


def fold_changed(docs: Overlay, event: Event) -> None:
    """Published, or as it is after a change: when each session is over there is something to do."""
    fold_posted(docs, event)
    for plan in sessions_of(event.data):
        session = docs.the("sessions", plan["session"])
        if not session.get("over"):
            starts = session["starts_at"]
            coming = docs.change("sessions", session["id"], comes_at=starts)
            unclosed_sessions.remind(docs, event, coming, event.data["host"])


def fold_published(docs: Overlay, event: Event) -> None:
    fold_changed(docs, event)
    activity = the_activity(docs, event)
    if activity["submitted"]:
        docs.change("activities", activity["id"], submitted=False)
        to = [to_host(activity["host"])]
        words = pick(activity, "title")
        tell(docs, event, "activity_approved", to, words)


def fold_returned(docs: Overlay, event: Event) -> None:
    activity = docs.change("activities", event.data["activity"], submitted=False)
    words = pick(activity, "title") | pick(event.data, "reason")
    to = [to_host(activity["host"])]
    tell(docs, event, "activity_returned", to, words)


FOLDS: Folds = {
    "activity_drafted.v1": fold_posted,
    "activity_drafted.v2": fold_posted,
    "activity_revised.v1": fold_posted,
    "activity_revised.v2": fold_posted,
    "activity_changed.v1": fold_changed,
    "activity_published.v1": fold_published,
    "activity_published.v2": fold_published,
    "activity_submitted.v1": fold_submitted,
    "activity_returned.v1": fold_returned,
    "activity_closed.v1": unclosed_sessions.fold_over,
    "session_closed.v1": unclosed_sessions.fold_over,
    "activity_cancelled.v1": unclosed_sessions.fold_over,
    "activity_cancelled.v2": unclosed_sessions.fold_over,
    "sessions_cancelled.v1": unclosed_sessions.fold_over,
}
