"""Sign-ups: a party gets all the seats it asks for, or waits together, or is told why not."""

from collections.abc import Iterable

from schemas.documents import Json
from services.activities.model.documents import Seating
from services.activities.model.lifecycles import ACTIVITY, SEATED, SIGNUP
from services.activities.model.parties import concerned, people_of
from services.activities.model.roles import as_for, role_of, told_as
from services.activities.model.seating import (
    free_for,
    is_being_settled,
    its_session,
    seat_at,
    seating_at,
)
from services.activities.rules.authority import (
    may_keep,
    must_keep,
    must_speak_for,
    now_text,
)
from services.activities.rules.conditions import (
    must_be_able_to_fit,
    must_be_before_cutoff,
    must_be_open,
    must_have_no_other,
    pool_of,
    who_signs_up,
)
from services.activities.rules.eligibility import admitted
from services.activities.rules.guests import named
from services.activities.rules.lookups import (
    activity_seen,
    must_answer_for,
    session_of,
    signup_seen,
)
from services.activities.rules.overlaps import must_be_free
from services.activities.rules.places import (
    offers_put_off,
    parties_that_fit,
    without_party,
)
from services.activities.rules.signers import (
    must_be_few_at_a_time,
    must_have_signups_left,
)
from services.district import own
from services.district.acting import must_act_for
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads


def sign_up(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What comes of it is confirmed, waiting or requested; the party is never split."""
    activity = activity_seen(docs, command, asked)
    must_be_open(docs, activity, asked)
    session = session_of(docs, activity, command)
    role = role_of(session, command)
    session = as_for(session, role)
    by = _signer(docs, activity, session, command, asked)
    pool = pool_of(activity, by, asked)
    seating = seating_at(docs, session["seating"])
    party = _free_party(docs, session, command["party"], by, pool, asked)
    must_be_able_to_fit(seating, pool, party)
    type, queue = _outcome(session, seating, pool, len(party), asked)
    content = _content(session, seating, pool, party, by, asked)
    content |= told_as(role)
    content |= queue
    return ACTIVITY.fact(type, activity["id"], content)


def _content(
    session: Json, seating: Seating, pool: str, party: list[Json], by: str, asked: Asked
) -> Json:
    """What is said of a new sign-up, whatever comes of it; that it is online goes without saying."""
    content = {
        "session": session["id"],
        "signup": asked.new_id,
        "by": by,
        "party": party,
        "ticket": seating["tickets"] + 1,
    }
    return content if pool == "online" else content | {"pool": pool}


def _signer(
    docs: Reads, activity: Json, session: Json, command: Json, asked: Asked
) -> str:
    """Who signs up. Raises when they may not, or have done so as often as they may."""
    must_be_before_cutoff(session, asked)
    by = who_signs_up(command, asked)
    must_speak_for(asked.actor, by, activity["community"])
    must_act_for(docs, by, "sign_up", "by", asked)
    must_have_no_other(docs, session, by, asked)
    must_have_signups_left(docs, session, by, asked)
    must_be_few_at_a_time(docs, session, by, len(command["party"]), "party", asked)
    return by


def _outcome(
    session: Json, seating: Seating, pool: str, size: int, asked: Asked
) -> tuple[str, Json]:
    """What comes of a sign-up: the type of its event, and its place in the queue."""
    if session["terms"].get("approval"):
        return "signup_requested.v1", {}
    if fits(seating, pool, size, asked):
        return "signup_confirmed.v1", {}
    return "signup_waitlisted.v1", {"position": seating["waiting"] + 1}


def approve_signup(docs: Reads, command: Json, asked: Asked) -> Fact:
    """It has seats, or waits with its own ticket."""
    signup, activity = _decided_on(docs, command, asked, "approve")
    content = {"session": signup["session"], "signup": signup["id"]}
    content |= _seated_or_waiting(docs, signup, asked)
    return ACTIVITY.fact("signup_approved.v1", activity["id"], content)


def _seated_or_waiting(docs: Reads, signup: Json, asked: Asked) -> Json:
    seating = seating_at(docs, signup["seating"])
    if fits(seating, signup["pool"], signup["size"], asked):
        return {"state": "confirmed", "position": 0}
    return {"state": "waiting", "position": seating["waiting"] + 1}


def decline_signup(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By the host, with the reason, which is told to who signed up."""
    signup, activity = _decided_on(docs, command, asked, "decline")
    content = {"session": signup["session"]} | command
    return ACTIVITY.fact("signup_declined.v1", activity["id"], content)


def cancel_signup(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Until the session begins. Before the cutoff its seats go at once to those who wait."""
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    may_say_why(docs, activity, command, asked)
    session = its_session(docs, signup)
    SIGNUP.must_allow(signup, "cancel", called(signup))
    must_not_have_begun(docs, session, signup, "取消报名", asked)
    content = {"session": session["id"]} | command
    content |= given_up(docs, session, signup, asked)
    return ACTIVITY.fact("signup_cancelled.v1", activity["id"], content)


def given_up(docs: Reads, session: Json, seats: Json, asked: Asked) -> Json:
    """`{late, promoted}`: whether it is after the cutoff, and the sign-ups that get the seats before it.

    `seats` are those of a sign-up, or some of them.
    """
    now = now_text(asked)
    session = as_for(session, seats["role"])
    late = now >= session["cutoff"]
    if late or seats["state"] not in SEATED:
        return {"late": late, "promoted": []}
    return {"late": late, "promoted": _promoted(docs, session, seats, now)}


def _promoted(docs: Reads, session: Json, seats: Json, now: str) -> list[str]:
    """The sign-ups that get these seats: who was offered one before, then who fits."""
    seating = without_party(seating_at(docs, seats["seating"]), seats)
    offered = [party["id"] for party in offers_put_off(docs, session, now)]
    if seats["id"] in offered:
        offered.remove(seats["id"])
    fitting = [party["id"] for party in parties_that_fit(docs, seating, now)]
    return offered + fitting


def called(signup: Json) -> str:
    """As which refusals name it."""
    return f"《{signup['title']}》的报名"


def may_say_why(docs: Reads, activity: Json, command: Json, asked: Asked) -> None:
    """What a resident writes is in no event; the host's reason is, for whom it is told to."""
    if "reason" in command and not may_keep(docs, activity["host"], asked):
        says = "取消原因由主办方填写，自己取消不用写原因"
        raise Forbidden(says, code="not_your_host", path="reason")


def _free_party(
    docs: Reads, session: Json, members: list[Json], by: str, pool: str, asked: Asked
) -> list[Json]:
    """The party as an event may tell of it, when nobody in it is elsewhere or there already."""
    party = []
    for place, member in enumerate(members):
        party.append(named(by, member, f"party/{place}"))
    persons = [member["person"] for member in party]
    if len(set(persons)) < len(persons):
        raise Refused("person_twice", "同一个人在名单里出现了两次", path="party")
    for place, person in enumerate(persons):
        must_be_free(docs, session, person, f"party/{place}/person", asked)
    return admitted(docs, session, party, by, pool)


def fits(seating: Seating | Json, pool: str, size: int, asked: Asked) -> bool:
    """Whether a party of so many gets seats at once, and overtakes nobody."""
    now = now_text(asked)
    return size <= free_for(pool, seating, now) and not is_being_settled(seating, now)


def _decided_on(
    docs: Reads, command: Json, asked: Asked, step: str
) -> tuple[Json, Json]:
    """The sign-up and its activity, when the actor keeps that, is not in it, and the session has not begun."""
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    must_keep(docs, activity["host"], asked)
    for person in concerned(signup):
        own.must_be_another(person, asked, path="signup")
    SIGNUP.must_allow(signup, step, called(signup))
    session = its_session(docs, signup)
    must_not_have_begun(docs, session, signup, "审核报名", asked)
    return signup, activity


def must_be_before_start(session: Json, what: str, asked: Asked) -> None:
    """Raises `Refused` when the session has begun, by command or by the clock."""
    if session["state"] != "planned" or now_text(asked) >= session["starts_at"]:
        raise Refused("already_started", f"活动已经开始、结束或取消，不能再{what}")


def must_not_have_come(
    docs: Reads, signup: Json, people: Iterable[str], what: str
) -> None:
    """Raises `Refused` when any of these people was checked in."""
    for person in people:
        seat = seat_at(docs, signup["session"], person)
        if seat["attended"]:
            raise Refused("already_checked_in", f"已经有人签到，不能再{what}")


def must_not_have_begun(
    docs: Reads, session: Json, signup: Json, what: str, asked: Asked
) -> None:
    """Raises `Refused` when the session has begun or somebody of the party has come."""
    must_be_before_start(session, what, asked)
    must_not_have_come(docs, signup, people_of(signup), what)
