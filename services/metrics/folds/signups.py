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
    confirmed = event.type == "signup_confirmed.v1"
    people = [member["person"] for member in event.data["party"]]
    signup = {
        "id": event.data["signup"],
        "by": event.data["by"],
        "size": len(people),
        "confirmed": confirmed,
    }
    docs.put("signups", signup)
    seat_companions(docs, event.data["session"], signup["id"], signup["by"], people)
    _count(docs, event, _seats(signup))


def fold_approved(docs: Overlay, event: Event) -> None:
    if event.data["state"] == "confirmed":
        _count(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_promoted(docs: Overlay, event: Event) -> None:
    _count(docs, event, _confirm(docs, event.data["promoted"]))


def fold_accepted(docs: Overlay, event: Event) -> None:
    _count(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_cancelled(docs: Overlay, event: Event) -> None:
    given_up = docs.the("signups", event.data["signup"])
    docs.put("signups", {**given_up, "confirmed": False})
    _give_up(docs, event, _seats(given_up))


def fold_grown(docs: Overlay, event: Event) -> None:
    """One more of a party."""
    before = docs.the("signups", event.data["signup"])
    after = {**before, "size": before["size"] + 1}
    docs.put("signups", after)
    seat_companions(
        docs, event.data["session"], before["id"], before["by"], [event.data["person"]]
    )
    _count(docs, event, _seats(after) - _seats(before))


def fold_left(docs: Overlay, event: Event) -> None:
    """One of a party gave their seat up: their own, or the signer's to answer for."""
    before, person = docs.the("signups", event.data["signup"]), event.data["person"]
    joined = [one for one in before.get("joined", ()) if one != person]
    after = {**before, "size": before["size"] - 1, "joined": joined}
    docs.put("signups", after)
    _give_up(docs, event, _seats(before) - _seats(after))


def fold_passed_on(docs: Overlay, event: Event) -> None:
    signup = docs.the("signups", event.data["signup"])
    seat_companions(
        docs,
        event.data["session"],
        signup["id"],
        signup["by"],
        [event.data["to"]["person"]],
    )


def fold_joined(docs: Overlay, event: Event) -> None:
    """Somebody took the seat of a guest as themself: it is theirs, no longer the signer's to answer for."""
    before = docs.the("signups", event.data["signup"])
    after = {**before, "joined": [*before.get("joined", ()), event.data["person"]]}
    docs.put("signups", after)
    moved = _seats(after)
    moved.subtract(_seats(before))
    _count(docs, event, moved)


def _give_up(docs: Overlay, event: Event, freed: Seats) -> None:
    """Seats are freed, and those who waited for them have theirs."""
    taken = _confirm(docs, event.data["promoted"])
    taken.subtract(freed)
    _count(docs, event, taken, late=freed if event.data["late"] else Counter())


def _confirm(docs: Overlay, signups: list[str]) -> Seats:
    """Confirms them; the seats that takes which were not taken before."""
    taken: Seats = Counter()
    for id in signups:
        before = docs.the("signups", id)
        after = {**before, "confirmed": True}
        docs.put("signups", after)
        taken += _seats(after) - _seats(before)
    return taken


def _seats(signup: Json) -> Seats:
    """None before it is confirmed. Whoever joined a party answers for their own."""
    if not signup["confirmed"]:
        return Counter()
    joined = signup.get("joined", ())
    return Counter({signup["by"]: signup["size"] - len(joined)}) + Counter(joined)


def _count(docs: Overlay, event: Event, seats: Seats, late: Seats = NO_SEATS) -> None:
    answers = {
        signer: {"seats": seats[signer], "late": late[signer]}
        for signer in {**seats, **late}
    }
    more = {
        signer: changes for signer, changes in answers.items() if any(changes.values())
    }
    if more:
        session = docs.the("sessions", event.data["session"])
        count(
            docs,
            event,
            session,
            {"confirmed": seats.total(), "late": late.total()},
            more,
        )


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
