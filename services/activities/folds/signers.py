"""What is remembered of who signs up: for each session the latest, and how often on the last day they did at all."""

from datetime import datetime

from services.kit.calendar import local_day
from services.kit.log import Event
from services.kit.tallies import one_more
from services.kit.views import Collection, Doc, Overlay

# Of each signer and session the latest sign-up, and how many there were that day; of each signer, how many in all.
COLLECTIONS = (Collection("signers"), Collection("tallies"))


def signing_tally(by: str, actor: str) -> str:
    """Under what it is counted: what a worker asks for a resident uses up nothing of the resident's own."""
    return f"signups/{by}" if actor == by else f"signups_for/{by}"


def count_signer(docs: Overlay, event: Event, signup: Doc) -> None:
    by, day = signup["by"], day_of(event)
    id = f"{signup['session']}:{by}"
    docs.put("signers", {"id": id, "signup": signup["id"], **one_more(docs.get("signers", id), day)})
    tally = signing_tally(by, event.actor or by)
    docs.put("tallies", {"id": tally, **one_more(docs.get("tallies", tally), day)})


def day_of(event: Event) -> str:
    return local_day(datetime.fromisoformat(event.time))
