"""Telling the parties of a session: who signed up and each who joined, when and where, and which sign-up it is."""

from collections.abc import Iterable
from functools import partial

from schemas.documents import Json, pick, pick_present
from schemas.persons import called
from services.kit.log import Event
from services.kit.views import Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_session
from services.notices.model.addressees import to_person

NO_MORE: Json = {}
tell = partial(notices.tell, "activities")


def tell_of_member(
    docs: Overlay, event: Event, kind: str, signup: Json, member: str, to: list[str]
) -> None:
    """Tells each of `to` what has become of one of the party."""
    session = docs.the("sessions", signup["session"])
    words = when_and_where(session) | _as(signup)
    words |= pick_present(event.data, "reason")
    words["who"] = called(member)
    whose = {to_person(signup["by"]): signup["id"]}
    tell(docs, event, kind, map(to_person, to), words, signups=whose)


def tell_party(
    docs: Overlay,
    event: Event,
    kind: str,
    signup: Json,
    more: Json = NO_MORE,
    soon: str = "",
    also: Iterable[str] = (),
) -> None:
    """Tells who signed up, each of the party and whoever is `also` told when and where, and what is said `more`."""
    session = docs.the("sessions", signup["session"])
    words = when_and_where(session) | _as(signup) | more
    whose = _whose([signup])
    to = [*whose, *map(to_person, also)]
    tell(docs, event, kind, to, words, soon, whose)


def tell_parties(
    docs: Overlay, event: Event, kind: str, parties: list[Json], soon: bool = False
) -> None:
    """As many parties as one event lets in, at most: all to help, or none. `soon` is before the session begins."""
    if not parties:
        return
    session = the_session(docs, event)
    words = when_and_where(session) | _as(parties[0])
    before = session["starts_at"] if soon else ""
    whose = _whose(parties)
    tell(docs, event, kind, whose, words, before, whose)


def _whose(parties: list[Json]) -> dict[str, str]:
    """The sign-up each of them is in, by addressee; of several their last."""
    return {
        to_person(id): str(signup["id"])
        for signup in parties
        for id in signup["people"]
    }


def _as(signup: Json) -> Json:
    """Said of who is to help."""
    return pick_present(signup, "role")


def when_and_where(session: Json) -> Json:
    return pick(session, "title", "starts_at", "place")
