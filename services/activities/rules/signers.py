"""What bounds a signer, whoever they name: so many people at one time, and so many sign-ups a day."""

from collections.abc import Iterator

from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.documents import Json
from services.activities.folds.signers import asked_of, signer_at, tally_of
from services.activities.model.lifecycles import STANDING
from services.activities.model.roles import helpers_of, seatings_of
from services.activities.model.seating import its_session, seat_id
from services.activities.rules.overlaps import about_then, overlap
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Reads

# A day. What is asked for somebody is counted apart from what they ask for.
MOST_OF_A_SESSION = 5  # Who changes their mind more often thinks it over.
MOST_SIGNUPS = 20  # For all sessions.


def must_be_few_at_a_time(
    docs: Reads, session: Json, by: str, more: int, path: str, asked: Asked
) -> None:
    """Raises `Refused` when `more` people beside those `by` has signed up would be too many at that time.

    How many are signed up elsewhere is told to the signer alone.
    """
    there = sum(signup["size"] for signup in _standing_then(docs, session, by))
    if there + more <= MOST_IN_A_PARTY:
        return
    so_far = "这位居民已报的人数加上这次就超过了"
    if by == asked.actor.id:
        so_far = f"您已报 {there} 人，可以先取消别的场次"
    most = f"一位居民在同一时间的各场活动里，一共最多报名 {MOST_IN_A_PARTY} 人"
    raise Refused("too_many_at_a_time", f"{most}；{so_far}", path=path)


def must_have_signups_left(docs: Reads, session: Json, by: str, asked: Asked) -> None:
    """Raises `Refused` when the actor has signed `by` up as often today as anybody may."""
    me = asked.actor.asker.id
    today = local_day(asked.now)
    whose = "您" if by == me else "社区为这位居民"
    signer = docs.get("signers", f"{session['seating']}:{by}")
    of_session = times_on(asked_of(signer, by, me), today)
    if of_session >= MOST_OF_A_SESSION:
        says = f"{whose}今天已为本场报名 {MOST_OF_A_SESSION} 次，请明天再报"
        raise Refused("too_many_today", says)
    tally = docs.get("tallies", tally_of(by, me))
    if times_on(tally, today) >= MOST_SIGNUPS:
        says = f"{whose}今天已报名 {MOST_SIGNUPS} 次，请明天再报"
        raise Refused("too_many_today", says)


def held_by(docs: Reads, session: str, person: str) -> list[Json]:
    """Their seat in the session and their sign-ups to it, for themself or for others, in whatever state."""
    held = [docs.get("seats", seat_id(session, person))]
    seatings = (session, helpers_of(session))
    held += [latest_of(docs, seating, person) for seating in seatings]
    return [doc for doc in held if doc is not None]


def latest_of(docs: Reads, seating: str, by: str) -> Json | None:
    """The latest sign-up of who signed up there."""
    latest = signer_at(docs, seating, by).get("signup")
    return docs.get("signups", latest) if latest else None


def _standing_then(docs: Reads, session: Json, by: str) -> list[Json]:
    """Sign-ups that stand, of sessions held then."""
    signups = {signup["id"]: signup for signup in _asked_for_then(docs, session, by)}
    return [each for each in signups.values() if _stands_then(docs, each, session)]


def _stands_then(docs: Reads, signup: Json, session: Json) -> bool:
    if signup["state"] not in STANDING:
        return False
    return overlap(session, its_session(docs, signup))


def _asked_for_then(docs: Reads, session: Json, by: str) -> Iterator[Json]:
    """Each sign-up keeps the time it was made for, and few sessions move: some come twice."""
    yield from every(docs, about_then("signups", {"by": by}, session))
    for moved in every(docs, about_then("sessions", {"moved": 1}, session)):
        for seating in seatings_of(moved):
            signup = latest_of(docs, seating, by)
            if signup is not None:
                yield signup
