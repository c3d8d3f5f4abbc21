"""Offerings an activity asks the units for, for a session: requested here, granted or declined by `cobuild`."""

from collections.abc import Collection

from schemas.activities.contents import MOST_OFFERINGS
from schemas.documents import Json, pick
from services.activities.model.lifecycles import ACTIVITY, HELD
from services.activities.rules.authority import now_text
from services.activities.rules.lookups import activity_kept, postable, session_id_of
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Event, Fact
from services.kit.views import Reads


def request_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For a session that has not begun. Raises `Refused` while the same is asked for already."""
    activity = postable(docs, command, asked, "request_offering")
    session = session_id_of(activity, command)
    offering = command["offering"]
    _must_be_one_more(activity, session, offering)
    starts_at = _planned(docs, activity, session)["starts_at"]
    if starts_at <= now_text(asked):
        says = "这一场已到开始时间，不能再申请资源"
        raise Refused("already_begun", says, path="session")
    content = {
        "session": session,
        "offering": offering,
        "starts_at": starts_at,
        "host": activity["host"],
    }
    return ACTIVITY.fact("offering_requested.v1", activity["id"], content)


def _must_be_one_more(activity: Json, session: str, offering: str) -> None:
    if _has_use(activity, session, offering, HELD):
        raise Refused("already_requested", "已经申请过这项资源", path="offering")
    if len(activity["offerings"]) >= MOST_OFFERINGS:
        says = f"一个活动最多申请 {MOST_OFFERINGS} 项资源"
        raise Refused("too_many_offerings", says, path="offering")


def withdraw_offering_request(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` when nothing is asked for, or it may have been used."""
    activity = activity_kept(docs, command, asked)
    session = session_id_of(activity, command)
    offering = command["offering"]
    if not _has_use(activity, session, offering, HELD):
        says = "没有申请这项资源，或申请没有通过、已经撤回"
        raise Refused("not_requested", says, path="offering")
    published = docs.get("sessions", session)
    if published is not None and published["state"] != "planned":
        says = "这一场已经开始，用过的资源不能再撤回"
        raise Refused("already_begun", says, path="session")
    content = {
        "session": session,
        "offering": offering,
    }
    return ACTIVITY.fact("offering_request_withdrawn.v1", activity["id"], content)


def note_reserved(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """None when nobody asks for it any more."""
    return _noted(docs, event, "offering_granted.v1", {"requested"}, {})


def note_declined(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Also after a grant: withdrawn and asked for again at once, the first answer may seem to be the second's."""
    reason = pick(event.data, "reason")
    return _noted(docs, event, "offering_refused.v1", HELD, reason)


def held_offerings(activity: Json, sessions: set[str] | None = None) -> list[str]:
    """The offerings asked for and neither refused nor withdrawn, of these sessions or of all."""
    held = [use for use in activity["offerings"] if use["state"] in HELD]
    if sessions is not None:
        held = [use for use in held if use["session"] in sessions]
    return [use["offering"] for use in held]


def _planned(docs: Reads, activity: Json, session: str) -> Json:
    for plan in docs.the("contents", activity["id"])["sessions"]:
        if plan["session"] == session:
            return dict(plan)
    raise Unknown(f"《{activity['title']}》没有这一场", path="session")


def _noted(
    docs: Reads, event: Event, type: str, states: Collection[str], more: Json
) -> Fact | None:
    """None when the request was withdrawn meanwhile: what was reserved is released by that."""
    activity = docs.the("activities", event.data["activity"])
    session = str(event.data.get("session", activity["session"]))
    offering = event.data["offering"]
    if not _has_use(activity, session, offering, states):
        return None
    content = {"session": session, "offering": offering} | more
    return ACTIVITY.fact(type, activity["id"], content)


def _has_use(
    activity: Json, session: str, offering: str, states: Collection[str]
) -> bool:
    """Whether the offering was asked for, for that session, and this stands so."""
    asked_for = {"session": session, "offering": offering}
    uses = [use for use in activity["offerings"] if use["state"] in states]
    return any(pick(use, *asked_for) == asked_for for use in uses)
