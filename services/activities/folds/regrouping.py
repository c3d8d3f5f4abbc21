"""What is remembered of a session when two of its people are one, and when they are two again.

Sign-ups and people are put as the event tells them. What there was is kept with the merge, for an undo.
"""

from schemas.documents import Json, pick, pick_present, without
from services.activities.folds.door import put_figures
from services.activities.folds.merging import is_to_merge
from services.activities.folds.records import put_seat
from services.activities.folds.seating import counted, to_settle
from services.activities.folds.seats import NOT_SEEN, OF_SIGNUP, as_role
from services.activities.folds.signups import put_signup, standing
from services.activities.folds.subjects import the_session
from services.activities.model.lifecycles import STANDING
from services.activities.model.merging import as_called, parted, united
from services.activities.model.roles import of_event
from services.activities.model.seating import seat_id
from services.kit.log import Event
from services.kit.views import Find, Folds, Overlay, Reads


def fold_seats_merged(docs: Overlay, event: Event) -> None:
    content = event.data
    id = seat_id(content["session"], content["person"])
    merging = without(docs.the("mergings", id), "merge_at")
    two_ids = content["person"], content["into"]
    before, lost = {}, {}
    for after in content["signups"]:
        signup = docs.the("signups", after["signup"])
        before[signup["id"]] = signup
        lost[signup["id"]] = _lost(signup, after, *two_ids)
    _put_signups(docs, event)
    two = {gone: _merge(docs, event, gone) for gone in content["gone"]}
    unrated = [_unrate(docs, content["session"], each) for each in content["unrated"]]
    kept = {"signups": before, "lost": lost, "two": two, "unrated": unrated}
    begun = event.time >= the_session(docs, event)["starts_at"]
    docs.put("mergings", merging | kept | {"begun": begun})
    further = docs.get("attendees", content["into"]) or {}
    if "into" in further:
        where = content["session"], content["activity"]
        is_to_merge(docs, event, *where, content["into"], further["into"])


def fold_seats_parted(docs: Overlay, event: Event) -> None:
    content = event.data
    merging = docs.the("mergings", seat_id(content["session"], content["person"]))
    _put_signups(docs, event)
    for gone, two in merging["two"].items():
        _part(docs, event, gone, two)
    for rating in merging["unrated"]:
        docs.put("ratings", rating)
    docs.put("mergings", {"id": merging["id"]})


def _put_signups(docs: Overlay, event: Event) -> None:
    """Each as it is told, its seats counted out as they were and in as they are; what is freed is given away."""
    for said in event.data["signups"]:
        before = docs.the("signups", said["signup"])
        state = standing(said["state"], before["position"])
        party = said["party"]
        now = {"party": party, "size": len(party), "by": said["by"]}
        after = before | (state if said["state"] != before["state"] else {}) | now
        put_signup(docs, before, after)
        seating = docs.the("seatings", before["seating"])
        seating = counted(seating, before, before["state"], "")
        seating = counted(seating, after, "", after["state"])
        is_freed = after["size"] < before["size"] and before["state"] in STANDING
        docs.put("seatings", to_settle(seating, event) if is_freed else seating)
        _put_signer(docs, before, after)


def _put_signer(docs: Overlay, before: Json, after: Json) -> None:
    """Whose latest sign-up it is, if they have none that stands."""
    known = docs.get("signers", f"{before['seating']}:{before['by']}")
    id = f"{after['seating']}:{after['by']}"
    own = docs.get("signers", id)
    if known is None or known["signup"] != before["id"] or own == known:
        return
    if own is None or docs.the("signups", own["signup"])["state"] not in STANDING:
        docs.put("signers", (own or {}) | {"id": id, "signup": after["id"]})


def _merge(docs: Overlay, event: Event, gone: str) -> Json:
    """Puts the seat that both are now; what each of the two was."""
    content = event.data
    session = the_session(docs, event)
    was = docs.the("seats", seat_id(session["id"], gone))
    to = as_called(gone, content["person"], content["into"])
    own = _seat(docs, session, to)
    for seat in filter(None, (was, own)):
        _take_out(docs, seat)
    docs.put("seats", {"id": was["id"]})
    docs.put("recounts", {"id": was["id"]})
    _contests(docs, was, to)
    after = united(own or unseen(was, to), was, session)
    _put(docs, event, after)
    return {"was": was, "own": own}


def _part(docs: Overlay, event: Event, gone: str, two: Json) -> None:
    session = the_session(docs, event)
    was = two["was"]
    to = as_called(gone, event.data["person"], event.data["into"])
    now = docs.the("seats", seat_id(session["id"], to))
    own = two["own"] or unseen(was, to)
    _take_out(docs, now)
    _contests(docs, was, gone)
    _put(docs, event, was)
    if to in event.data["gone"]:
        docs.put("seats", {"id": now["id"]})
        docs.put("recounts", {"id": now["id"]})
    else:
        _put(docs, event, parted(now, own, was, session))


def unseen(was: Json, person: str) -> Json:
    """A seat like that one, of which nothing has been seen yet."""
    id = seat_id(was["session"], person)
    about = pick(was, *OF_SIGNUP, "signup") | pick_present(was, "relation", "guardian")
    return NOT_SEEN | about | {"id": id, "person": person}


def _seat(docs: Overlay, session: Json, person: str) -> Json | None:
    """Somebody's seat; one that was moved is none any more."""
    seat = docs.get("seats", seat_id(session["id"], person))
    return seat if seat and "person" in seat else None


def _take_out(docs: Overlay, seat: Json) -> None:
    """Nothing of the seat counts any more."""
    put_seat(docs, _uncounted(seat))


def _uncounted(seat: Json) -> Json:
    return without(seat, "recorded") | {"attended": False, "minutes": 0}


def _put(docs: Overlay, event: Event, seat: Json) -> None:
    """The seat in the sign-up it is now of, with the figures the event tells."""
    figures = next(
        each for each in event.data["people"] if each["person"] == seat["person"]
    )
    after = seated(docs, seat, event.data["signups"]) | as_role(of_event(figures))
    after |= pick(figures, "attended")
    docs.put("seats", _uncounted(after))
    put_figures(docs, after, figures, event)


def seated(docs: Reads, seat: Json, told: list[Json]) -> Json:
    """The seat as its sign-up stands, by what is told or else as it is: in another where its person stands there.

    Whoever is of its party no more has given it up.
    """
    person = seat["person"]
    after = {each["signup"]: each for each in told}
    own = after.get(seat["signup"]) or docs.the("signups", seat["signup"])
    is_there = person in _people(own)
    if not is_there or own["state"] not in STANDING:
        for each in told:
            if each["state"] in STANDING and person in _people(each):
                return seat | pick(each, "signup", "state")
    if is_there:
        return seat | pick(own, "state")
    return seat | {"state": "cancelled"} if seat["state"] in STANDING else seat


def _people(signup: Json) -> list[str]:
    return [member["person"] for member in signup["party"]]


def _lost(before: Json, after: Json, gone: str, into: str) -> list[Json]:
    """Those of a party who keep another seat than that in it."""
    kept = _people(after)
    lost = []
    for member in before["party"]:
        person = as_called(member["person"], gone, into)
        if person in kept:
            kept.remove(person)
        else:
            lost.append(member)
    return lost


def _contests(docs: Overlay, was: Json, person: str) -> None:
    if "contest" in was:
        docs.change("contests", was["contest"], person=person)


def _unrate(docs: Overlay, session: str, unrated: Json) -> Json:
    """Takes one such rating away, whoever of those who gave the score it was, and tells which."""
    find = Find(
        "ratings", {"session": session}, "score", since=unrated["score"], limit=1
    )
    rating = docs.find(find)[0]
    docs.put("ratings", {"id": rating["id"]})
    return rating


OWN: Folds = {
    "seats_merged.v1": fold_seats_merged,
    "seats_parted.v1": fold_seats_parted,
}
