"""What was said about a commitment, each message a document of its own, and the time that stands."""

from schemas.documents import Json, pick, without
from services.cobuild.folds.tallies import count_begun
from services.cobuild.model.tallies import talk_tally
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("messages", (("commitment", "at"),)),)
PROPOSAL = ("proposed_at", "proposed_by", "proposed_on")
ASKED = ("asks", "asks_person")


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
    proposal = {
        "proposed_at": event.data["starts_at"],
        "proposed_by": event.data["side"],
        "proposed_on": event.time,
    }
    before = without(commitment, *ASKED)
    docs.put("commitments", before | proposal | _asked(docs, commitment, event))


def _asked(docs: Overlay, commitment: Json, event: Event) -> Json:
    """Whose answer it waits for: the unit's, the beneficiary's, or of a community's need the place's."""
    if event.data["side"] != "unit":
        return {"asks": "unit"}
    need = docs.the("needs", commitment["need"])
    if "beneficiary" in need:
        return {"asks_person": need["beneficiary"]}
    return {"asks": "place"}


def fold_agreed(docs: Overlay, event: Event) -> None:
    commitment = without(_counted(docs, event), *PROPOSAL, *ASKED)
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
