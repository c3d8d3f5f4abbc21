"""A seat offered after the cutoff: accepted in time, or let go to who waits next."""

from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY, SIGNUP
from services.activities.model.roles import as_for, told_as
from services.activities.rules.authority import now_text
from services.activities.rules.conditions import (
    must_be_open,
    must_have_no_other,
    no_longer_planned,
)
from services.activities.rules.eligibility import must_be_first_of_household
from services.activities.rules.lookups import must_answer_for, signup_seen
from services.activities.rules.overlaps import must_be_free
from services.activities.rules.places import offers_put_off
from services.activities.rules.signups import called, fits, must_be_before_start
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def accept_offer(docs: Reads, command: Json, asked: Asked) -> Fact:
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    SIGNUP.must_allow(signup, "accept", called(signup))
    session = docs.the("sessions", signup["session"])
    if session["state"] in ("closed", "cancelled"):
        raise no_longer_planned(session)
    if signup["state"] == "lapsed":
        _must_find_a_seat_nobody_has(docs, activity, session, signup, asked)
    elif now_text(asked) >= _answer_by(docs, session, signup):
        raise Refused("offer_lapsed", "已过答复时间，名额已让给下一位")
    return ACTIVITY.fact(
        "offer_accepted.v1",
        activity["id"],
        {"session": signup["session"], "signup": signup["id"]},
    )


def let_offer_lapse(docs: Reads, signup: Json, asked: Asked) -> Fact:
    activity = docs.the("activities", signup["activity"])
    told = {"session": signup["session"], "signup": signup["id"]}
    session = as_for(docs.the("sessions", signup["session"]), signup["role"])
    if session["state"] == "cancelled":
        return ACTIVITY.fact(
            "signup_cancelled.v1",
            activity["id"],
            {**told, "late": False, "promoted": []},
        )
    if offers_put_off(docs, session, now_text(asked)):
        promoted = {"promoted": [signup["id"]], "more": True, **told_as(signup["role"])}
        return ACTIVITY.fact(
            "waiting_promoted.v1",
            activity["id"],
            {"session": session["id"], **promoted},
        )
    return ACTIVITY.fact("offer_lapsed.v1", activity["id"], told)


def _answer_by(docs: Reads, session: Json, signup: Json) -> str:
    """Until when the seat is theirs: until the session begins, where nobody waits for it."""
    nobody_waits = docs.the("seatings", signup["seating"])["waiting"] == 0
    return str(
        session["starts_at"]
        if nobody_waits
        else min(signup["answer_by"], session["starts_at"])
    )


def _must_find_a_seat_nobody_has(
    docs: Reads, activity: Json, session: Json, signup: Json, asked: Asked
) -> None:
    """Who answers too late has no claim before others, and is held to what holds for a new sign-up."""
    must_be_before_start(session, "接受空位", asked)
    must_be_open(docs, activity, asked)
    session = as_for(session, signup["role"])
    must_have_no_other(docs, session, signup["by"], asked)
    for place, member in enumerate(signup["party"]):
        must_be_free(docs, session, member["person"], f"party/{place}/person", asked)
        must_be_first_of_household(
            docs, session, member, signup["by"], signup["pool"], f"party/{place}"
        )
    if not fits(
        docs.the("seatings", signup["seating"]), signup["pool"], signup["size"], asked
    ):
        raise Refused("offer_lapsed", "已过答复时间，现在没有空余的名额")
