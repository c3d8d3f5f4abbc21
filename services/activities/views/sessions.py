"""Sessions as they are shown: by themselves, in lists, and with the report one is closed with."""

from schemas.activities.sessions import STATES
from schemas.documents import Json, pick, pick_present
from services.activities.folds.sessions import SESSIONS
from services.activities.model.contents import grid_of
from services.activities.model.lifecycles import SESSION
from services.activities.model.roles import OF_HELPERS, roles_at, seating_of
from services.activities.rules.lookups import activity_kept, activity_seen, session_of
from services.activities.rules.online import shown_to
from services.activities.views import clocked, filters
from services.activities.views.closing import prefilled
from services.activities.views.pages import show_each
from services.district import territory
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import each
from services.kit.views import Find, Nothing, Overlay, Reads

OF_THE_ACTIVITY = {"campaign", "audience"}
NOBODY = {"taken": 0, "waiting": 0}


def get_session(views: Reads, question: Json, asked: Asked) -> Json:
    activity = activity_seen(views, question, asked)
    session = session_of(views, activity, question)
    return shown(views, session, asked)


def list_sessions(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of an activity, also of a draft one sees; or all that are public and asked for."""
    docs: Reads = views
    if "activity" in question:
        activity = activity_seen(views, question, asked)
        docs = _drafted(views, activity) if activity["shown"] == "hidden" else views
    sessions = _find(views, docs, question, asked)
    return show_each(sessions, lambda session: shown(views, session, asked))


def close_report(views: Reads, question: Json, asked: Asked) -> Json:
    """What is known of the session, and a report that only needs to be looked over."""
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    return prefilled(views, session)


def shown(views: Reads, session: Json, asked: Asked) -> Json:
    """As it is shown: with its id under both names, how full it is, and its state in the words of this moment."""
    beside = counts(views, session) | {"session": session["id"]}
    beside |= name_of(views, session["host"], "host_name")
    seen = shown_to(views, session, asked) | beside
    return clocked.session(seen, asked)


def counts(views: Reads, session: Json) -> Json:
    """How full it is; where all are helpers, what is said of them is said of all."""
    counted: Json = {}
    for role in roles_at(session):
        id = seating_of(session, role)
        seating = views.get("seatings", id) or NOBODY
        prefix = "" if id == session["id"] else "helpers_"
        counted[f"{prefix}taken"] = seating["taken"]
        counted[f"{prefix}waiting"] = seating["waiting"]
    return counted


def _drafted(views: Reads, activity: Json) -> Reads:
    """The sessions a draft would have, for those who write it and those who review it."""
    known = pick(activity, "host", "cohosts", "title", "category", "community")
    known |= territory.placed(activity["community"])
    known |= pick_present(activity, *OF_HELPERS)
    known |= {"activity": activity["id"]}
    content = views.the("contents", activity["id"])
    drafted = Overlay(Nothing())
    drafted.seq = activity["seq"]
    for plan in content["sessions"]:
        planned = known | grid_of(content, plan) | plan
        planned |= {"id": plan["session"]}
        drafted.put("sessions", SESSION.begun(planned))
    return drafted


def _find(views: Reads, docs: Reads, question: Json, asked: Asked) -> Json:
    """Those of `docs`, with what is under way at `since`. Of an activity or a host also those that are cancelled."""
    since = filters.begins_since(question)
    until = question.get("until")
    wheres = _wheres(question)
    finds = (Find("sessions", where, "starts_at", since, until) for where in wheres)

    def is_asked_for(session: Json) -> bool:
        if not _is_of_kind(views, session, question):
            return False
        if "free" not in question:
            return filters.has_places(session, question)
        return filters.has_room_for(docs, session, question, asked)

    return listed(docs, SESSIONS, question, *finds, sees=is_asked_for)


def _wheres(question: Json) -> list[Json]:
    named = pick_present(question, "activity", "host")
    where = named or {"shown": "public"}
    where |= territory.within(question)
    return [where | category for category in each(question, "category")]


def _is_of_kind(views: Reads, session: Json, question: Json) -> bool:
    if filters.is_over(session, question):
        return False
    if session["state"] not in question.get("state", STATES):
        return False
    if not OF_THE_ACTIVITY & question.keys():
        return True
    activity = filters.activity_of(views, session)
    return filters.is_for(activity, question)
