"""A party changes: another of the family comes as well or instead, a guest joins as themself, one leaves."""

from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.documents import Json, pick_present
from schemas.persons import is_guest
from services.activities.model.lifecycles import ACTIVITY, SIGNUP
from services.activities.model.roles import as_for
from services.activities.model.seating import its_session, seating_at
from services.activities.rules.authority import may_keep
from services.activities.rules.conditions import (
    must_be_able_to_fit,
    must_be_before_cutoff,
    must_be_open,
)
from services.activities.rules.eligibility import admitted
from services.activities.rules.guests import in_the_party, must_be_in_the_party, named
from services.activities.rules.lookups import must_answer_for, signup_seen
from services.activities.rules.overlaps import must_be_free
from services.activities.rules.signers import must_be_few_at_a_time
from services.activities.rules.signups import (
    called,
    fits,
    given_up,
    may_say_why,
    must_be_before_start,
    must_not_have_begun,
    must_not_have_come,
)
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.persons.machines import must_be_a_person
from services.kit.views import Reads

MOST_MOVES_A_DAY = 20
OF_GUEST = ("community", "household", "born")


def pass_on(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Somebody else of the family comes instead."""
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    session = _must_be_movable(docs, signup, "pass_on", "换人", asked)
    gone = must_be_in_the_party(signup, command["person"])
    _must_be_family(signup, command["to"])
    to = named(signup["by"], command["to"], "to")
    must_be_free(docs, session, to["person"], "to/person", asked)
    content = _about(signup, gone)
    content["to"] = _admitted_alone(docs, session, to, signup)
    return ACTIVITY.fact("seat_passed_on.v1", activity["id"], content)


def add(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One more of the family comes, where a seat is free that nobody waits for."""
    signup = signup_seen(docs, command, asked)
    activity = must_answer_for(docs, signup, asked)
    session = _must_be_movable(docs, signup, "add", "加人", asked)
    must_be_open(docs, activity, asked)
    must_be_before_cutoff(session, asked)
    by = signup["by"]
    member = named(by, command["member"], "member")
    person = member["person"]
    must_be_free(docs, session, person, "member/person", asked)
    _must_have_room(docs, signup, member, asked)
    must_be_few_at_a_time(docs, session, by, 1, "member", asked)
    content = _about(signup, person)
    content["member"] = _admitted_alone(docs, session, member, signup)
    return ACTIVITY.fact("party_grown.v1", activity["id"], content)


def join(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The actor, whom the signer told of the sign-up, takes the seat of a guest as themself.

    Whoever does not know what the guest is called is told nothing, not even that there is such a sign-up.
    """
    must_be_a_person(asked)
    signup, guest = _the_invited(docs, command)
    session = _must_be_movable(docs, signup, "join", "加入", asked)
    me = asked.actor.id
    must_be_free(docs, session, me, "signup", asked)
    member = {
        "person": me,
        "relation": guest["relation"],
    }
    member |= pick_present(command, *OF_GUEST)
    newcomer = _admitted_alone(docs, session, member, signup)
    content = _about(signup, me) | {"instead_of": guest["person"], "to": newcomer}
    return ACTIVITY.fact("party_joined.v1", signup["activity"], content)


def leave(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One seat is given up, by whoever has it or on their behalf. A party whose last one leaves is cancelled."""
    signup = signup_seen(docs, command, asked)
    person, activity = _who_leaves(docs, signup, command, asked)
    SIGNUP.must_allow(signup, "leave", called(signup))
    session = its_session(docs, signup)
    must_be_before_start(session, "退出", asked)
    must_not_have_come(docs, signup, [person], "退出")
    content = _about(signup, person)
    content |= pick_present(command, "reason")
    content |= given_up(docs, session, signup | {"size": 1}, asked)
    is_last = signup["size"] <= 1
    type = "signup_cancelled.v1" if is_last else "party_left.v1"
    return ACTIVITY.fact(type, activity["id"], content)


def _about(signup: Json, person: str) -> Json:
    return {
        "session": signup["session"],
        "signup": signup["id"],
        "person": person,
    }


def _must_be_movable(
    docs: Reads, signup: Json, step: str, what: str, asked: Asked
) -> Json:
    """The session of a sign-up whose seats may still go to others."""
    SIGNUP.must_allow(signup, step, called(signup))
    session = as_for(its_session(docs, signup), signup["role"])
    must_not_have_begun(docs, session, signup, what, asked)
    if times_on(signup.get("moves"), local_day(asked.now)) >= MOST_MOVES_A_DAY:
        says = f"这个报名今天已换人 {MOST_MOVES_A_DAY} 次，请明天再改"
        raise Refused("too_many_today", says)
    return session


def _must_have_room(docs: Reads, signup: Json, member: Json, asked: Asked) -> None:
    if signup["size"] >= MOST_IN_A_PARTY:
        raise Refused("party_size", f"一组最多 {MOST_IN_A_PARTY} 人", path="member")
    seating = seating_at(docs, signup["seating"])
    pool = signup["pool"]
    must_be_able_to_fit(seating, pool, [*signup["party"], member])
    is_seated = signup["state"] == "confirmed"
    if is_seated and not fits(seating, pool, 1, asked):
        raise Refused("no_seat_left", "本场没有空余的名额，不能加人", path="member")


def _must_be_family(signup: Json, to: Json) -> None:
    """A seat does not go past those who wait to anybody: who comes instead is said to be of the family."""
    if to["relation"] == "self" and to["person"] != signup["by"]:
        says = "名额只能改由家里人来，请写明是报名人的什么人"
        raise Refused("not_family", says, path="to/relation")


def _the_invited(docs: Reads, command: Json) -> tuple[Json, Json]:
    """The sign-up, and the guest of it whom the command calls by name."""
    signup = docs.get("signups", command["signup"])
    guest = in_the_party(signup, command["person"]) if signup else ""
    if signup is None or not is_guest(guest):
        says = "没有这个报名，或其中没有这样称呼的人；请向报名人核对编号和称呼"
        raise Unknown(says, path="signup")
    people = {member["person"]: member for member in signup["party"]}
    return signup, people[guest]


def _who_leaves(
    docs: Reads, signup: Json, command: Json, asked: Asked
) -> tuple[str, Json]:
    me = asked.actor.id
    person = in_the_party(signup, command.get("person", me))
    activity = docs.the("activities", signup["activity"])
    if person != me:
        must_answer_for(docs, signup, asked)
        person = must_be_in_the_party(signup, command.get("person", me))
        _must_say_why(docs, signup, activity, command, asked)
    may_say_why(docs, activity, command, asked)
    return person, activity


def _must_say_why(
    docs: Reads, signup: Json, activity: Json, command: Json, asked: Asked
) -> None:
    """A host that takes somebody out tells them why."""
    if signup["by"] == asked.actor.id or "reason" in command:
        return
    if may_keep(docs, activity["host"], asked):
        says = "请写明请人退出的原因，会告知本人和报名人"
        raise Invalid(says, code="missing_field", path="reason")


def _admitted_alone(docs: Reads, session: Json, member: Json, signup: Json) -> Json:
    """The newcomer, held to the session's terms; the household may be the party's own."""
    households = {other.get("household") for other in signup["party"]}
    if member.get("household") in households:
        terms = session["terms"] | {"one_per_household": False}
        session = session | {"terms": terms}
    by = signup["by"]
    return admitted(docs, session, [member], by, signup["pool"])[0]
