"""What is remembered of a session: what it says, and beside that its seating, which changes with every sign-up."""

from datetime import datetime

from schemas.documents import Json
from services.activities.model.contents import first_of, grid_of, told
from services.activities.model.lifecycles import ACTIVITY, HELD, SESSION
from services.activities.model.roles import OF_HELPERS, places, seating_of, seatings_of
from services.activities.model.seating import POOLS, free_for, is_being_settled
from services.district.calendar import local_day
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
COLLECTIONS = (
    SESSIONS,
    Collection("seatings", (("settle_at",), ("id",))),
)
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
SAID_OF_THE_WHOLE = ("summary", "audience", "mode", "hours")
EMPTY = {
    **dict.fromkeys(
        ("taken", "taken_offline", "taken_walk_in", "offered", "tickets", "late"), 0
    ),
    **dict.fromkeys(("waiting", "requested"), 0),
    **dict.fromkeys(("attended", "attended_walk_in", "minutes", "attended_minutes"), 0),
    **dict.fromkeys(("kept_offline", "kept_walk_in"), 0),
}


def put_sessions(docs: Overlay, event: Event, activity: Json) -> None:
    """Every session the event tells of, as it is after it; those told of before keep their state and seats."""
    moved = event.data.get("moved", ())
    known = {
        name: activity[name]
        for name in (*OF_THE_ACTIVITY, *SAID_OF_THE_WHOLE, *OF_HELPERS)
        if name in activity
    }
    content = told(event)
    for plan in content["sessions"]:
        said = {name: value for name, value in plan.items() if name != "session"}
        before = docs.get("sessions", plan["session"])
        about = {
            **known,
            **grid_of(content, plan),
            **said,
            "id": plan["session"],
            "activity": activity["id"],
        }
        session = (
            _changed(before, about, plan["session"] in moved, event)
            if before
            else _new(about, event)
        )
        put_session(docs, session)
        for role, seats in places(plan, bool(known.get("all_help"))).items():
            _put_seating(docs, session, role, seats, event)


def _new(about: Json, event: Event) -> Json:
    return SESSION.begun({**about, "changes": 0, "changed_at": event.time})


def _changed(before: Json, about: Json, moved: bool, event: Event) -> Json:
    after = {**_without(before, "link"), **about}
    if after == before:
        return before
    now_moved = {"moved": 1} if moved else {}
    return {
        **after,
        **now_moved,
        "changes": before["changes"] + 1,
        "changed_at": event.time,
    }


def put_session(docs: Overlay, session: Json) -> None:
    """The session, which is to be closed after its end as long as it is not over."""
    known = {name: value for name, value in session.items() if name != "closes_at"}
    closes = (
        {"closes_at": session["ends_at"]}
        if session["state"] in SESSION.steps["close"].before
        else {}
    )
    shown = "cancelled" if session["state"] == "cancelled" else "public"
    docs.put("sessions", {**known, **closes, "shown": shown})


def _put_seating(
    docs: Overlay, session: Json, role: str, seats: Json, event: Event
) -> None:
    id = seating_of(session, role)
    before = docs.get("seatings", id)
    told = {name: value for name, value in seats.items() if name != "cutoff"}
    times = {"frees_at": seats["cutoff"], "starts_at": session["starts_at"]}
    of = {"id": id, "session": session["id"], "role": role}
    seating = {**(before or {**EMPTY, **of}), **told, **times}
    after = settled(seating, event)
    if before and _has_freed(before, seating, event):
        after = to_settle(after, event)
    if (
        seating["offered"] and event.time < seating["frees_at"]
    ):  # The cutoff was put off: offers become seats.
        after = {**after, "settle_at": event.time}
    docs.put("seatings", after)


def _has_freed(before: Json, seating: Json, event: Event) -> bool:
    """Whether there are seats to give away: more than before for somebody, or still those of an earlier change."""
    now = event.time
    more = any(
        free_for(pool, seating, now) > free_for(pool, before, now) for pool in POOLS
    )
    return more or is_being_settled(before, now)


def to_settle(seating: Json, event: Event) -> Json:
    """The seating when seats became free that nobody got yet: they are for those who wait."""
    return {**seating, "settle_at": event.time} if seating["waiting"] else seating


def settled(seating: Json, event: Event) -> Json:
    """The seating with nothing to give away, until the cutoff frees what was kept for those not online.

    Nobody waits any more when the session begins; one that is cancelled never does.
    """
    rest = {name: value for name, value in seating.items() if name != "settle_at"}
    later = (
        [seating["frees_at"]]
        if seating["kept_offline"] and event.time < seating["frees_at"]
        else []
    )
    if "starts_at" in seating and (seating["waiting"] or seating["requested"]):
        later.append(seating["starts_at"])
    return {**rest, "settle_at": min(later)} if later else rest


def looked_after(seating: Json, event: Event) -> Json:
    """The seating after a sign-up changed: what there is to give away is still to be given."""
    return (
        seating
        if seating.get("settle_at", "~") <= event.time
        else settled(seating, event)
    )


def fold_doors_opened(docs: Overlay, event: Event) -> None:
    """People are let in; whoever waits still does. At `begins_at` the session begins by itself."""
    session = docs.the("sessions", event.data["session"])
    put_session(
        docs,
        SESSION.after({**session, "begins_at": session["starts_at"]}, "open_doors"),
    )
    docs.put(
        "activities", docs.the("activities", event.data["activity"])
    )  # It says so, as of this event.


def _without(session: Json, gone: str) -> Json:
    return {name: value for name, value in session.items() if name != gone}


def fold_viewers(docs: Overlay, event: Event) -> None:
    """What was reported last, beside the session; no seat, hour or figure knows of it."""
    viewers, on = event.data["viewers"], event.data["on"]
    text = f"主办方按直播平台 {on} 的数字报告：{viewers} 人观看，不计入到场"
    session = docs.the("sessions", event.data["session"])
    put_session(
        docs, {**session, "viewers": viewers, "viewers_on": on, "viewers_text": text}
    )
    docs.put(
        "activities", docs.the("activities", event.data["activity"])
    )  # It says so, as of this event.


def fold_started(docs: Overlay, event: Event) -> None:
    """Old logs tell of sessions that were started before their time: those have begun."""
    activity = docs.the("activities", event.data["activity"])
    session = docs.the(
        "sessions",
        event.data["session"] if "session" in event.data else activity["session"],
    )
    put_session(docs, SESSION.after(_without(session, "begins_at"), "start"))
    for seating in (docs.the("seatings", id) for id in seatings_of(session)):
        if seating["waiting"] or seating["requested"]:
            docs.put("seatings", {**seating, "settle_at": event.time})
    docs.put("activities", _running(activity))


def _running(activity: Json) -> Json:
    return (
        activity
        if activity["state"] == "running"
        else ACTIVITY.after(activity, "start")
    )


def _to_settle_hours(event: Event) -> Json:
    """What is still to be done about those who did not check out."""
    chosen = event.data.get("without_checkout")
    return {"settles": chosen, "settle_hours_at": event.time} if chosen else {}


def fold_closed(docs: Overlay, event: Event) -> None:
    report = {"report": event.data["report"]} if "report" in event.data else {}
    session = docs.the("sessions", event.data["session"])
    late = {"closed_late": True} if _day(event.time) > _day(session["ends_at"]) else {}
    by = {"closed_by": event.actor} if event.actor else {}
    told = {**report, **late, **by, **_to_settle_hours(event), "closed_at": event.time}
    put_session(
        docs, SESSION.after({**_without(session, "begins_at"), **told}, "close")
    )
    activity = _running(docs.the("activities", event.data["activity"]))
    _put_less(docs, {**activity, **report, "held": activity["held"] + 1}, 1)


def fold_sessions_cancelled(docs: Overlay, event: Event) -> None:
    data = event.data
    gone = set(data["sessions"])
    for id in data["sessions"]:
        _cancel(docs, id, event)
    content = docs.the("contents", data["activity"])
    kept = [plan for plan in content["sessions"] if plan["session"] not in gone]
    docs.put("contents", {**content, "sessions": kept})
    activity = docs.the("activities", data["activity"])
    first = {**grid_of(content, kept[0]), **first_of(kept)}
    rest = {
        name: value
        for name, value in _without_use(activity, gone).items()
        if name != "grid"
    }
    _put_less(docs, {**rest, **first, "sessions_count": len(kept)}, len(gone))


def _without_use(activity: Json, sessions: set[str]) -> Json:
    """What was asked for sessions that are cancelled is freed by that: it is asked for no longer."""
    uses = [
        {**use, "state": "withdrawn"}
        if use["session"] in sessions and use["state"] in HELD
        else use
        for use in activity["offerings"]
    ]
    return {**activity, "offerings": uses}


def _day(moment: str) -> str:
    return local_day(datetime.fromisoformat(moment))


def _put_less(docs: Overlay, activity: Json, over: int) -> None:
    """The activity with `over` sessions fewer before it; with none it is over."""
    after = {**activity, "left": activity["left"] - over}
    docs.put("activities", after if after["left"] else ACTIVITY.after(after, "close"))


def fold_activity_cancelled(docs: Overlay, event: Event) -> None:
    data = event.data
    activity = docs.the("activities", data["activity"])
    sessions = data["sessions"] if "sessions" in data else [data["session"]]
    for id in sessions:
        if docs.get("sessions", id) is not None:  # A draft has none yet.
            _cancel(docs, id, event)
    activity = _without_use(activity, set(sessions))
    after = ACTIVITY.after({**activity, "reason": data["reason"], "left": 0}, "cancel")
    docs.put(
        "activities",
        {**after, "shown": "hidden" if activity["shown"] == "hidden" else "cancelled"},
    )


def _cancel(docs: Overlay, id: str, event: Event) -> None:
    session = docs.the("sessions", id)
    told = {
        "reason": event.data["reason"],
        "changes": session["changes"] + 1,
        "changed_at": event.time,
    }
    put_session(
        docs, SESSION.after({**_without(session, "begins_at"), **told}, "cancel")
    )
    for seating in (docs.the("seatings", one) for one in seatings_of(session)):
        docs.put(
            "seatings",
            {
                name: value
                for name, value in seating.items()
                if name not in {"settle_at", "starts_at"}
            },
        )


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
