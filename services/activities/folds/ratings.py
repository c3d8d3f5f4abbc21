"""What is remembered of what people thought of a session."""

from schemas.documents import pick, pick_present, without
from services.activities.folds.subjects import the_seat
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("ratings", (("session", "score"),)),)


def fold_rated(docs: Overlay, event: Event) -> None:
    """The score with the person's seat, and by itself for those who are not told whose it is."""
    content = event.data
    thought = pick(content, "score") | pick_present(content, "note")
    docs.change("seats", the_seat(docs, event)["id"], **thought)
    rating = thought | pick(content, "session")
    id = content.get("note", event.id)
    docs.put("ratings", rating | {"id": id})


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    rating = docs.the("ratings", event.data["note"])
    docs.put("ratings", without(rating, "note"))
    docs.put("seats", without(the_seat(docs, event), "note"))


OWN: Folds = {
    "activity_rated.v1": fold_rated,
    "rating_words_deleted.v1": fold_words_deleted,
}
