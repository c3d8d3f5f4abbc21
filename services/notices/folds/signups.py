"""What is told of sign-ups: to who made one and to each who joined, and to the host that some wait for its yes."""

from functools import partial

from schemas.documents import Json
from schemas.persons import called, principal
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.notices import person

# `holds` is the session while there may be news of it for them, `sits` while they have seats in it; `asks` says that
# the host has not decided yet. Of each session it is counted how many ask.
COLLECTIONS = (
    Collection("signups", (("holds", "by"), ("sits", "by"))),
    Collection("requests"),
)
tell = partial(notices.tell, "activities")


def fold_signed_up(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        data = event.data
        people = list(
            dict.fromkeys(
                [data["by"], *(principal(member["person"]) for member in data["party"])]
            )
        )
        known: Json = {
            name: data[name]
            for name in ("activity", "session", "by", "role")
            if name in data
        }
        signup = {
            "id": data["signup"],
            **known,
            "people": people,
            "holds": data["session"],
        }
        docs.put("signups", _seated(signup) if kind == "seat_confirmed" else signup)
        if kind:
            _tell_party(docs, event, kind, signup, **notices.said(event, "position"))

    return fold


def fold_requested(docs: Overlay, event: Event) -> None:
    """The host is told when there is something to decide on again: of the first of those that ask, not of each."""
    fold_signed_up("")(docs, event)
    docs.put("signups", {**docs.the("signups", event.data["signup"]), "asks": True})
    if _asking(docs, event.data["session"], +1) == 1:
        host = docs.the("activities", event.data["activity"])["host"]
        session = docs.the("sessions", event.data["session"])
        tell(
            docs,
            event,
            "signup_to_review",
            [notices.host(host)],
            _when_and_where(session),
            session["starts_at"],
        )


def _asking(docs: Overlay, session: str, more: int) -> int:
    before = docs.get("requests", session) or {"asking": 0}
    docs.put("requests", {"id": session, "asking": before["asking"] + more})
    return int(before["asking"]) + more


def fold_approved(docs: Overlay, event: Event) -> None:
    signup = docs.the("signups", event.data["signup"])
    kind = (
        "request_approved" if event.data["state"] == "confirmed" else "request_waiting"
    )
    _tell_party(docs, event, kind, signup, **notices.said(event, "position"))
    _no_longer(docs, _seated(signup) if kind == "request_approved" else signup, "asks")


def fold_let_go(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        signup = docs.the("signups", event.data["signup"])
        _tell_party(docs, event, kind, signup, **notices.said(event, "reason"))
        _no_longer(docs, signup, "holds", "sits", "asks")

    return fold


def _seated(signup: Json) -> Json:
    return {**signup, "sits": signup["session"]}


def _no_longer(docs: Overlay, signup: Json, *names: str) -> None:
    docs.put(
        "signups", {name: value for name, value in signup.items() if name not in names}
    )
    if "asks" in signup:
        _asking(docs, signup["session"], -1)


def fold_waiting_ended(docs: Overlay, event: Event) -> None:
    parties = [docs.the("signups", id) for id in event.data["missed"]]
    _tell_parties(docs, event, "waiting_ended", parties)
    for signup in parties:
        _no_longer(docs, signup, "holds", "sits", "asks")


def fold_cancelled(docs: Overlay, event: Event) -> None:
    fold_let_go("signup_cancelled")(docs, event)
    fold_promoted(docs, event)


def fold_promoted(docs: Overlay, event: Event) -> None:
    parties = [_seated(docs.the("signups", id)) for id in event.data["promoted"]]
    for signup in parties:
        docs.put("signups", signup)
    _tell_parties(docs, event, "seat_promoted", parties, soon=True)


def fold_offered(docs: Overlay, event: Event) -> None:
    words = {"answer_by": event.data["until"]}
    _tell_party(
        docs,
        event,
        "seat_offered",
        docs.the("signups", event.data["signup"]),
        event.data["until"],
        **words,
    )


def fold_accepted(docs: Overlay, event: Event) -> None:
    """Also by who had let it lapse: from now on they are told of the session again."""
    signup = {
        **_seated(docs.the("signups", event.data["signup"])),
        "holds": event.data["session"],
    }
    docs.put("signups", signup)
    _tell_party(docs, event, "seat_confirmed", signup)


def fold_passed_on(docs: Overlay, event: Event) -> None:
    """Told to all who are in it, and to whoever no longer is."""
    signup, to = (
        docs.the("signups", event.data["signup"]),
        principal(event.data["to"]["person"]),
    )
    people = [to if id == event.data["person"] else id for id in signup["people"]]
    signup = {**signup, "people": list(dict.fromkeys([signup["by"], *people]))}
    docs.put("signups", signup)
    gone = [*signup["people"], principal(event.data["person"])]
    _tell_party(docs, event, "seat_passed_on", {**signup, "people": gone})


def fold_joined(docs: Overlay, event: Event) -> None:
    """Told to who signed up: a guest of theirs has come to be somebody."""
    signup = docs.the("signups", event.data["signup"])
    docs.put("signups", {**signup, "people": [*signup["people"], event.data["person"]]})
    _tell_of_one(
        docs, event, "party_joined", signup, event.data["instead_of"], [signup["by"]]
    )


def fold_left(docs: Overlay, event: Event) -> None:
    signup, gone = docs.the("signups", event.data["signup"]), event.data["person"]
    people = [id for id in signup["people"] if id == signup["by"] or id != gone]
    docs.put("signups", {**signup, "people": people})
    _tell_of_one(docs, event, "party_left", signup, gone, [signup["by"], gone])
    fold_promoted(docs, event)


def _tell_of_one(
    docs: Overlay, event: Event, kind: str, signup: Json, who: str, to: list[str]
) -> None:
    words = {
        **_when_and_where(docs.the("sessions", signup["session"])),
        **_as(signup),
        "who": called(who),
    }
    tell(docs, event, kind, map(person, to), {**words, **notices.said(event, "reason")})


def _tell_party(
    docs: Overlay, event: Event, kind: str, signup: Json, soon: str = "", **more: object
) -> None:
    words = {
        **_when_and_where(docs.the("sessions", signup["session"])),
        **_as(signup),
        **more,
    }
    tell(docs, event, kind, map(person, signup["people"]), words, soon)


def _tell_parties(
    docs: Overlay, event: Event, kind: str, parties: list[Json], soon: bool = False
) -> None:
    """As many parties as one event lets in, at most: all to help, or none. `soon` is before the session begins."""
    if parties:
        session = docs.the("sessions", event.data["session"])
        people = [person(id) for signup in parties for id in signup["people"]]
        words = {**_when_and_where(session), **_as(parties[0])}
        tell(docs, event, kind, people, words, session["starts_at"] if soon else "")


def _as(signup: Json) -> Json:
    """Said of who is to help."""
    return {name: signup[name] for name in ("role",) if name in signup}


def _when_and_where(session: Json) -> Json:
    return {name: session[name] for name in ("title", "starts_at", "place")}


FOLDS: Folds = {
    "signup_confirmed.v1": fold_signed_up("seat_confirmed"),
    "signup_waitlisted.v1": fold_signed_up("seat_waiting"),
    "signup_requested.v1": fold_requested,
    "walked_in.v1": fold_signed_up(""),
    "signup_approved.v1": fold_approved,
    "signup_declined.v1": fold_let_go("request_declined"),
    "signup_cancelled.v1": fold_cancelled,
    "waiting_promoted.v1": fold_promoted,
    "seat_offered.v1": fold_offered,
    "offer_accepted.v1": fold_accepted,
    "offer_lapsed.v1": fold_let_go("offer_lapsed"),
    "waiting_ended.v1": fold_waiting_ended,
    "seat_passed_on.v1": fold_passed_on,
    "party_joined.v1": fold_joined,
    "party_left.v1": fold_left,
}
