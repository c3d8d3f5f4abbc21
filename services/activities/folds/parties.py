"""What is remembered of a party that changes: who comes as well or instead, who joined as themself, who left."""

from schemas.documents import Json
from services.activities.folds.sessions import looked_after, to_settle
from services.activities.folds.signers import day_of
from services.activities.folds.signups import (
    counted_late,
    put_signup,
    restate,
    seat_party,
    seats_counted,
)
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_passed_on(docs: Overlay, event: Event) -> None:
    _replace(docs, event, event.data["person"])


def fold_grown(docs: Overlay, event: Event) -> None:
    signup, member = docs.the("signups", event.data["signup"]), event.data["member"]
    after = _moved(event, signup, [*signup["party"], member])
    put_signup(docs, signup, after)
    seat_party(docs, after, [member])
    seating = seats_counted(
        docs.the("seatings", signup["seating"]),
        {**signup, "size": 1},
        "",
        signup["state"],
    )
    docs.put("seatings", looked_after(seating, event))


def fold_joined(docs: Overlay, event: Event) -> None:
    _replace(docs, event, event.data["instead_of"])


def _replace(docs: Overlay, event: Event, gone: str) -> None:
    signup, to = docs.the("signups", event.data["signup"]), event.data["to"]
    party = [to if member["person"] == gone else member for member in signup["party"]]
    after = _moved(event, signup, party)
    put_signup(docs, signup, after)
    _unseat(docs, signup, gone)
    seat_party(docs, after, [to])


def _moved(event: Event, signup: Json, party: list[Json]) -> Json:
    moves = one_more(signup.get("moves"), day_of(event))
    return {
        **signup,
        "party": party,
        "size": len(party),
        "moves": moves,
        "changed_at": event.time,
    }


def _unseat(docs: Overlay, signup: Json, person: str) -> None:
    seat = docs.the("seats", f"{signup['session']}:{person}")
    docs.put("seats", {**seat, "state": "cancelled"})


def fold_left(docs: Overlay, event: Event) -> None:
    """One seat less. A smaller party that waits may fit where it did not before."""
    signup = docs.the("signups", event.data["signup"])
    state, one = signup["state"], {**signup, "size": 1}
    party = [
        member for member in signup["party"] if member["person"] != event.data["person"]
    ]
    put_signup(docs, signup, _moved(event, signup, party))
    _unseat(docs, signup, event.data["person"])
    seating = docs.the("seatings", signup["seating"])
    docs.put("seatings", seats_counted(seating, one, state, "cancelled"))
    promoted = [(id, "confirmed") for id in event.data["promoted"]]
    seating = counted_late(restate(docs, event, promoted), event, one)
    docs.put(
        "seatings",
        to_settle(seating, event)
        if event.data["late"] or state == "waiting"
        else seating,
    )


OWN: Folds = {
    "seat_passed_on.v1": fold_passed_on,
    "party_grown.v1": fold_grown,
    "party_joined.v1": fold_joined,
    "party_left.v1": fold_left,
}
