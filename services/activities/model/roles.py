"""The seating somebody sits in, and what holds for them there: helpers have seats, a cutoff and terms of their own."""

from schemas.activities.roles import HELPER, PARTICIPANT, ROLES
from schemas.documents import Json, pick, pick_present
from services.kit.errors import Refused

OF_HELPERS = ("helper_terms", "helper_hours", "all_help")


def role_of(session: Json, payload: Json) -> str:
    """As what somebody comes. Where all places are helpers', nobody comes as anything else.

    Raises `Refused` when the session has no such places.
    """
    only = HELPER if session.get("all_help") else PARTICIPANT
    role = str(payload.get("role", only))
    title = session["title"]
    if role == HELPER and not has_helpers(session):
        says = f"《{title}》的这一场没有志愿者岗位"
        raise Refused("no_helper_places", says, path="role")
    if role != HELPER == only:
        says = f"《{title}》的名额都是志愿者岗位"
        raise Refused("only_helper_places", says, path="role")
    return role


def has_helpers(session: Json) -> bool:
    """Also where their places were taken back to none: who sits there helps."""
    return bool(session.get("all_help")) or "helpers" in session


def told_as(role: str) -> Json:
    """What an event says of it."""
    return {"role": HELPER} if role == HELPER else {}


def of_event(data: Json) -> str:
    """As what somebody comes, by what an event says of it."""
    return str(data.get("role", PARTICIPANT))


def seating_of(session: Json, role: str) -> str:
    """The id of the seating: those who take part sit in that of the session, helpers beside it."""
    apart = role == HELPER and not session.get("all_help")
    return helpers_of(session["id"]) if apart else str(session["id"])


def helpers_of(session: str) -> str:
    """The seating beside that of the session."""
    return f"{session}:helpers"


def seatings_of(session: Json) -> list[str]:
    """The ids of its seatings, each once."""
    ids = (seating_of(session, role) for role in roles_at(session))
    return list(dict.fromkeys(ids))


def roles_at(session: Json) -> list[str]:
    """As what one may come."""
    if session.get("all_help"):
        return [HELPER]
    return list(ROLES) if has_helpers(session) else [PARTICIPANT]


def as_for(session: Json, role: str) -> Json:
    """The session as it is for those who come as that: with their seating, cutoff and terms."""
    seating = seating_of(session, role)
    if seating == session["id"]:
        return session | {"seating": seating}
    cutoff = session.get("helpers_cutoff", session["cutoff"])
    terms = session.get("helper_terms", {})
    return session | {
        "seating": seating,
        "cutoff": cutoff,
        "terms": terms,
    }


def hours_for(session: Json, role: str) -> str:
    """How the time of who comes counts: from in to out, unless the session says otherwise."""
    hours = str(session.get("hours", "in_out"))
    if role != HELPER:
        return hours
    return str(session.get("helper_hours", hours))


def places(plan: Json, all_help: bool) -> dict[str, Json]:
    """`{role: {capacity, cutoff, kept_offline, kept_walk_in}}` of a session as it is told."""
    none_kept = {
        "kept_offline": 0,
        "kept_walk_in": 0,
    }
    own = none_kept | pick(plan, "capacity", "cutoff") | pick_present(plan, *none_kept)
    if all_help:
        return {HELPER: own}
    if "helpers" not in plan:
        return {PARTICIPANT: own}
    cutoff = plan.get("helpers_cutoff", plan["cutoff"])
    helping = none_kept | {"capacity": plan["helpers"], "cutoff": cutoff}
    return {
        PARTICIPANT: own,
        HELPER: helping,
    }
