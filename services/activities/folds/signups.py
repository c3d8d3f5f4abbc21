"""What is remembered of sign-ups: the party, its state, and what that does to the seating."""

from collections.abc import Iterable

from schemas.documents import Json, pick, without
from services.activities.folds import households, seats, signers
from services.activities.folds.seating import (
    after_signup,
    counted,
    counted_late,
    settled,
    to_settle,
)
from services.activities.folds.subjects import the_session, the_signup
from services.activities.model.lifecycles import SIGNUP
from services.activities.model.roles import of_event, seating_of
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

# By what a request is found that is to be decided.
WHOSE = ("host", "community", "street", "district")
# By when, or since when, somebody is to answer in the state it is in.
TO_ANSWER = ("answer_by", "asked_at")
COLLECTIONS = (
    Collection(
        "signups",
        (
            ("seating", "state", "pool", "size", "ticket"),
            ("seating", "state", "ticket"),
            ("session", "state", "ticket"),
            ("session", "ticket"),
            ("by", "starts_at"),
            ("answer_by",),
            ("by", "answer_by"),
            ("asked_at",),
            *((where, "asked_at") for where in WHOSE),
            ("id",),
        ),
    ),
)


def standing(state: str, position: int = 0) -> Json:
    """`{state, state_text, position}`; a position is of who waits."""
    text = f"候补第 {position} 位" if state == "waiting" else SIGNUP.texts[state]
    return {"state": state, "state_text": text, "position": position}


def fold_signed_up(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        session = the_session(docs, event)
        signup = _signup(session, event) | standing(state, _position(event))
        if state == "requested":
            signup |= pick(session, *WHOSE) | {"asked_at": event.time}
        put_signup(docs, None, signup)
        seats.seat_party(docs, signup, signup["party"])
        if signup["pool"] != "walk_in":
            signers.count_signer(docs, event, signup)
        _put_ticket(docs, event, signup)

    return fold


def _signup(session: Json, event: Event) -> Json:
    content = event.data
    role = of_event(content)
    known = pick(content, "activity", "session", "by", "party", "ticket")
    known |= pick(session, "starts_at", "title")
    known |= seats.as_role(role)
    return known | {
        "id": content["signup"],
        "pool": content.get("pool", "online"),
        "seating": seating_of(session, role),
        "size": len(content["party"]),
        "changed_at": event.time,
    }


def _put_ticket(docs: Overlay, event: Event, signup: Json) -> None:
    """Counts a new sign-up, which has taken the seating's next ticket."""
    seating = docs.the("seatings", signup["seating"])
    seating = counted(seating, signup, "", signup["state"])
    drawn = seating | {"tickets": signup["ticket"]}
    docs.put("seatings", after_signup(drawn, event))


def _position(event: Event) -> int:
    return int(event.data.get("position", 0))


def put_signup(docs: Overlay, before: Json | None, signup: Json) -> None:
    """The sign-up, and which households it now claims to be of."""
    docs.put("signups", signup)
    households.claim(docs, before, signup)


def the_seating(docs: Overlay, event: Event) -> Json:
    """The seating that the event is about: of whom it seats, or of the sign-up it names."""
    if "signup" in event.data:
        signup = the_signup(docs, event)
        return docs.the("seatings", signup["seating"])
    session = the_session(docs, event)
    return docs.the("seatings", seating_of(session, of_event(event.data)))


def restate(
    docs: Overlay,
    event: Event,
    states: Iterable[tuple[str, str]],
    seating: Json | None = None,
) -> Json:
    """Puts each sign-up and its seats in their new state. The seating after that, which is still to be put."""
    seating = seating or the_seating(docs, event)
    for id, state in states:
        signup = docs.the("signups", id)
        seating = counted(seating, signup, signup["state"], state)
        answered = without(signup, *TO_ANSWER)
        now = standing(state, _position(event)) | {"changed_at": event.time}
        put_signup(docs, signup, answered | now)
        seats.restate_party(docs, signup, state)
    return after_signup(seating, event)


def _restate_own(docs: Overlay, event: Event, state: str) -> Json:
    """The same for the sign-up that the event is about."""
    return restate(docs, event, [(event.data["signup"], state)])


def _restate_all(docs: Overlay, event: Event, ids: str, state: str) -> Json:
    """The same for those sign-ups the event names as its `ids`."""
    return restate(docs, event, [(id, state) for id in event.data[ids]])


def fold_cancelled(docs: Overlay, event: Event) -> None:
    content = event.data
    given_up = the_signup(docs, event)
    states = [(given_up["id"], "cancelled")]
    states += [(id, "confirmed") for id in content["promoted"]]
    seating = restate(docs, event, states)
    seating = counted_late(seating, event, given_up)
    if content["late"]:
        seating = to_settle(seating, event)
    docs.put("seatings", seating)
    if "reason" in content:
        docs.change("signups", given_up["id"], reason=content["reason"])


def fold_decided(docs: Overlay, event: Event) -> None:
    """Approved, with what came of it."""
    docs.put("seatings", _restate_own(docs, event, event.data["state"]))


def fold_declined(docs: Overlay, event: Event) -> None:
    docs.put("seatings", _restate_own(docs, event, "declined"))
    docs.change("signups", event.data["signup"], reason=event.data["reason"])


def fold_promoted(docs: Overlay, event: Event) -> None:
    seating = _restate_all(docs, event, "promoted", "confirmed")
    docs.put("seatings", _settled(seating, event))


def fold_offered(docs: Overlay, event: Event) -> None:
    seating = _restate_own(docs, event, "offered")
    docs.put("seatings", _settled(seating, event))
    docs.change("signups", event.data["signup"], answer_by=event.data["until"])


def _settled(seating: Json, event: Event) -> Json:
    return to_settle(seating, event) if event.data["more"] else settled(seating, event)


def fold_accepted(docs: Overlay, event: Event) -> None:
    """Who had let the offer lapse sits again, whatever they signed up to and gave up since."""
    signup = the_signup(docs, event)
    if signup["state"] == "lapsed":
        seats.seat_party(docs, signup, signup["party"])
        signer = f"{signup['seating']}:{signup['by']}"
        docs.change("signers", signer, signup=signup["id"])
    docs.put("seatings", _restate_own(docs, event, "confirmed"))


def fold_lapsed(docs: Overlay, event: Event) -> None:
    seating = _restate_own(docs, event, "lapsed")
    docs.put("seatings", to_settle(seating, event))


def fold_waiting_ended(docs: Overlay, event: Event) -> None:
    seating = _restate_all(docs, event, "missed", "missed")
    if event.data["more"]:
        docs.put("seatings", seating | {"settle_at": event.time})
    else:
        docs.put("seatings", settled(seating, event))


OWN: Folds = {
    "signup_confirmed.v1": fold_signed_up("confirmed"),
    "signup_waitlisted.v1": fold_signed_up("waiting"),
    "signup_requested.v1": fold_signed_up("requested"),
    "signup_approved.v1": fold_decided,
    "signup_declined.v1": fold_declined,
    "signup_cancelled.v1": fold_cancelled,
    "waiting_promoted.v1": fold_promoted,
    "seat_offered.v1": fold_offered,
    "offer_accepted.v1": fold_accepted,
    "offer_lapsed.v1": fold_lapsed,
    "waiting_ended.v1": fold_waiting_ended,
}
