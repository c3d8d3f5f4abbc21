"""Sign-ups as they are shown: to who made one, to who is in it, and to the host."""

from collections.abc import Iterator

from schemas.documents import Json, pick, pick_present
from services.activities.folds.signups import standing
from services.activities.model.lifecycles import SIGNUP, STANDING
from services.activities.model.roles import helpers_of
from services.activities.model.seating import its_session, seat_of
from services.activities.rules.authority import may_keep
from services.activities.rules.lookups import (
    activity_kept,
    is_in,
    must_answer_for,
    session_of,
    signup_seen,
)
from services.activities.rules.online import is_told_link
from services.activities.views.clocked import titled
from services.activities.views.pages import show_each
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, every, page, sift
from services.kit.views import Find, Reads

MOST_COUNTED = 1000


def get_signup(views: Reads, question: Json, asked: Asked) -> Json:
    """Raises `Forbidden` for who is not in it and does not answer for it."""
    signup = signup_seen(views, question, asked)
    if not is_in(signup, asked.actor.id):
        must_answer_for(views, signup, asked)
    return shown(views, _as_seen(views, signup, asked), asked) | _rating(
        views, signup, asked
    )


def _rating(views: Reads, signup: Json, asked: Asked) -> Json:
    """What the actor thought of it, or that they may still say so; nobody who acts for them is told."""
    if asked.actor.through is not None:
        return {}
    seat = seat_of(views, {"id": signup["session"]}, asked.actor.id)
    if seat is None or not seat["attended"]:
        return {}
    if seat["score"] is None:
        return {"may_rate": True}
    return {"rated": pick(seat, "score") | {"has_words": "note" in seat}}


def my_signups(views: Reads, question: Json, asked: Asked) -> Json:
    """Those the actor made, and those others made with the actor in the party, by when they begin now.

    All that one person has are looked at for every page: a session may have been moved since.
    """
    own = _of(views, asked.actor.id)
    timed = [_at_its_time(views, signup) for signup in own]
    latest_first = sorted(timed, key=_when, reverse=True)
    if question["after"] is not None:
        after = tuple(question["after"])  # Over a bus a tuple arrives as a list.
        latest_first = [signup for signup in latest_first if _when(signup) < after]
    signups = sift(question, latest_first, _when)
    return show_each(signups, lambda signup: shown(views, signup, asked))


def list_signups(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of a session for its host, by ticket, in whatever state is asked for."""
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    of = {"session": session["id"]}
    states = each(question, "state")
    finds = (Find("signups", of | state, "ticket") for state in states)
    role = pick_present(question, "role").items()
    signups = page(views, question, *finds, sees=lambda signup: role <= signup.items())

    def for_host(signup: Json) -> Json:
        return shown(views, _with_household(views, signup), asked)

    return show_each(signups, for_host)


def roster(views: Reads, question: Json, asked: Asked) -> Json:
    """The seats of a session, by person; of those who come as what is asked, where one asks for a role."""
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    where = {"session": session["id"]} | pick_present(question, "role")
    states = question.get("state", SIGNUP.texts)
    seats = Find("seats", where, "person")
    listed = page(views, question, seats, sees=lambda seat: seat["state"] in states)
    return show_each(listed, lambda seat: seat | _party(views, seat))


def _party(views: Reads, seat: Json) -> Json:
    """What its party is called by who has no names: by its ticket, the same on every page and sheet, for good."""
    signup = views.the("signups", seat["signup"])
    is_apart = signup["seating"] == helpers_of(signup["session"])
    number = signup["ticket"]
    return {"party_text": f"志愿者第 {number} 组" if is_apart else f"第 {number} 组"}


def shown(views: Reads, signup: Json, asked: Asked) -> Json:
    """As it is now: when it begins, its place in the queue, and where to take part for who has a seat."""
    session = its_session(views, signup)
    seen = signup | {"starts_at": session["starts_at"], "title": titled(session)}
    if signup["state"] == "confirmed":
        seen |= _link(views, session, asked)
    if session["state"] == "cancelled" and signup["state"] in STANDING:
        return seen | _cancelled_with(session)
    if signup["state"] == "waiting":
        return seen | standing("waiting", _ahead(views, signup) + 1)
    return seen


def _cancelled_with(session: Json) -> Json:
    return {
        "state_text": "本场已取消",
        "reason": session["reason"],
        "position": 0,
    }


def _ahead(views: Reads, signup: Json) -> int:
    """How many wait before it; counting stops at `MOST_COUNTED`."""
    where = {"seating": signup["seating"], "state": "waiting"}
    before = signup["ticket"]
    ahead = Find("signups", where, "ticket", until=before, limit=MOST_COUNTED)
    return views.count(ahead)


def _link(views: Reads, session: Json, asked: Asked) -> Json:
    """`{link}` of a session to who is told it, where there is one."""
    if "link" not in session or not is_told_link(views, session, asked):
        return {}
    return pick(session, "link")


def _as_seen(views: Reads, signup: Json, asked: Asked) -> Json:
    """All of it by who answers for it, with more by the host; by others who are in it what concerns themselves."""
    activity = views.the("activities", signup["activity"])
    if may_keep(views, activity["host"], asked):
        return _with_household(views, signup)
    works_there = asked.actor.covers("community_worker", activity["community"])
    if signup["by"] == asked.actor.id or works_there:
        return signup
    return _own_part(signup, asked.actor.id)


def _own_part(signup: Json, person: str) -> Json:
    own = [member for member in signup["party"] if member["person"] == person]
    return signup | {"party": own}


def _with_household(views: Reads, signup: Json) -> Json:
    """Whether another party claims to be of the same household: whoever decides on sign-ups judges that."""
    for member in signup["party"]:
        if "household" in member and _is_shared(views, signup, member["household"]):
            return signup | {"household_shared": True}
    return signup


def _is_shared(views: Reads, signup: Json, household: str) -> bool:
    claim = {"claim": f"{signup['session']}:{household}"}
    return len(views.find(Find("households", claim, "id", limit=2))) > 1


def _of(views: Reads, person: str) -> Iterator[Json]:
    """The person's sign-ups; of those that others made, where the seat is still the person's, the own part."""
    yield from every(views, Find("signups", {"by": person}, "starts_at"))
    for seat in every(views, Find("seats", {"person": person}, "starts_at")):
        signup = views.get("signups", seat["signup"])
        if signup and signup["by"] != person and is_in(signup, person):
            yield _own_part(signup, person)


def _at_its_time(views: Reads, signup: Json) -> Json:
    session = its_session(views, signup)
    return signup | pick(session, "starts_at")


def _when(signup: Json) -> tuple[str, str]:
    return signup["starts_at"], signup["id"]
