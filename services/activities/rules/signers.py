"""What bounds a signer, whoever they name: so many people at one time, and so many sign-ups a day."""

from datetime import datetime

from schemas.activities.contents import LONGEST_SESSION
from schemas.activities.signups import MOST_IN_A_PARTY
from schemas.documents import Json
from schemas.fields import instant
from services.activities.folds.signers import asked_of, tally_of
from services.activities.model.lifecycles import STANDING
from services.activities.model.roles import helpers_of, seatings_of
from services.activities.rules.overlaps import MOST_AT_A_TIME, overlap
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

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
    if there + more > MOST_IN_A_PARTY:
        own = by == asked.actor.id
        so_far = (
            f"您已报 {there} 人，可以先取消别的场次"
            if own
            else "这位居民已报的人数加上这次就超过了"
        )
        says = f"一位居民在同一时间的各场活动里，一共最多报名 {MOST_IN_A_PARTY} 人；{so_far}"
        raise Refused("too_many_at_a_time", says, path=path)


def must_have_signups_left(docs: Reads, session: Json, by: str, asked: Asked) -> None:
    whose = "您" if by == asked.actor.id else "社区为这位居民"
    signer = docs.get("signers", f"{session['seating']}:{by}")
    here = asked_of(signer, by, asked.actor.id)
    anywhere = docs.get("tallies", tally_of(by, asked.actor.id))
    for tally, what, most in (
        (here, "为本场", MOST_OF_A_SESSION),
        (anywhere, "", MOST_SIGNUPS),
    ):
        if times_on(tally, local_day(asked.now)) >= most:
            raise Refused(
                "too_many_today", f"{whose}今天已{what}报名 {most} 次，请明天再报"
            )


def held_by(docs: Reads, session: str, person: str) -> list[Json]:
    """Their seat in the session and their sign-ups to it, for themself or for others, in whatever state."""
    signers = (
        docs.get("signers", f"{seating}:{person}")
        for seating in (session, helpers_of(session))
    )
    signups = [docs.get("signups", signer["signup"]) for signer in signers if signer]
    return [
        held for held in (docs.get("seats", f"{session}:{person}"), *signups) if held
    ]


def _standing_then(docs: Reads, session: Json, by: str) -> list[Json]:
    """Sign-ups that stand, of sessions held then. Each keeps the time it was made for; few sessions move."""
    since = instant(datetime.fromisoformat(session["starts_at"]) - LONGEST_SESSION)
    about_then = {"since": since, "until": session["ends_at"], "limit": MOST_AT_A_TIME}
    asked_for = every(docs, Find("signups", {"by": by}, "starts_at", **about_then))
    found = {signup["id"]: signup for signup in asked_for}
    for moved in every(docs, Find("sessions", {"moved": 1}, "starts_at", **about_then)):
        for seating in seatings_of(moved):
            signer = docs.get("signers", f"{seating}:{by}")
            if signer is not None:
                found[signer["signup"]] = docs.the("signups", signer["signup"])
    standing = (signup for signup in found.values() if signup["state"] in STANDING)
    return [
        signup
        for signup in standing
        if overlap(session, docs.the("sessions", signup["session"]))
    ]
