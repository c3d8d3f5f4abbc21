"""What is remembered of who signs up: the latest for each session, and how often on the last day they did."""

from schemas.documents import Json, without
from services.activities.folds import tallies
from services.activities.model.lifecycles import STANDING
from services.district.calendar import day_of
from services.district.tallies import one_more, share
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Overlay, Reads

# Of each signer and seating (one may take part with a child, and help) the latest sign-up, and how often it was asked
# for: by them, and for them by others.
COLLECTIONS = (Collection("signers"),)


def tally_of(by: str, actor: str) -> str:
    """Under what it is counted that `actor` signs `by` up, for whatever session."""
    return share("signups", by, actor)


def asked_of(signer: Json | None, by: str, actor: str) -> Json | None:
    """The tally of what `actor` asked for `by` in one session."""
    return (signer or {}).get(_whose(by, actor))


def count_signer(docs: Overlay, event: Event, signup: Json) -> None:
    by = signup["by"]
    actor = event.actor or by
    signer = signer_at(docs, signup["seating"], by)
    before = asked_of(signer, by, actor)
    asked = one_more(before, day_of(event.time))
    latest = {"signup": signup["id"], _whose(by, actor): asked}
    docs.put("signers", signer | latest)
    tallies.count(docs, tally_of(by, actor), event)


def signer_at(docs: Reads, seating: str, by: str) -> Json:
    """What is remembered of who signs up there; `{id}` where nothing is."""
    id = f"{seating}:{by}"
    return docs.get("signers", id) or {"id": id}


def forget(docs: Overlay, signup: Json) -> None:
    """Whoever made it as it was then, and not as it is now, has the latest of their own instead, if any."""
    signer = signer_at(docs, signup["seating"], signup["by"])
    if signer.get("signup") != signup["id"]:
        return
    own = _latest(docs, signup["seating"], signup["by"])
    latest = {"signup": own["id"]} if own else {}
    docs.put("signers", without(signer, "signup") | latest)


def _latest(docs: Reads, seating: str, by: str) -> Json | None:
    """One that stands, before any that was given up."""
    signups = every(docs, Find("signups", {"by": by}, "starts_at"))
    own = [each for each in signups if each["seating"] == seating]
    return max(own, key=_stands_and_when, default=None)


def _stands_and_when(signup: Json) -> tuple[bool, int]:
    return signup["state"] in STANDING, signup["ticket"]


def _whose(by: str, actor: str) -> str:
    return "asked" if by == actor else "asked_for"
