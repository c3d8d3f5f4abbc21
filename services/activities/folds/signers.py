"""What is remembered of who signs up: the latest for each session, and how often on the last day they did."""

from schemas.documents import Json
from services.activities.folds import tallies
from services.district.calendar import day_of
from services.district.tallies import one_more, share
from services.kit.log import Event
from services.kit.views import Collection, Overlay

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
    id = f"{signup['seating']}:{by}"
    signer = docs.get("signers", id) or {"id": id}
    before = asked_of(signer, by, actor)
    asked = one_more(before, day_of(event.time))
    latest = {"signup": signup["id"], _whose(by, actor): asked}
    docs.put("signers", signer | latest)
    tallies.count(docs, tally_of(by, actor), event)


def _whose(by: str, actor: str) -> str:
    return "asked" if by == actor else "asked_for"
