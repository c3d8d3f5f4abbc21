"""The codes of seats, shown to who sits there; and what the door takes along to know them without signal."""

from collections.abc import Iterator

from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from services.activities.model.attendance import first_entry
from services.activities.model.seating import its_session, seat_of
from services.activities.model.times import ends_of, starts_of
from services.activities.rules.codes import hash_of
from services.activities.rules.door_times import CLOSES, OPENS
from services.activities.rules.lookups import (
    activity_kept,
    is_in,
    session_of,
    signup_seen,
)
from services.activities.rules.seat_codes import seat_code, typed_form
from services.activities.views.clocked import titled
from services.activities.views.pages import show_each
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def seat_codes(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """One's own and those of whom one brings.

    Raises `Forbidden` for the host: who makes records must not have what proves them.
    """
    signup = signup_seen(views, question, asked)
    me = asked.actor.id
    if signup["by"] != me and not is_in(signup, me):
        raise Forbidden("座位码只给报名的人自己看", code="not_yours")
    session = its_session(views, signup)
    shown = pick(signup, "id", "activity", "session", "state")
    shown |= pick(session, "starts_at", "ends_at")
    shown |= pick_present(session, "place")
    shown["title"] = titled(session)
    seats = _seats(views, signup, session, asked)
    shown["codes"] = [_code(seat, key) for seat in seats]
    return shown | _open(session)


def door_list(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """Who is expected, by person."""
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    seats = Find("seats", {"session": session["id"]}, "person")
    expected = page(views, question, seats, sees=_has_a_seat)
    return show_each(expected, lambda seat: _expected(seat, key))


def _open(session: Json) -> Json:
    """`{opens_at, closes_at}`: between when the codes are taken at the door."""
    opens = starts_of(session) - OPENS
    closes = ends_of(session) + CLOSES
    return {
        "opens_at": instant(opens),
        "closes_at": instant(closes),
    }


def _seats(views: Reads, signup: Json, session: Json, asked: Asked) -> Iterator[Json]:
    """Those of the sign-up that are taken; to a companion who did not sign up, their own."""
    for member in signup["party"]:
        is_own = asked.actor.id in (signup["by"], member["person"])
        seat = seat_of(views, session, member["person"])
        if is_own and seat is not None and _has_a_seat(seat):
            yield seat


def _has_a_seat(seat: Json) -> bool:
    return bool(seat["state"] == "confirmed")


def _code(seat: Json, key: bytes) -> Json:
    code = seat_code(seat["session"], seat["person"], key)
    who = pick(seat, "person", "relation")
    return who | {"code": code, "typed": typed_form(code)}


def _expected(seat: Json, key: bytes) -> Json:
    code = seat_code(seat["session"], seat["person"], key)
    about = pick(seat, "id", "person", "relation", "signup")
    return about | {
        "since": first_entry(seat),
        "code_hash": hash_of(code),
        "typed_hash": hash_of(typed_form(code)),
    }
