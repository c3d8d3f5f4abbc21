"""What is remembered of sign-ups: the party, each of its members' seats, and how many seats that leaves."""

from collections.abc import Iterable

from schemas.activities.roles import ROLE_TEXTS
from schemas.documents import Json
from services.activities.folds import signers
from services.activities.folds.sessions import looked_after, settled, to_settle
from services.activities.model.lifecycles import SEATED, SIGNUP, STANDING
from services.activities.model.roles import of_event, seating_of
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

HELD = ("host", "district", "street", "community")
WHOSE = (
    "host",
    "community",
    "street",
    "district",
)  # By what a request is found that is to be decided.
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
    Collection(
        "seats",
        (
            ("session", "person"),
            ("session", "role", "person"),
            ("session", "inside", "role", "person"),
            ("person", "starts_at"),
            ("person", "recorded", "starts_at"),
            ("person", "role", "recorded", "starts_at"),
            *(("person", "recorded", held, "starts_at") for held in HELD),
            *(("person", "role", "recorded", held, "starts_at") for held in HELD),
            ("id",),
        ),
    ),
    # Claimed by a party that stands.
    Collection(
        "households", (("claim", "id"), ("claim", "by", "id"), ("claim", "pool", "id"))
    ),
    *signers.COLLECTIONS,
)


# What is known of a person at a session, whatever became of their sign-ups.
AS = ("role", "role_text")
NOT_SEEN: Json = {
    "inside_since": None,
    "scans": [],
    "attended": False,
    "minutes": 0,
    "hours": "scanned",
    "score": None,
}
SEEN = {*NOT_SEEN, "entered", "inside", "contest", "recorded_by", "appraisal", "note"}


def standing(state: str, position: int = 0) -> Json:
    text = f"候补第 {position} 位" if state == "waiting" else SIGNUP.texts[state]
    return {"state": state, "state_text": text, "position": position}


def fold_signed_up(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        data = event.data
        session = docs.the("sessions", data["session"])
        known = {
            name: data[name]
            for name in ("activity", "session", "by", "party", "ticket")
        }
        signup = {
            **known,
            "id": data["signup"],
            "pool": data.get("pool", "online"),
            **as_role(of_event(data)),
            "seating": seating_of(session, of_event(data)),
            "starts_at": session["starts_at"],
            "title": session["title"],
            "size": len(data["party"]),
            "changed_at": event.time,
            **standing(state, data.get("position", 0)),
            **(_to_decide(session, event) if state == "requested" else {}),
        }
        put_signup(docs, None, signup)
        seat_party(docs, signup, data["party"])
        if signup["pool"] != "walk_in":
            signers.count_signer(docs, event, signup)
        seating = _counted(docs.the("seatings", signup["seating"]), signup, "", state)
        docs.put(
            "seatings", looked_after({**seating, "tickets": data["ticket"]}, event)
        )

    return fold


def as_role(role: str) -> Json:
    return {"role": role, "role_text": ROLE_TEXTS[role]}


def _to_decide(session: Json, event: Event) -> Json:
    return {"asked_at": event.time, **{name: session[name] for name in WHOSE}}


def seat_party(docs: Overlay, signup: Json, party: Iterable[Json]) -> None:
    for member in party:
        guardian = {"guardian": member["guardian"]} if "guardian" in member else {}
        id = f"{signup['session']}:{member['person']}"
        seat = {
            **NOT_SEEN,
            **_known(docs, id),
            "id": id,
            **{
                name: signup[name]
                for name in ("activity", "session", "starts_at", "state", *AS)
            },
            "person": member["person"],
            "relation": member["relation"],
            **guardian,
            "signup": signup["id"],
        }
        docs.put("seats", seat)


def put_signup(docs: Overlay, before: Json | None, signup: Json) -> None:
    """The sign-up, and which households it now claims to be of."""
    docs.put("signups", signup)
    claimed = _households(signup) if signup["state"] in STANDING else set()
    for household in sorted(_households(before or {"party": ()}) | _households(signup)):
        claim = {
            "claim": f"{signup['seating']}:{household}",
            "by": signup["by"],
            "pool": signup["pool"],
        }
        id = f"{signup['session']}:{household}:{signup['id']}"
        docs.put("households", {"id": id, **(claim if household in claimed else {})})


def _households(signup: Json) -> set[str]:
    return {member["household"] for member in signup["party"] if "household" in member}


def _known(docs: Overlay, id: str) -> Json:
    """What was seen of somebody who had a seat and gave it up."""
    before = docs.get("seats", id) or {}
    return {name: value for name, value in before.items() if name in SEEN}


def _counted(seating: Json, signup: Json, before: str, after: str) -> Json:
    """The seating after a sign-up went from one state to another; "" is before there was one."""
    parties = {
        name: seating[name] + (after == name) - (before == name)
        for name in ("waiting", "requested")
    }
    return {**seats_counted(seating, signup, before, after), **parties}


def seats_counted(seating: Json, signup: Json, before: str, after: str) -> Json:
    seated = (after in SEATED) - (before in SEATED)
    changes = {
        "taken": (after == "confirmed") - (before == "confirmed"),
        "offered": (after == "offered") - (before == "offered"),
        **({f"taken_{signup['pool']}": seated} if signup["pool"] != "online" else {}),
    }
    counted = {
        name: seating[name] + change * signup["size"]
        for name, change in changes.items()
    }
    return {**seating, **counted}


def the_seating(docs: Overlay, event: Event) -> Json:
    """The seating that the event is about: of whom it seats, or of the sign-up it names."""
    if "signup" in event.data:
        return docs.the(
            "seatings", docs.the("signups", event.data["signup"])["seating"]
        )
    return docs.the(
        "seatings",
        seating_of(docs.the("sessions", event.data["session"]), of_event(event.data)),
    )


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
        seating = _counted(seating, signup, signup["state"], state)
        now = {
            **standing(state, event.data.get("position", 0)),
            "changed_at": event.time,
        }
        put_signup(docs, signup, {**_answered(signup), **now})
        for member in signup["party"]:
            seat = docs.the("seats", f"{signup['session']}:{member['person']}")
            docs.put("seats", {**seat, "state": state})
    return looked_after(seating, event)


def _answered(signup: Json) -> Json:
    return {
        name: value
        for name, value in signup.items()
        if name not in ("answer_by", "asked_at")
    }


def fold_cancelled(docs: Overlay, event: Event) -> None:
    given_up = docs.the("signups", event.data["signup"])
    promoted = [(id, "confirmed") for id in event.data["promoted"]]
    seating = restate(docs, event, [(given_up["id"], "cancelled"), *promoted])
    seating = counted_late(seating, event, given_up)
    docs.put("seatings", to_settle(seating, event) if event.data["late"] else seating)
    if "reason" in event.data:
        docs.put(
            "signups",
            {**docs.the("signups", given_up["id"]), "reason": event.data["reason"]},
        )


def counted_late(seating: Json, event: Event, given_up: Json) -> Json:
    late = (
        event.data["late"]
        and given_up["state"] == "confirmed"
        and given_up["pool"] != "walk_in"
    )
    return {**seating, "late": seating["late"] + given_up["size"]} if late else seating


def fold_decided(docs: Overlay, event: Event) -> None:
    """Approved, with what came of it."""
    docs.put(
        "seatings", restate(docs, event, [(event.data["signup"], event.data["state"])])
    )


def fold_declined(docs: Overlay, event: Event) -> None:
    docs.put("seatings", restate(docs, event, [(event.data["signup"], "declined")]))
    docs.put(
        "signups",
        {**docs.the("signups", event.data["signup"]), "reason": event.data["reason"]},
    )


def fold_promoted(docs: Overlay, event: Event) -> None:
    seating = restate(docs, event, [(id, "confirmed") for id in event.data["promoted"]])
    docs.put("seatings", _settled(seating, event))


def fold_offered(docs: Overlay, event: Event) -> None:
    seating = restate(docs, event, [(event.data["signup"], "offered")])
    docs.put("seatings", _settled(seating, event))
    docs.put(
        "signups",
        {**docs.the("signups", event.data["signup"]), "answer_by": event.data["until"]},
    )


def _settled(seating: Json, event: Event) -> Json:
    return to_settle(seating, event) if event.data["more"] else settled(seating, event)


def fold_accepted(docs: Overlay, event: Event) -> None:
    """Who had let the offer lapse sits again, whatever they signed up to and gave up since."""
    signup = docs.the("signups", event.data["signup"])
    if signup["state"] == "lapsed":
        seat_party(docs, signup, signup["party"])
        signer = docs.the("signers", f"{signup['seating']}:{signup['by']}")
        docs.put("signers", {**signer, "signup": signup["id"]})
    docs.put("seatings", restate(docs, event, [(event.data["signup"], "confirmed")]))


def fold_lapsed(docs: Overlay, event: Event) -> None:
    docs.put(
        "seatings",
        to_settle(restate(docs, event, [(event.data["signup"], "lapsed")]), event),
    )


def fold_waiting_ended(docs: Overlay, event: Event) -> None:
    seating = restate(docs, event, [(id, "missed") for id in event.data["missed"]])
    docs.put(
        "seatings",
        {**seating, "settle_at": event.time}
        if event.data["more"]
        else settled(seating, event),
    )


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
