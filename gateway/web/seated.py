"""Which session something is about, and whose seat, as the list at the door calls it: nobody is told by an id."""

from collections.abc import Iterator

from gateway.edge.application import application
from gateway.pages.names import names_of
from gateway.web.companions import words_of
from gateway.web.named import Listed, all_of
from gateway.web.page import Visit
from gateway.web.words import span_in_words
from schemas.activities.contents import OfSession
from schemas.activities.signups import Roster
from schemas.documents import Json

ROSTER = Listed("activities", "roster", Roster)


def told_of(visit: Visit, told: Json) -> Iterator[Json]:
    """Which session, and whose seat at it, as `{label, says}`."""
    session = told["session"]
    about = {"activity": visit.path["activity"], "session": session}
    one = visit.ask("activities", "get_session", OfSession, **about)
    yield {"label": "哪一场", "says": span_in_words(one["starts_at"], one["ends_at"])}
    if "person" in told and _keeps_lists(visit):
        whose = seat_in_words(visit, session, told["person"])
        yield from [{"label": "谁", "says": whose}] if whose else []


def _keeps_lists(visit: Visit) -> bool:
    """A street puts hours right as well, and is not shown who comes to what."""
    roles = application().admission.roles("activities")
    return "roster" in roles and visit.actor.has(*roles["roster"])


def seat_in_words(visit: Visit, session: str, person: str) -> str:
    """`第 3 组的孩子`, or by name for who keeps records of them; "" for who has no seat there."""
    about = {"activity": visit.path["activity"], "session": session}
    seats = list(all_of(visit, ROSTER, **about, state="confirmed"))
    seat = next((one for one in seats if one["person"] == person), None)
    if seat is None:
        return ""
    party = names_of(visit, [person])(person) or str(seat["party_text"])
    is_self = seat["relation"] == "self"
    return party if is_self else f"{party}的{words_of(seats)[person]}"
