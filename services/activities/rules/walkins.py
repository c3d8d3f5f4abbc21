"""Somebody who simply comes: a seat, when one is free that nobody waits for, and the check-in, in one.

Once the session has begun nobody waits any more, and a record is owed to whoever came: then the keeper says why there
are more people than seats, and it is kept.
"""

from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from schemas.persons import called, principal
from services.activities.model.attendance import scanned
from services.activities.model.documents import Seating
from services.activities.model.lifecycles import ACTIVITY, SIGNUP, STANDING
from services.activities.model.roles import as_for, role_of, told_as
from services.activities.model.seating import (
    free_for,
    is_being_settled,
    seat_id,
    seat_of,
    seating_at,
)
from services.activities.rules.authority import now_text
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.eligibility import admitted
from services.activities.rules.guests import named
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.rules.minutes import figures
from services.activities.rules.places import has_begun
from services.activities.rules.proofs import (
    Seen,
    by_the_keeper,
    must_be_unused,
    of_survivor,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads

NOBODY: Json = {"scans": [], "attended": False, "minutes": 0, "hours": "scanned"}
PLACES = {PARTICIPANT: "名额", HELPER: "志愿者岗位"}
OF_MEMBER = ("relation", "community", "household", "guardian", "born")


def walk_in(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """By who keeps the door, of somebody with no seat. Raises `Refused` for who has signed up."""
    activity = activity_kept(docs, command, asked)
    session = session_of(docs, activity, command)
    must_take_marks(activity, session)
    seen = of_survivor(docs, by_the_keeper(command, asked, key))
    must_be_unused(docs, seen)
    return let_in(docs, activity, session, seen, command, asked)


def let_in(
    docs: Reads,
    activity: Json,
    session: Json,
    seen: Seen,
    payload: Json,
    asked: Asked,
) -> Fact:
    """Who came, with a seat or beyond the seats, and what that counts for by itself."""
    must_be_in_time(session, seen.at, asked)
    _must_not_have_signed_up(docs, session, seen.person)
    role = role_of(session, payload)
    session = as_for(session, role)
    seating = seating_at(docs, session["seating"])
    reason = _reason(seating, session, payload, asked)
    content = _signup(docs, session, seating, seen.person, payload, asked)
    content |= told_as(role)
    content |= {"at": instant(seen.at), "way": seen.way} | seen.more
    content |= reason
    content |= _counted(docs, session, role, seen)
    return ACTIVITY.fact("walked_in.v1", activity["id"], content)


def _signup(
    docs: Reads,
    session: Json,
    seating: Seating,
    person: str,
    payload: Json,
    asked: Asked,
) -> Json:
    """What is said of somebody's sign-up, who simply came."""
    by = principal(person)
    member = {"person": person} | pick_present(payload, *OF_MEMBER)
    party = [named(by, member, "")]
    signup = {
        "session": session["id"],
        "person": person,
        "signup": asked.new_id,
        "by": by,
        "party": admitted(docs, session, party, by, "walk_in"),
    }
    return signup | {"ticket": seating["tickets"] + 1, "pool": "walk_in"}


def _counted(docs: Reads, session: Json, role: str, seen: Seen) -> Json:
    """What an entry counts for by itself: nothing, where it takes an exit, else the whole of the session."""
    before = seat_of(docs, session, seen.person) or {}
    own = {
        "id": seat_id(session["id"], seen.person),
        "person": seen.person,
        "session": session["id"],
        "role": role,
    }
    seat = NOBODY | before | own
    scan = {
        "direction": "in",
        "at": instant(seen.at),
        "way": seen.way,
    }
    return figures(docs, scanned(seat, session, scan))


def _must_not_have_signed_up(docs: Reads, session: Json, person: str) -> None:
    seat = seat_of(docs, session, person)
    if seat is None or seat["state"] not in STANDING:
        return
    how = "请直接签到"
    if seat["state"] != "confirmed":
        how = f"现在是“{SIGNUP.texts[seat['state']]}”，请先取消再登记"
    says = f"{called(person)} 已经报名本场，{how}"
    raise Refused("already_signed_up", says, path="person")


def _reason(seating: Seating, session: Json, payload: Json, asked: Asked) -> Json:
    """`{reason}` of somebody who came though no seat is left; nothing where one is."""
    now = now_text(asked)
    begun = has_begun(session, now)
    is_free = begun or not is_being_settled(seating, now)
    if is_free and free_for("walk_in", seating, now) >= 1:
        return {}
    if begun and "reason" in payload:
        return pick(payload, "reason")
    how = "写明理由（reason）也可以登记" if begun else "开始以后写明理由也可以登记"
    seats = f"{seating['capacity']} 个{PLACES[seating['role']]}"
    full = f"《{session['title']}》这一场的 {seats}没有空余"
    raise Refused("no_seat_left", f"{full}；确实来了的，{how}", path="session")
