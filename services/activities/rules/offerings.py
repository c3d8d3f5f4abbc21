"""Offerings an activity asks the units for, for a session: requested here, granted or declined by `cobuild`."""

from collections.abc import Collection

from schemas.activities.contents import MOST_OFFERINGS
from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY, HELD
from services.activities.rules.authority import now_text
from services.activities.rules.lookups import activity_kept, postable, session_id_of
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Event, Fact
from services.kit.views import Reads


def request_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = postable(docs, command, asked, "request_offering")
    session = session_id_of(activity, command)
    if _use(activity, session, command["offering"], HELD):
        raise Refused("already_requested", "已经申请过这项资源", path="offering")
    if len(activity["offerings"]) >= MOST_OFFERINGS:
        raise Refused(
            "too_many_offerings",
            f"一个活动最多申请 {MOST_OFFERINGS} 项资源",
            path="offering",
        )
    plan = _planned(docs, activity, session)
    if plan["starts_at"] <= now_text(asked):
        raise Refused(
            "already_begun", "这一场已到开始时间，不能再申请资源", path="session"
        )
    told = {"session": session, "offering": command["offering"]}
    return ACTIVITY.fact(
        "offering_requested.v1",
        activity["id"],
        {**told, "host": activity["host"], "starts_at": plan["starts_at"]},
    )


def withdraw_offering_request(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = activity_kept(docs, command, asked)
    session = session_id_of(activity, command)
    if not _use(activity, session, command["offering"], HELD):
        raise Refused(
            "not_requested",
            "没有申请这项资源，或申请没有通过、已经撤回",
            path="offering",
        )
    held = docs.get("sessions", session)
    if held is not None and held["state"] != "planned":
        raise Refused(
            "already_begun", "这一场已经开始，用过的资源不能再撤回", path="session"
        )
    return ACTIVITY.fact(
        "offering_request_withdrawn.v1",
        activity["id"],
        {"session": session, "offering": command["offering"]},
    )


def note_reserved(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    return _noted(docs, event, "offering_granted.v1", {"requested"}, {})


def note_declined(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Also after a grant: withdrawn and asked for again at once, the first answer may seem to be the second's."""
    return _noted(
        docs, event, "offering_refused.v1", HELD, {"reason": event.data["reason"]}
    )


def held_offerings(activity: Json, sessions: set[str] | None = None) -> list[str]:
    """The offerings asked for and neither refused nor withdrawn, of these sessions or of all."""
    return [
        use["offering"]
        for use in activity["offerings"]
        if use["state"] in HELD and (sessions is None or use["session"] in sessions)
    ]


def _planned(docs: Reads, activity: Json, session: str) -> Json:
    for plan in docs.the("contents", activity["id"])["sessions"]:
        if plan["session"] == session:
            return dict(plan)
    raise Unknown(f"《{activity['title']}》没有编号为 {session} 的场次", path="session")


def _noted(
    docs: Reads, event: Event, type: str, states: Collection[str], more: Json
) -> Fact | None:
    """None when the request was withdrawn meanwhile: what was reserved is released by that."""
    activity = docs.the("activities", event.data["activity"])
    session = event.data["session"] if "session" in event.data else activity["session"]
    if not _use(activity, session, event.data["offering"], states):
        return None
    return ACTIVITY.fact(
        type,
        activity["id"],
        {"session": session, "offering": event.data["offering"], **more},
    )


def _use(activity: Json, session: str, offering: str, states: Collection[str]) -> bool:
    return any(
        (use["session"], use["offering"]) == (session, offering)
        and use["state"] in states
        for use in activity["offerings"]
    )
