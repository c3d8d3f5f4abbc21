"""What is remembered of who signs up: the latest for each session, and how often on the last day they did."""

from datetime import datetime

from services.kit.calendar import local_day
from services.kit.log import Event
from services.kit.tallies import one_more, share
from services.kit.views import Collection, Doc, Overlay

# Of each signer and seating the latest sign-up: one may take part with a child, and help.
COLLECTIONS = (Collection("signers"), Collection("tallies"))


def tallies_of(session: str, by: str, actor: str) -> tuple[str, str]:
    """Under what it is counted that `actor` signs `by` up: for the session, and for all of them."""
    return share(session, by, actor), share("signups", by, actor)


def count_signer(docs: Overlay, event: Event, signup: Doc) -> None:
    session, by = signup["session"], signup["by"]
    docs.put("signers", {"id": f"{signup['seating']}:{by}", "signup": signup["id"]})
    for tally in tallies_of(session, by, event.actor or by):
        docs.put("tallies", {"id": tally, **one_more(docs.get("tallies", tally), day_of(event))})


def day_of(event: Event) -> str:
    return local_day(datetime.fromisoformat(event.time))
