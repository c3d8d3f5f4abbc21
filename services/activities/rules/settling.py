"""Who came and did not check out, settled in one act when the session is closed: counted to its end, or not at all."""

from schemas.activities.hours import MOST_SETTLED
from schemas.activities.roles import ROLES
from schemas.documents import Json, pick
from schemas.persons import principal
from services.activities.model.attendance import leaving_at, scanned
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.roles import hours_for, told_as
from services.activities.rules.minutes import figures
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.persons.machines import who_answers
from services.kit.views import Find, Reads

NOTHING = "nothing"


def chosen(docs: Reads, session: Json, command: Json, asked: Asked) -> Json:
    """`{without_checkout: {count, by}}` where somebody has not checked out; what nobody chose is nothing."""
    if not without_checkout(docs, session, 1):
        return {}
    count = command.get("without_checkout", {}).get("count", NOTHING)
    return {"without_checkout": {"count": count, "by": asked.actor.id}}


def without_checkout(docs: Reads, session: Json, most: int) -> list[Json]:
    """Those whose time counts from in to out; `most` of those who take part, and of those who help."""
    seats: list[Json] = []
    for role in ROLES:
        if hours_for(session, role) == "in_out":
            where = {
                "session": session["id"],
                "inside": 1,
                "role": role,
            }
            seats += docs.find(Find("seats", where, "person", limit=most))
    return seats


def settle(docs: Reads, session: Json, asked: Asked) -> Fact:
    """The next of those who did not check out, each with what is counted for them."""
    seats = without_checkout(docs, session, MOST_SETTLED + 1)
    people = [_settled(docs, session, seat) for seat in seats[:MOST_SETTLED]]
    content = {
        "session": session["id"],
        "at": session["ends_at"],
    }
    content |= session["settles"]
    content |= {
        "people": people,
        "more": len(seats) > MOST_SETTLED,
    }
    return ACTIVITY.fact("hours_settled.v1", session["activity"], content)


def _settled(docs: Reads, session: Json, seat: Json) -> Json:
    """The person, with what is counted for them until the session's end."""
    if not _is_counted(docs, session, seat):
        as_it_is = pick(seat, "minutes", "hours") | told_as(seat["role"])
        return {"person": seat["person"], "counted": False} | as_it_is
    after = scanned(seat, session, leaving_at(session["ends_at"]))
    return {"person": seat["person"], "counted": True} | figures(docs, after)


def _is_counted(docs: Reads, session: Json, seat: Json) -> bool:
    """Nobody decides on their own hours: for who closed the session, or whose key did, nothing is counted."""
    settles = session["settles"]
    if settles["count"] == NOTHING:
        return False
    person, closer = (
        who_answers(docs, id) for id in (principal(seat["person"]), settles["by"])
    )
    if person == closer:
        return False
    return bool(seat["inside_since"] < session["ends_at"])
