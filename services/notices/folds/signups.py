"""What is told of sign-ups: to who made one and to each who joined, and to the host that some wait for its yes."""

from schemas.documents import Json, pick_present, without
from schemas.persons import principal
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds.parties import (
    tell,
    tell_of_member,
    tell_parties,
    tell_party,
    when_and_where,
)
from services.notices.folds.subjects import the_activity, the_session, the_signup
from services.notices.model.addressees import to_host

# `holds` is the session while there may be news of it for them, `sits` while they have seats in it; `asks` says that
# the host has not decided yet. Of each session it is counted how many ask.
COLLECTIONS = (
    Collection("signups", (("holds", "by"), ("sits", "by"))),
    Collection("requests"),
)


def fold_signed_up(kind: str) -> Fold:
    """`kind` is what they are told; "" where they are told nothing."""

    def fold(docs: Overlay, event: Event) -> None:
        signup = _signup(event.data)
        docs.put("signups", _seated(signup) if kind == "seat_confirmed" else signup)
        if kind:
            words = pick_present(event.data, "position")
            tell_party(docs, event, kind, signup, words)

    return fold


def _signup(content: Json) -> Json:
    signup = pick_present(content, "activity", "session", "by", "role")
    return signup | {
        "id": content["signup"],
        "people": _people(content),
        "holds": content["session"],
    }


def _people(signup: Json) -> list[str]:
    """Who made it and who come with them, each once; who answers for a guest in their place."""
    people = [signup["by"]]
    people += [principal(member["person"]) for member in signup["party"]]
    return list(dict.fromkeys(people))


def fold_requested(docs: Overlay, event: Event) -> None:
    """The host is told when there is something to decide on again: of the first of those that ask, not of each."""
    fold_signed_up("")(docs, event)
    content = event.data
    docs.change("signups", content["signup"], asks=True)
    asking = _count_requests(docs, content["session"], +1)
    if asking == 1:
        activity = the_activity(docs, event)
        session = the_session(docs, event)
        to = [to_host(activity["host"])]
        words = when_and_where(session)
        tell(docs, event, "signup_to_review", to, words, session["starts_at"])


def _count_requests(docs: Overlay, session: str, more: int) -> int:
    """How many of the session now ask."""
    before = docs.get("requests", session) or {"asking": 0}
    asking = int(before["asking"]) + more
    docs.put("requests", {"id": session, "asking": asking})
    return asking


def fold_approved(docs: Overlay, event: Event) -> None:
    signup = the_signup(docs, event)
    is_seated = event.data["state"] == "confirmed"
    kind = "request_approved" if is_seated else "request_waiting"
    words = pick_present(event.data, "position")
    tell_party(docs, event, kind, signup, words)
    _no_longer(docs, _seated(signup) if is_seated else signup, "asks")


def fold_let_go(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        signup = the_signup(docs, event)
        words = pick_present(event.data, "reason")
        tell_party(docs, event, kind, signup, words)
        _no_longer(docs, signup, "holds", "sits", "asks")

    return fold


def _seated(signup: Json) -> Json:
    return signup | {"sits": signup["session"]}


def _no_longer(docs: Overlay, signup: Json, *names: str) -> None:
    docs.put("signups", without(signup, *names))
    if "asks" in signup:
        _count_requests(docs, signup["session"], -1)


def fold_waiting_ended(docs: Overlay, event: Event) -> None:
    parties = [docs.the("signups", id) for id in event.data["missed"]]
    tell_parties(docs, event, "waiting_ended", parties)
    for signup in parties:
        _no_longer(docs, signup, "holds", "sits", "asks")


def fold_cancelled(docs: Overlay, event: Event) -> None:
    fold_let_go("signup_cancelled")(docs, event)
    fold_promoted(docs, event)


def fold_promoted(docs: Overlay, event: Event) -> None:
    parties = [_seated(docs.the("signups", id)) for id in event.data["promoted"]]
    for signup in parties:
        docs.put("signups", signup)
    tell_parties(docs, event, "seat_promoted", parties, soon=True)


def fold_offered(docs: Overlay, event: Event) -> None:
    signup = the_signup(docs, event)
    until = event.data["until"]
    tell_party(docs, event, "seat_offered", signup, {"answer_by": until}, until)


def fold_accepted(docs: Overlay, event: Event) -> None:
    """Also by who had let it lapse: from now on they are told of the session again."""
    session = event.data["session"]
    before = the_signup(docs, event)
    signup = _seated(before) | {"holds": session}
    docs.put("signups", signup)
    tell_party(docs, event, "seat_confirmed", signup)


def fold_passed_on(docs: Overlay, event: Event) -> None:
    """Told to all who are in it, and to whoever no longer is."""
    content = event.data
    signup = the_signup(docs, event)
    people = _with_another(signup, content["person"], content["to"])
    signup = docs.change("signups", signup["id"], people=people)
    gone = principal(content["person"])
    tell_party(docs, event, "seat_passed_on", signup, also=[gone])


def _with_another(signup: Json, gone: str, newcomer: Json) -> list[str]:
    """The people of the sign-up, each once, after one seat has gone to somebody else."""
    to = principal(newcomer["person"])
    people = [to if id == gone else id for id in signup["people"]]
    return list(dict.fromkeys([signup["by"], *people]))


def fold_joined(docs: Overlay, event: Event) -> None:
    """Told to who signed up: a guest of theirs has come to be somebody."""
    signup = the_signup(docs, event)
    people = [*signup["people"], event.data["person"]]
    docs.change("signups", signup["id"], people=people)
    guest = event.data["instead_of"]
    tell_of_member(docs, event, "party_joined", signup, guest, [signup["by"]])


def fold_left(docs: Overlay, event: Event) -> None:
    signup = the_signup(docs, event)
    gone = event.data["person"]
    by = signup["by"]
    people = [id for id in signup["people"] if id == by or id != gone]
    docs.change("signups", signup["id"], people=people)
    tell_of_member(docs, event, "party_left", signup, gone, [by, gone])
    fold_promoted(docs, event)


def fold_regrouped(docs: Overlay, event: Event) -> None:
    """Whoever is merged, or two again, has other sign-ups from now on. It is a correction: nobody is told."""
    for after in event.data["signups"]:
        people = _people(after)
        signup = docs.change("signups", after["signup"], by=after["by"], people=people)
        if not after["party"]:
            _no_longer(docs, signup, "holds", "sits", "asks")


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
    "seats_merged.v1": fold_regrouped,
    "seats_parted.v1": fold_regrouped,
}
