"""What was said about a commitment, each message a document of its own, and the time that stands."""

from schemas.documents import Json
from services.cobuild.folds.tallies import count_begun, talk_tally
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("messages", (("commitment", "at"),)),)


def fold_discussed(docs: Overlay, event: Event) -> None:
    said = {name: event.data[name] for name in ("commitment", "by", "side")}
    docs.put(
        "messages",
        {"id": event.data["note"], **said, "at": event.time, "deleted": False},
    )
    commitment = _counted(docs, event)
    docs.put(
        "commitments", {**commitment, "messages": commitment.get("messages", 0) + 1}
    )


def fold_deleted(docs: Overlay, event: Event) -> None:
    docs.put("messages", {**docs.the("messages", event.data["note"]), "deleted": True})
    docs.put(
        "commitments", docs.the("commitments", event.data["commitment"])
    )  # It says so, as of this event.


def fold_proposed(docs: Overlay, event: Event) -> None:
    proposed = {
        "proposed_at": event.data["starts_at"],
        "proposed_by": event.data["side"],
    }
    docs.put("commitments", {**_counted(docs, event), **proposed})


def fold_agreed(docs: Overlay, event: Event) -> None:
    commitment = _counted(docs, event)
    rest = {
        name: value
        for name, value in commitment.items()
        if not name.startswith("proposed_")
    }
    docs.put("commitments", {**rest, "agreed_at": event.data["starts_at"]})


def _counted(docs: Overlay, event: Event) -> Json:
    count_begun(docs, talk_tally(event.data["commitment"], event.data["by"]), event)
    return docs.the("commitments", event.data["commitment"])


OWN: Folds = {
    "commitment_discussed.v1": fold_discussed,
    "message_deleted.v1": fold_deleted,
    "time_proposed.v1": fold_proposed,
    "time_agreed.v1": fold_agreed,
}
