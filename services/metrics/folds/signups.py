"""Sign-ups: how many seats of each session are confirmed, and how many were given up too late."""

from collections import Counter

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds.presences import seat_companions
from services.metrics.folds.session_figures import count

COLLECTIONS = (Collection("signups"),)

Seats = Counter[str]
"""By who answers for them."""
NO_SEATS: Seats = Counter()


def fold_signed_up(docs: Overlay, event: Event) -> None:
    """Confirmed, waitlisted or requested."""
    content = event.data
    id = content["signup"]
    by = content["by"]
    people = [member["person"] for member in content["party"]]
    confirmed = event.type == "signup_confirmed.v1"
    signup = {"id": id, "by": by, "size": len(people), "confirmed": confirmed}
    docs.put("signups", signup)
    seat_companions(docs, content["session"], id, by, people)
    count_seats(docs, event, seats_of(signup))


def fold_approved(docs: Overlay, event: Event) -> None:
    if event.data["state"] == "confirmed":
        count_seats(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_promoted(docs: Overlay, event: Event) -> None:
    count_seats(docs, event, _confirm(docs, event.data["promoted"]))


def fold_accepted(docs: Overlay, event: Event) -> None:
    count_seats(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_cancelled(docs: Overlay, event: Event) -> None:
    given_up = _signup(docs, event)
    docs.put("signups", given_up | {"confirmed": False})
    _give_up(docs, event, seats_of(given_up))


def fold_grown(docs: Overlay, event: Event) -> None:
    """One more of a party."""
    before = _signup(docs, event)
    after = docs.change("signups", before["id"], size=before["size"] + 1)
    _seat(docs, event, before, event.data["person"])
    count_seats(docs, event, seats_of(after) - seats_of(before))


def fold_left(docs: Overlay, event: Event) -> None:
    """One of a party gave their seat up: their own, or the signer's to answer for."""
    before = _signup(docs, event)
    person = event.data["person"]
    joined = [other for other in before.get("joined", ()) if other != person]
    fewer = {"size": before["size"] - 1, "joined": joined}
    after = docs.change("signups", before["id"], **fewer)
    _give_up(docs, event, seats_of(before) - seats_of(after))


def fold_passed_on(docs: Overlay, event: Event) -> None:
    signup = _signup(docs, event)
    _seat(docs, event, signup, event.data["to"]["person"])


def fold_joined(docs: Overlay, event: Event) -> None:
    """Somebody took the seat of a guest as themself: it is theirs, no longer the signer's to answer for."""
    before = _signup(docs, event)
    joined = [*before.get("joined", ()), event.data["person"]]
    after = docs.change("signups", before["id"], joined=joined)
    moved = seats_of(after)
    moved.subtract(seats_of(before))
    count_seats(docs, event, moved)


def _signup(docs: Overlay, event: Event) -> Json:
    return docs.the("signups", event.data["signup"])


def _seat(docs: Overlay, event: Event, signup: Json, person: str) -> None:
    session = event.data["session"]
    seat_companions(docs, session, signup["id"], signup["by"], [person])


def _give_up(docs: Overlay, event: Event, freed: Seats) -> None:
    """Seats are freed, and those who waited for them have theirs."""
    taken = _confirm(docs, event.data["promoted"])
    taken.subtract(freed)
    late = freed if event.data["late"] else NO_SEATS
    count_seats(docs, event, taken, late)


def _confirm(docs: Overlay, signups: list[str]) -> Seats:
    """Confirms them; the seats that takes which were not taken before."""
    taken: Seats = Counter()
    for id in signups:
        before = docs.the("signups", id)
        after = docs.change("signups", id, confirmed=True)
        taken += seats_of(after) - seats_of(before)
    return taken


def seats_of(signup: Json) -> Seats:
    """None before it is confirmed. Whoever joined a party answers for their own."""
    if not signup["confirmed"]:
        return Counter()
    joined: Seats = Counter(signup.get("joined", ()))
    others = signup["size"] - joined.total()
    return Counter({signup["by"]: others}) + joined


def count_seats(
    docs: Overlay, event: Event, seats: Seats, late: Seats = NO_SEATS
) -> None:
    """Seats confirmed, and of those given up the `late` ones, for the session and for who answers for them."""
    answers = {}
    for signer in {**seats, **late}:
        if seats[signer] or late[signer]:
            answers[signer] = {"seats": seats[signer], "late": late[signer]}
    if answers:
        session = docs.the("sessions", event.data["session"])
        changes = {"confirmed": seats.total(), "late": late.total()}
        count(docs, event, session, changes, answers)


OWN: Folds = {
    "signup_confirmed.v1": fold_signed_up,
    "signup_waitlisted.v1": fold_signed_up,
    "signup_requested.v1": fold_signed_up,
    "signup_approved.v1": fold_approved,
    "waiting_promoted.v1": fold_promoted,
    "offer_accepted.v1": fold_accepted,
    "signup_cancelled.v1": fold_cancelled,
    "party_grown.v1": fold_grown,
    "party_left.v1": fold_left,
    "party_joined.v1": fold_joined,
    "seat_passed_on.v1": fold_passed_on,
}
