"""What was said about a commitment, each message a document of its own, and the time that stands."""

from schemas.documents import Json, pick, without
from services.cobuild.folds.tallies import count_begun
from services.cobuild.model.tallies import talk_tally
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("messages", (("commitment", "at"),)),)


def fold_discussed(docs: Overlay, event: Event) -> None:
    message = pick(event.data, "commitment", "by", "side")
    message |= {"id": event.data["note"], "at": event.time, "deleted": False}
    docs.put("messages", message)
    commitment = _counted(docs, event)
    messages = commitment.get("messages", 0) + 1
    docs.put("commitments", commitment | {"messages": messages})


def fold_deleted(docs: Overlay, event: Event) -> None:
    docs.change("messages", event.data["note"], deleted=True)
    # It says so, as of this event.
    docs.change("commitments", event.data["commitment"])


def fold_proposed(docs: Overlay, event: Event) -> None:
    commitment = _counted(docs, event)
    starts_at = event.data["starts_at"]
    side = event.data["side"]
    proposal = {"proposed_at": starts_at, "proposed_by": side}
    docs.put("commitments", commitment | proposal)


def fold_agreed(docs: Overlay, event: Event) -> None:
    commitment = without(_counted(docs, event), "proposed_at", "proposed_by")
    agreed = {"agreed_at": event.data["starts_at"]}
    docs.put("commitments", commitment | agreed)


def _counted(docs: Overlay, event: Event) -> Json:
    """The commitment; one more message or time counts for who said it."""
    id = event.data["commitment"]
    count_begun(docs, talk_tally(id, event.data["by"]), event)
    return docs.the("commitments", id)


OWN: Folds = {
    "commitment_discussed.v1": fold_discussed,
    "message_deleted.v1": fold_deleted,
    "time_proposed.v1": fold_proposed,
    "time_agreed.v1": fold_agreed,
}
