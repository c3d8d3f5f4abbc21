"""A seat offered after the cutoff: accepted in time, or let go to who waits next."""

from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY, SIGNUP
from services.activities.model.roles import as_for, told_as
from services.activities.model.seating import its_session, seating_at
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
    """Also after it lapsed, where a seat is still free. Raises `Refused` when it is not, or all is over."""
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    SIGNUP.must_allow(signup, "accept", called(signup))
    session = its_session(docs, signup)
    if session["state"] in ("closed", "cancelled"):
        raise no_longer_planned(session)
    if signup["state"] == "lapsed":
        _must_find_a_seat_nobody_has(docs, activity, session, signup, asked)
    elif now_text(asked) >= _answer_by(docs, session, signup):
        raise Refused("offer_lapsed", "已过答复时间，名额已让给下一位")
    content = {
        "session": signup["session"],
        "signup": signup["id"],
    }
    return ACTIVITY.fact("offer_accepted.v1", activity["id"], content)


def let_offer_lapse(docs: Reads, signup: Json, asked: Asked) -> Fact:
    """Whose offer runs out: of a session that is cancelled, or whose cutoff was put off, it does not simply lapse."""
    activity = signup["activity"]
    session = as_for(its_session(docs, signup), signup["role"])
    content: Json = {"session": session["id"], "signup": signup["id"]}
    if session["state"] == "cancelled":
        content |= {
            "late": False,
            "promoted": [],
        }
        return ACTIVITY.fact("signup_cancelled.v1", activity, content)
    if offers_put_off(docs, session, now_text(asked)):
        promoted = {
            "promoted": [signup["id"]],
            "more": True,
        }
        content = {"session": session["id"]} | promoted | told_as(signup["role"])
        return ACTIVITY.fact("waiting_promoted.v1", activity, content)
    return ACTIVITY.fact("offer_lapsed.v1", activity, content)


def _answer_by(docs: Reads, session: Json, signup: Json) -> str:
    """Until when the seat is theirs: until the session begins, where nobody waits for it."""
    starts_at = str(session["starts_at"])
    if seating_at(docs, signup["seating"])["waiting"] == 0:
        return starts_at
    return min(str(signup["answer_by"]), starts_at)


def _must_find_a_seat_nobody_has(
    docs: Reads, activity: Json, session: Json, signup: Json, asked: Asked
) -> None:
    """Who answers too late has no claim before others, and is held to what holds for a new sign-up."""
    must_be_before_start(session, "接受空位", asked)
    must_be_open(docs, activity, asked)
    session = as_for(session, signup["role"])
    by = signup["by"]
    pool = signup["pool"]
    must_have_no_other(docs, session, by, asked)
    for place, member in enumerate(signup["party"]):
        path = f"party/{place}"
        must_be_free(docs, session, member["person"], f"{path}/person", asked)
        must_be_first_of_household(docs, session, member, by, pool, path)
    seating = seating_at(docs, signup["seating"])
    if not fits(seating, pool, signup["size"], asked):
        raise Refused("offer_lapsed", "已过答复时间，现在没有空余的名额")
