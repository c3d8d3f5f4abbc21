"""What is remembered of a party that changes: who comes as well or instead, who joined as themself, who left."""

from schemas.documents import Json
from services.activities.folds.seating import (
    after_signup,
    counted_late,
    seats_counted,
    to_settle,
)
from services.activities.folds.seats import seat_party, unseat
from services.activities.folds.signups import put_signup, restate
from services.activities.folds.subjects import the_signup
from services.district.calendar import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_passed_on(docs: Overlay, event: Event) -> None:
    _replace(docs, event, event.data["person"])


def fold_grown(docs: Overlay, event: Event) -> None:
    signup = the_signup(docs, event)
    member = event.data["member"]
    state = signup["state"]
    place = signup | {"size": 1}
    after = _moved(event, signup, [*signup["party"], member])
    put_signup(docs, signup, after)
    seat_party(docs, after, [member])
    seating = docs.the("seatings", signup["seating"])
    seating = seats_counted(seating, place, "", state)
    docs.put("seatings", after_signup(seating, event))


def fold_joined(docs: Overlay, event: Event) -> None:
    _replace(docs, event, event.data["instead_of"])


def _replace(docs: Overlay, event: Event, gone: str) -> None:
    signup = the_signup(docs, event)
    to = event.data["to"]
    after = _moved(event, signup, _instead(signup["party"], gone, to))
    put_signup(docs, signup, after)
    unseat(docs, signup, gone)
    seat_party(docs, after, [to])


def _instead(party: list[Json], gone: str, to: Json) -> list[Json]:
    """The party with somebody else in the place of who is gone."""
    return [to if member["person"] == gone else member for member in party]


def _moved(event: Event, signup: Json, party: list[Json]) -> Json:
    """The sign-up with that party: how often it changes in a day is counted."""
    return signup | {
        "party": party,
        "size": len(party),
        "moves": one_more(signup.get("moves"), day_of(event.time)),
        "changed_at": event.time,
    }


def fold_left(docs: Overlay, event: Event) -> None:
    """One seat less. A smaller party that waits may fit where it did not before."""
    signup = the_signup(docs, event)
    gone = event.data["person"]
    party = [member for member in signup["party"] if member["person"] != gone]
    put_signup(docs, signup, _moved(event, signup, party))
    unseat(docs, signup, gone)
    state = signup["state"]
    place = signup | {"size": 1}
    seating = docs.the("seatings", signup["seating"])
    docs.put("seatings", seats_counted(seating, place, state, "cancelled"))
    seating = _promoted(docs, event, place)
    if event.data["late"] or state == "waiting":
        seating = to_settle(seating, event)
    docs.put("seatings", seating)


def _promoted(docs: Overlay, event: Event, given_up: Json) -> Json:
    """The seating once those who wait have got the place."""
    promoted = [(id, "confirmed") for id in event.data["promoted"]]
    return counted_late(restate(docs, event, promoted), event, given_up)


OWN: Folds = {
    "seat_passed_on.v1": fold_passed_on,
    "party_grown.v1": fold_grown,
    "party_joined.v1": fold_joined,
    "party_left.v1": fold_left,
}
