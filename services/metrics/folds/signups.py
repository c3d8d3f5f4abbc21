"""Sign-ups: how many seats of each session are confirmed, and how many were given up too late."""

from services.kit.log import Event
from services.kit.views import Collection, Doc, Folds, Overlay
from services.metrics.folds.sessions import count

COLLECTIONS = (Collection("signups"),)


def fold_signed_up(docs: Overlay, event: Event) -> None:
    """Confirmed, waitlisted or requested."""
    confirmed = event.type == "signup_confirmed.v1"
    signup = {"id": event.data["signup"], "size": len(event.data["party"]), "confirmed": confirmed}
    docs.put("signups", signup)
    if confirmed:
        _count(docs, event, signup["size"])


def fold_approved(docs: Overlay, event: Event) -> None:
    if event.data["state"] == "confirmed":
        _count(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_promoted(docs: Overlay, event: Event) -> None:
    _count(docs, event, _confirm(docs, event.data["promoted"]))


def fold_accepted(docs: Overlay, event: Event) -> None:
    _count(docs, event, _confirm(docs, [event.data["signup"]]))


def fold_cancelled(docs: Overlay, event: Event) -> None:
    given_up = docs.the("signups", event.data["signup"])
    freed = _seats(given_up)
    docs.put("signups", {**given_up, "confirmed": False})
    taken = _confirm(docs, event.data["promoted"])
    _count(docs, event, taken - freed, late=freed if event.data["late"] else 0)


def fold_grown(docs: Overlay, event: Event) -> None:
    """One more of a party."""
    before = docs.the("signups", event.data["signup"])
    after = {**before, "size": before["size"] + 1}
    docs.put("signups", after)
    _count(docs, event, _seats(after) - _seats(before))


def fold_left(docs: Overlay, event: Event) -> None:
    """One of a party gave their seat up."""
    before = docs.the("signups", event.data["signup"])
    after = {**before, "size": before["size"] - 1}
    docs.put("signups", after)
    freed = _seats(before) - _seats(after)
    taken = _confirm(docs, event.data["promoted"])
    _count(docs, event, taken - freed, late=freed if event.data["late"] else 0)


def _confirm(docs: Overlay, signups: list[str]) -> int:
    """Confirms them; how many seats that takes which were not taken before."""
    seats = 0
    for id in signups:
        group = docs.the("signups", id)
        seats += group["size"] - _seats(group)
        docs.put("signups", {**group, "confirmed": True})
    return seats


def _seats(signup: Doc) -> int:
    return int(signup["size"]) if signup["confirmed"] else 0


def _count(docs: Overlay, event: Event, confirmed: int, late: int = 0) -> None:
    if confirmed or late:
        count(docs, event, docs.the("sessions", event.data["session"]), {"confirmed": confirmed, "late": late})


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
}
