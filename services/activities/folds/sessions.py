"""What is remembered of a session: what it says, what became of it, and what that makes of its activity."""

from collections.abc import Sequence
from datetime import datetime

from schemas.documents import Json, if_any, pick, pick_present, without
from services.activities.folds.seating import put_seating, seatings_at
from services.activities.folds.subjects import the_activity, the_session
from services.activities.model.contents import first_of, grid_of, told
from services.activities.model.lifecycles import ACTIVITY, HELD, SESSION
from services.activities.model.roles import OF_HELPERS, places
from services.district.calendar import day_in_words, day_of, local_day
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

PLACES = ("community", "street", "district")
SESSIONS = Collection(
    "sessions",
    (
        ("activity", "starts_at"),
        ("host", "shown", "starts_at"),
        ("host", "starts_at"),
        *(("shown", place, "category", "starts_at") for place in PLACES),
        *(("shown", place, "starts_at") for place in PLACES),
        ("shown", "category", "starts_at"),
        ("shown", "starts_at"),
        ("moved", "starts_at"),
        ("begins_at",),
        ("settle_hours_at",),
        ("closes_at",),
        *((where, "closes_at") for where in ("host", *PLACES)),
    ),
)
COLLECTIONS = (SESSIONS,)
OF_THE_ACTIVITY = (
    "host",
    "cohosts",
    "title",
    "category",
    "community",
    "street",
    "district",
    "terms",
)
# What people must know, where it is said: a session is another one when any of it is.
OF_THE_WHOLE = ("summary", "audience", "mode", "hours")
KNOWN = (*OF_THE_ACTIVITY, *OF_THE_WHOLE, *OF_HELPERS)


def put_sessions(docs: Overlay, event: Event, activity: Json) -> None:
    """Every session the event tells of, as it is after it; those told of before keep their state and seats."""
    known = pick_present(activity, *KNOWN) | {"activity": activity["id"]}
    all_help = bool(known.get("all_help"))
    content = told(event)
    for plan in content["sessions"]:
        planned = known | grid_of(content, plan) | without(plan, "session")
        planned["id"] = plan["session"]
        session = _after(docs, event, planned)
        put_session(docs, session)
        for role, seats in places(plan, all_help).items():
            put_seating(docs, session, role, seats, event)


def _after(docs: Overlay, event: Event, planned: Json) -> Json:
    """The session with its state: to be held, or as it was before it changed."""
    before = docs.get("sessions", planned["id"])
    if before is None:
        unchanged = {"changes": 0, "changed_at": event.time}
        return SESSION.begun(planned | unchanged)
    after = without(before, "link") | planned
    if after == before:
        return before
    if planned["id"] in event.data.get("moved", ()):
        after["moved"] = 1
    return after | _changed(before, event)


def _changed(session: Json, event: Event) -> Json:
    """`{changes, changed_at}`: it is another version of what people must know."""
    return {"changes": session["changes"] + 1, "changed_at": event.time}


def put_session(docs: Overlay, session: Json) -> None:
    """The session, which is to be closed after its end as long as it is not over."""
    is_cancelled = session["state"] == "cancelled"
    shown = {"shown": "cancelled" if is_cancelled else "public"}
    if session["state"] in SESSION.steps["close"].before:
        shown["closes_at"] = session["ends_at"]
    docs.put("sessions", without(session, "closes_at") | shown)


def fold_doors_opened(docs: Overlay, event: Event) -> None:
    """People are let in; whoever waits still does. At `begins_at` the session begins by itself."""
    session = the_session(docs, event)
    opened = session | {"begins_at": session["starts_at"]}
    put_session(docs, SESSION.after(opened, "open_doors"))
    _says_so(docs, event)


def fold_viewers(docs: Overlay, event: Event) -> None:
    """What was reported last, beside the session; no seat, hour or figure knows of it."""
    viewers = event.data["viewers"]
    on = event.data["on"]
    day = day_in_words(on)
    text = f"主办方按直播平台 {day} 的数字报告：{viewers} 人观看，不计入到场"
    session = the_session(docs, event)
    reported = {"viewers": viewers, "viewers_on": on, "viewers_text": text}
    put_session(docs, session | reported)
    _says_so(docs, event)


def _says_so(docs: Overlay, event: Event) -> None:
    """The activity shows it, as of this event."""
    docs.change("activities", event.data["activity"])


def fold_started(docs: Overlay, event: Event) -> None:
    """Old logs tell of sessions that were started before their time: those have begun."""
    activity = the_activity(docs, event)
    id = event.data["session"] if "session" in event.data else activity["session"]
    session = without(docs.the("sessions", id), "begins_at")
    put_session(docs, SESSION.after(session, "start"))
    for seating in seatings_at(docs, session):
        if seating["waiting"] or seating["requested"]:
            docs.change("seatings", seating["id"], settle_at=event.time)
    docs.put("activities", _running(activity))


def _running(activity: Json) -> Json:
    if activity["state"] == "running":
        return activity
    return ACTIVITY.after(activity, "start")


def fold_closed(docs: Overlay, event: Event) -> None:
    report = pick_present(event.data, "report")
    session = the_session(docs, event)
    closed = without(session, "begins_at") | report
    closed["closed_at"] = event.time
    closed |= if_any(closed_by=event.actor)
    closed |= _to_settle_hours(event)
    if _is_late(session, event):
        closed["closed_late"] = True
    put_session(docs, SESSION.after(closed, "close"))
    activity = _running(the_activity(docs, event)) | report
    activity["held"] += 1
    _put_less(docs, activity, 1)


def _is_late(session: Json, event: Event) -> bool:
    """Whether it was closed after the day it ended."""
    ends = datetime.fromisoformat(session["ends_at"])
    return day_of(event.time) > local_day(ends)


def _to_settle_hours(event: Event) -> Json:
    """What is still to be done about those who did not check out."""
    chosen = event.data.get("without_checkout")
    return {"settles": chosen, "settle_hours_at": event.time} if chosen else {}


def fold_sessions_cancelled(docs: Overlay, event: Event) -> None:
    gone = event.data["sessions"]
    for id in gone:
        _cancel(docs, id, event)
    content = docs.the("contents", event.data["activity"])
    left = [plan for plan in content["sessions"] if plan["session"] not in gone]
    docs.change("contents", content["id"], sessions=left)
    activity = docs.the("activities", content["id"])
    after = without(_without_use(activity, gone), "grid")
    after |= grid_of(content, left[0])
    after |= first_of(left)
    after["sessions_count"] = len(left)
    _put_less(docs, after, len(gone))


def fold_activity_cancelled(docs: Overlay, event: Event) -> None:
    content = event.data
    sessions = content["sessions"] if "sessions" in content else [content["session"]]
    for id in sessions:
        if docs.get("sessions", id) is not None:  # A draft has none yet.
            _cancel(docs, id, event)
    activity = the_activity(docs, event)
    over = _without_use(activity, sessions) | pick(content, "reason")
    over["left"] = 0
    is_hidden = activity["shown"] == "hidden"
    over["shown"] = "hidden" if is_hidden else "cancelled"
    docs.put("activities", ACTIVITY.after(over, "cancel"))


def _without_use(activity: Json, sessions: Sequence[str]) -> Json:
    """What was asked for sessions that are cancelled is freed by that: it is asked for no longer."""
    uses = []
    for use in activity["offerings"]:
        is_freed = use["session"] in sessions and use["state"] in HELD
        uses.append(use | {"state": "withdrawn"} if is_freed else use)
    return activity | {"offerings": uses}


def _put_less(docs: Overlay, activity: Json, over: int) -> None:
    """The activity with `over` sessions fewer before it; with none it is over."""
    after = activity | {"left": activity["left"] - over}
    docs.put("activities", after if after["left"] else ACTIVITY.after(after, "close"))


def _cancel(docs: Overlay, id: str, event: Event) -> None:
    """The session; and nothing is given away any more of what one could sit on there."""
    session = without(docs.the("sessions", id), "begins_at")
    cancelled = session | pick(event.data, "reason") | _changed(session, event)
    put_session(docs, SESSION.after(cancelled, "cancel"))
    for seating in seatings_at(docs, session):
        docs.put("seatings", without(seating, "settle_at", "starts_at"))


OWN: Folds = {
    "activity_started.v1": fold_started,
    "doors_opened.v1": fold_doors_opened,
    "viewers_reported.v1": fold_viewers,
    "session_started.v1": fold_started,
    "activity_closed.v1": fold_closed,
    "session_closed.v1": fold_closed,
    "sessions_cancelled.v1": fold_sessions_cancelled,
    "activity_cancelled.v1": fold_activity_cancelled,
    "activity_cancelled.v2": fold_activity_cancelled,
}
