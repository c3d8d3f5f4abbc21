"""Sign-ups: a party gets all the seats it asks for, or waits together, or is told why not."""

from services.activities.lifecycles import SEATED, SIGNUP
from services.activities.rules.asking import (
    must_be_able_to_fit,
    must_be_before_cutoff,
    must_be_open,
    no_longer_planned,
    pool_of,
    who_signs_up,
)
from services.activities.rules.authority import may_keep, must_keep, must_speak_for, now_text
from services.activities.rules.eligibility import admitted
from services.activities.rules.found import fact, must_answer_for, the_activity, the_session, the_signup
from services.activities.rules.overlaps import must_be_free
from services.activities.rules.places import free_for, is_being_settled, those_that_fit, without
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay


def sign_up(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"], asked)
    must_be_open(docs, activity, asked)
    session = the_session(docs, activity, command)
    must_be_before_cutoff(session, asked)
    by = who_signs_up(command, asked)
    must_speak_for(asked.actor, by, activity["community"])
    party = _free_party(docs, session, command["party"], by)
    seating = docs.the("seatings", session["id"])
    pool = pool_of(activity, by, asked)
    must_be_able_to_fit(seating, pool, party)
    told = {
        "session": session["id"],
        "signup": asked.new_id,
        "by": by,
        "party": party,
        "ticket": seating["tickets"] + 1,
        **({"pool": pool} if pool != "online" else {}),
    }
    if session["terms"].get("approval"):
        return fact("signup_requested.v1", activity, told)
    if _fits(seating, pool, len(party), asked):
        return fact("signup_confirmed.v1", activity, told)
    return fact("signup_waitlisted.v1", activity, {**told, "position": seating["waiting"] + 1})


def approve_signup(docs: Overlay, command: Data, asked: Asked) -> Fact:
    signup, activity = _decided_on(docs, command, asked, "approve")
    seating = docs.the("seatings", signup["session"])
    fits = _fits(seating, signup["pool"], signup["size"], asked)
    outcome = (
        {"state": "confirmed", "position": 0} if fits else {"state": "waiting", "position": seating["waiting"] + 1}
    )
    return fact("signup_approved.v1", activity, {"session": signup["session"], "signup": signup["id"], **outcome})


def decline_signup(docs: Overlay, command: Data, asked: Asked) -> Fact:
    signup, activity = _decided_on(docs, command, asked, "decline")
    return fact("signup_declined.v1", activity, {"session": signup["session"], **command})


def cancel_signup(docs: Overlay, command: Data, asked: Asked) -> Fact:
    signup = the_signup(docs, command)
    activity = must_answer_for(docs, signup, asked)
    _may_say_why(docs, activity, command, asked)
    session = docs.the("sessions", signup["session"])
    SIGNUP.must_allow(signup, "cancel", _called(signup))
    _must_not_have_begun(docs, session, signup, "取消报名", asked)
    now = now_text(asked)
    late = now >= session["cutoff"]
    promoted: list[str] = []
    if signup["state"] in SEATED and not late:
        seating = without(docs.the("seatings", session["id"]), signup)
        promoted = [party["id"] for party in those_that_fit(docs, seating, now)]
    told = {"session": session["id"], **command, "late": late, "promoted": promoted}
    return fact("signup_cancelled.v1", activity, told)


def accept_offer(docs: Overlay, command: Data, asked: Asked) -> Fact:
    signup = the_signup(docs, command)
    activity = must_answer_for(docs, signup, asked)
    SIGNUP.must_allow(signup, "accept", _called(signup))
    session = docs.the("sessions", signup["session"])
    if session["state"] in ("closed", "cancelled"):
        raise no_longer_planned(session)
    if now_text(asked) >= min(signup["answer_by"], session["starts_at"]):
        raise Refused("offer_lapsed", "已过答复时间，名额已让给下一位")
    return fact("offer_accepted.v1", activity, {"session": signup["session"], "signup": signup["id"]})


def let_offer_lapse(docs: Overlay, signup: Doc, asked: Asked) -> Fact:
    activity = docs.the("activities", signup["activity"])
    told = {"session": signup["session"], "signup": signup["id"]}
    if docs.the("sessions", signup["session"])["state"] == "cancelled":
        return fact("signup_cancelled.v1", activity, {**told, "late": False, "promoted": []})
    return fact("offer_lapsed.v1", activity, told)


def pass_on(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """Somebody else of the family comes instead."""
    signup = the_signup(docs, command)
    activity = must_answer_for(docs, signup, asked)
    SIGNUP.must_allow(signup, "pass_on", _called(signup))
    session = docs.the("sessions", signup["session"])
    _must_not_have_begun(docs, session, signup, "换人", asked)
    if command["person"] not in {member["person"] for member in signup["party"]}:
        raise Refused("not_in_the_party", f"{command['person']} 不在这次报名里", path="person")
    _must_be_family(signup, command["to"])
    must_be_free(docs, session, command["to"]["person"], "to/person")
    to = _admitted_alone(docs, session, command["to"], signup)
    told = {"session": session["id"], "signup": signup["id"], "person": command["person"], "to": to}
    return fact("seat_passed_on.v1", activity, told)


def _called(signup: Doc) -> str:
    return f"《{signup['title']}》的报名"


def _may_say_why(docs: Overlay, activity: Doc, command: Data, asked: Asked) -> None:
    """What a resident writes is in no event; the host's reason is, for whom it is told to."""
    if "reason" in command and not may_keep(docs, activity["host"], asked):
        raise Forbidden("取消原因由主办方填写，自己取消不用写原因", code="not_your_host", path="reason")


def _must_be_family(signup: Doc, to: Data) -> None:
    """A seat does not go past those who wait to anybody: who comes instead is said to be of the family."""
    if to["relation"] == "self" and to["person"] != signup["by"]:
        raise Refused("not_family", "名额只能改由家里人来，请写明是报名人的什么人", path="to/relation")


def _free_party(docs: Overlay, session: Doc, party: list[Data], by: str) -> list[Data]:
    """The party as an event may tell of it, when nobody in it is elsewhere or there already."""
    persons = [member["person"] for member in party]
    if len(set(persons)) < len(persons):
        raise Refused("person_twice", "同一个人在名单里出现了两次", path="party")
    for place, person in enumerate(persons):
        must_be_free(docs, session, person, f"party/{place}/person")
    return admitted(docs, session, party, by)


def _fits(seating: Doc, pool: str, size: int, asked: Asked) -> bool:
    now = now_text(asked)
    return size <= free_for(pool, seating, now) and not is_being_settled(seating, now)


def _decided_on(docs: Overlay, command: Data, asked: Asked, step: str) -> tuple[Doc, Doc]:
    """The sign-up and its activity, when the actor keeps the activity and the session has not begun."""
    signup = the_signup(docs, command)
    activity = must_answer_for(docs, signup, asked)
    must_keep(docs, activity["host"], asked)
    SIGNUP.must_allow(signup, step, _called(signup))
    _must_not_have_begun(docs, docs.the("sessions", signup["session"]), signup, "审核报名", asked)
    return signup, activity


def _must_not_have_begun(docs: Overlay, session: Doc, signup: Doc, what: str, asked: Asked) -> None:
    if session["state"] != "planned" or now_text(asked) >= session["starts_at"]:
        raise Refused("already_started", f"活动已经开始、结束或取消，不能再{what}")
    seats = (docs.the("seats", f"{signup['session']}:{member['person']}") for member in signup["party"])
    if any(seat["attended"] for seat in seats):
        raise Refused("already_checked_in", f"已经有人签到，不能再{what}")


def _admitted_alone(docs: Overlay, session: Doc, member: Data, signup: Doc) -> Data:
    """The newcomer, held to the session's terms; the household may be the party's own."""
    others = {each.get("household") for each in signup["party"]}
    own = member.get("household") in others
    terms = {**session["terms"], **({"one_per_household": False} if own else {})}
    return admitted(docs, {**session, "terms": terms}, [member], signup["by"])[0]
