"""What is remembered of a session when two of its people are one, and when they are two again.

Sign-ups and people are put as the event tells them. What there was is kept with the merge, for an undo.
"""

from schemas.documents import Json, pick, pick_present, without
from services.activities.folds import signers
from services.activities.folds.door import put_figures
from services.activities.folds.merging import is_to_merge
from services.activities.folds.records import take_out, uncounted
from services.activities.folds.seating import counted, to_settle
from services.activities.folds.seats import NOT_SEEN, OF_SIGNUP, as_role
from services.activities.folds.signups import TO_ANSWER, put_signup, standing
from services.activities.folds.subjects import the_session
from services.activities.model.lifecycles import STANDING
from services.activities.model.merging import (
    as_called,
    parted,
    seated,
    united,
)
from services.activities.model.parties import people_of
from services.activities.model.roles import of_event
from services.activities.model.seating import seat_at, seat_id
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Find, Folds, Overlay


def fold_seats_merged(docs: Overlay, event: Event) -> None:
    content = event.data
    id = seat_id(content["session"], content["person"])
    merging = without(docs.the("mergings", id), "merge_at")
    merging |= _before(docs, event)
    _put_signups(docs, event, {})
    merging["two"] = {gone: _merge(docs, event, gone) for gone in content["gone"]}
    merging["unrated"] = _unrate_each(docs, event)
    session = the_session(docs, event)
    merging["begun"] = event.time >= session["starts_at"]
    docs.put("mergings", merging)
    _merge_further(docs, event)


def _before(docs: Overlay, event: Event) -> Json:
    """`{signups, lost}`, by sign-up: what each was, and who of its party keeps another seat."""
    content = event.data
    two = content["person"], content["into"]
    signups, lost = {}, {}
    for after in content["signups"]:
        id = after["signup"]
        signups[id] = docs.the("signups", id)
        lost[id] = _lost(signups[id], after, *two)
    return {"signups": signups, "lost": lost}


def _merge_further(docs: Overlay, event: Event) -> None:
    """Whoever they became may have been merged into somebody else since."""
    content = event.data
    into = content["into"]
    further = docs.get("attendees", into) or {}
    if "into" in further:
        where = content["session"], content["activity"]
        is_to_merge(docs, event, *where, into, further["into"])


def fold_seats_parted(docs: Overlay, event: Event) -> None:
    content = event.data
    merging = docs.the("mergings", seat_id(content["session"], content["person"]))
    theirs = [docs.the("signups", told["signup"]) for told in event.data["signups"]]
    _put_signups(docs, event, merging["signups"])
    for signup in theirs:
        signers.forget(docs, signup)
    for gone, two in merging["two"].items():
        _part(docs, event, gone, two)
    for rating in merging["unrated"]:
        docs.put("ratings", rating)
    docs.put("mergings", {"id": merging["id"]})


def _put_signups(docs: Overlay, event: Event, was: Json) -> None:
    """Each as it is told, or `was`, counted out as it was and in as it is; what is freed is given away."""
    for told in event.data["signups"]:
        before = docs.the("signups", told["signup"])
        after = _as_told(before, told, was.get(before["id"], {}))
        put_signup(docs, before, after)
        seating = _recounted(docs, before, after)
        is_freed = after["size"] < before["size"]
        if is_freed and before["state"] in STANDING:
            seating = to_settle(seating, event)
        docs.put("seatings", seating)
        _put_signer(docs, before, after)


def _as_told(signup: Json, told: Json, was: Json) -> Json:
    party = told["party"]
    after = signup | {"party": party, "size": len(party), "by": told["by"]}
    if told["state"] == signup["state"]:
        return after
    after = without(after, *TO_ANSWER) | pick_present(was, *TO_ANSWER)
    return after | standing(told["state"], signup["position"])


def _recounted(docs: Overlay, before: Json, after: Json) -> Json:
    """Its seating, with the seats as they are instead of as they were."""
    seating = docs.the("seatings", before["seating"])
    seating = counted(seating, before, before["state"], "")
    return counted(seating, after, "", after["state"])


def _put_signer(docs: Overlay, before: Json, after: Json) -> None:
    """Whose latest sign-up it is, if they have none that stands."""
    known, own = (
        signers.signer_at(docs, signup["seating"], signup["by"])
        for signup in (before, after)
    )
    if known.get("signup") != before["id"]:
        return
    if "signup" not in own or not _stands(docs, own["signup"]):
        docs.put("signers", own | {"signup": after["id"]})


def _stands(docs: Overlay, id: str) -> bool:
    signup = docs.the("signups", id)
    return signup["state"] in STANDING


def _merge(docs: Overlay, event: Event, gone: str) -> Json:
    """Puts the seat that both are now; what each of the two was."""
    content = event.data
    session = the_session(docs, event)
    was = seat_at(docs, session["id"], gone)
    to = as_called(gone, content["person"], content["into"])
    own = _seat(docs, session, to)
    take_out(docs, was)
    if own is not None:
        take_out(docs, own)
    _remove(docs, was)
    contests = _contests_of(docs, session["id"], gone)
    _give(docs, contests, to)
    beside = own or unseen(was, to)
    _put(docs, event, united(beside, was, session))
    return {"was": was, "own": own, "contests": contests}


def _part(docs: Overlay, event: Event, gone: str, two: Json) -> None:
    content = event.data
    session = the_session(docs, event)
    was = two["was"]
    to = as_called(gone, content["person"], content["into"])
    now = seat_at(docs, session["id"], to)
    take_out(docs, now)
    _give(docs, _contested(two), gone)
    _put(docs, event, was)
    if to in content["gone"]:
        _remove(docs, now)
    else:
        own = two["own"] or unseen(was, to)
        _put(docs, event, parted(now, own, was, session))


def _remove(docs: Overlay, seat: Json) -> None:
    """The seat is none any more, and owes no recount."""
    docs.put("seats", {"id": seat["id"]})
    docs.put("recounts", {"id": seat["id"]})


def unseen(was: Json, person: str) -> Json:
    """A seat like that one, of which nothing has been seen yet."""
    seat = NOT_SEEN | pick(was, *OF_SIGNUP, "signup")
    seat |= pick_present(was, "relation", "guardian")
    id = seat_id(was["session"], person)
    return seat | {"id": id, "person": person}


def _seat(docs: Overlay, session: Json, person: str) -> Json | None:
    """Somebody's seat; one that was moved is none any more."""
    seat = docs.get("seats", seat_id(session["id"], person))
    return seat if seat and "person" in seat else None


def _put(docs: Overlay, event: Event, seat: Json) -> None:
    """The seat in the sign-up it is now of, with the figures the event tells."""
    content = event.data
    person = seat["person"]
    figures = next(each for each in content["people"] if each["person"] == person)
    after = seated(docs, seat, content["signups"])
    after |= as_role(of_event(figures))
    after |= pick(figures, "attended")
    docs.put("seats", uncounted(after))
    put_figures(docs, after, figures, event)


def _unrate_each(docs: Overlay, event: Event) -> list[Json]:
    session = event.data["session"]
    return [_unrate(docs, session, each["score"]) for each in event.data["unrated"]]


def _lost(before: Json, after: Json, gone: str, into: str) -> list[Json]:
    """Those of a party who keep another seat than that in it."""
    kept = people_of(after)
    lost = []
    for member in before["party"]:
        person = as_called(member["person"], gone, into)
        if person in kept:
            kept.remove(person)
        else:
            lost.append(member)
    return lost


def _contests_of(docs: Overlay, session: str, person: str) -> list[str]:
    """All there have been: the seat knows the last alone."""
    contests = every(docs, Find("contests", {"person": person}, "asked_at"))
    return [each["id"] for each in contests if each["session"] == session]


def _contested(two: Json) -> list[str]:
    """Those that were given to the survivor; versions before kept the last alone."""
    was: Json = two["was"]
    last = [was["contest"]] if "contest" in was else []
    return list(two.get("contests", last))


def _give(docs: Overlay, contests: list[str], person: str) -> None:
    for contest in contests:
        docs.change("contests", contest, person=person)


def _unrate(docs: Overlay, session: str, score: int) -> Json:
    """Takes one such rating away, whoever of those who gave the score it was, and tells which."""
    where = {"session": session}
    rating = docs.find(Find("ratings", where, "score", since=score, limit=1))[0]
    docs.put("ratings", {"id": rating["id"]})
    return rating


OWN: Folds = {
    "seats_merged.v1": fold_seats_merged,
    "seats_parted.v1": fold_seats_parted,
}
