"""Who came and did not check out, settled in one act when the session is closed: counted to its end, or not at all."""

from schemas.activities.hours import MOST_SETTLED
from schemas.activities.roles import ROLES
from schemas.documents import Json
from schemas.persons import principal
from services.activities.model.attendance import leaving_at, scanned
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.roles import hours_for, told_as
from services.activities.rules.minutes import figures
from services.kit.entrypoints import Asked
from services.kit.log import Fact
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
    roles = [role for role in ROLES if hours_for(session, role) == "in_out"]
    inside = {"session": session["id"], "inside": 1}
    finds = (
        Find("seats", {**inside, "role": role}, "person", limit=most) for role in roles
    )
    return [seat for find in finds for seat in docs.find(find)]


def settle(docs: Reads, session: Json, asked: Asked) -> Fact:
    """The next of those who did not check out, each with what is counted for them."""
    found = without_checkout(docs, session, MOST_SETTLED + 1)
    told = {"session": session["id"], "at": session["ends_at"], **session["settles"]}
    people = [_settled(docs, session, seat) for seat in found[:MOST_SETTLED]]
    told |= {"people": people, "more": len(found) > MOST_SETTLED}
    return ACTIVITY.fact("hours_settled.v1", session["activity"], told)


def _settled(docs: Reads, session: Json, seat: Json) -> Json:
    """Nobody decides on their own hours: for who closed the session nothing is counted."""
    counted = (
        session["settles"]["count"] != NOTHING
        and principal(seat["person"]) != session["settles"]["by"]
        and seat["inside_since"] < session["ends_at"]
    )
    after = scanned(seat, session, leaving_at(session["ends_at"])) if counted else seat
    told = figures(docs, after) if counted else _as_it_is(seat)
    return {"person": seat["person"], "counted": counted, **told}


def _as_it_is(seat: Json) -> Json:
    return {"minutes": seat["minutes"], "hours": seat["hours"], **told_as(seat["role"])}
