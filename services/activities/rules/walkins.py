"""Somebody who simply comes: a seat, when one is free that nobody waits for, and the check-in, in one.

Once the session has begun nobody waits any more, and a record is owed to whoever came: then the keeper says why there
are more people than seats, and it is kept.
"""

from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import called, principal
from services.activities.model.attendance import scanned
from services.activities.model.lifecycles import ACTIVITY, SIGNUP, STANDING
from services.activities.model.roles import as_for, role_of, told_as
from services.activities.model.seating import free_for, is_being_settled
from services.activities.rules.authority import now_text
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.eligibility import admitted
from services.activities.rules.guests import named
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.rules.minutes import figures
from services.activities.rules.places import has_begun
from services.activities.rules.proofs import Seen, by_the_keeper, must_be_unused
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads

NOBODY: Json = {"scans": [], "attended": False, "minutes": 0, "hours": "scanned"}
PLACES = {PARTICIPANT: "名额", HELPER: "志愿者岗位"}
OF_MEMBER = ("relation", "community", "household", "guardian", "born")


def walk_in(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    activity = activity_kept(docs, command, asked)
    session = session_of(docs, activity, command)
    must_take_marks(activity, session)
    seen = by_the_keeper(command, asked, key)
    must_be_unused(docs, seen)
    return let_in(docs, activity, session, seen, command, asked)


def let_in(
    docs: Reads,
    activity: Json,
    session: Json,
    seen: Seen,
    command: Json,
    asked: Asked,
) -> Fact:
    person = seen.person
    must_be_in_time(session, seen.at, asked)
    _must_not_have_signed_up(docs, session, person)
    role = role_of(session, command)
    session = as_for(session, role)
    seating = docs.the("seatings", session["seating"])
    beyond = _beyond(seating, session, command, asked)
    by = principal(person)
    member = named(
        by,
        {
            "person": person,
            **{name: command[name] for name in OF_MEMBER if name in command},
        },
        "",
    )
    data = {
        "session": session["id"],
        "person": person,
        "signup": asked.new_id,
        "by": by,
        "party": admitted(docs, session, [member], by, "walk_in"),
        "ticket": seating["tickets"] + 1,
        "pool": "walk_in",
        **told_as(role),
        "at": instant(seen.at),
        "way": seen.way,
        **seen.more,
        **beyond,
        **_counted(docs, session, role, seen),
    }
    return ACTIVITY.fact("walked_in.v1", activity["id"], data)


def _counted(docs: Reads, session: Json, role: str, seen: Seen) -> Json:
    """What an entry counts for by itself: nothing, where it takes an exit, else the whole of the session."""
    seat = {**NOBODY, **(docs.get("seats", f"{session['id']}:{seen.person}") or {})}
    at_the_door = {
        "id": f"{session['id']}:{seen.person}",
        "session": session["id"],
        "person": seen.person,
    }
    at_the_door |= {"role": role}
    scan = {"direction": "in", "at": instant(seen.at), "way": seen.way}
    return figures(docs, scanned({**seat, **at_the_door}, session, scan))


def _must_not_have_signed_up(docs: Reads, session: Json, person: str) -> None:
    seat = docs.get("seats", f"{session['id']}:{person}")
    if seat is not None and seat["state"] in STANDING:
        how = (
            "请直接签到"
            if seat["state"] == "confirmed"
            else f"现在是“{SIGNUP.texts[seat['state']]}”，请先取消再登记"
        )
        raise Refused(
            "already_signed_up", f"{called(person)} 已经报名本场，{how}", path="person"
        )


def _beyond(seating: Json, session: Json, command: Json, asked: Asked) -> Json:
    """`{reason}` of somebody who came though no seat is left; nothing where one is."""
    now = now_text(asked)
    begun = has_begun(session, now)
    if free_for("walk_in", seating, now) >= 1 and (
        begun or not is_being_settled(seating, now)
    ):
        return {}
    if begun and "reason" in command:
        return {"reason": command["reason"]}
    how = "写明理由（reason）也可以登记" if begun else "开始以后写明理由也可以登记"
    seats = f"{seating['capacity']} 个{PLACES[seating['role']]}"
    full = f"《{session['title']}》这一场的 {seats}没有空余"
    raise Refused("no_seat_left", f"{full}；确实来了的，{how}", path="session")
