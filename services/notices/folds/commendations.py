"""What is told of commendations: to whom they are given."""

from functools import partial

from schemas.documents import pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_person

COLLECTIONS = (Collection("commendations"),)
tell = partial(notices.tell, "activities")


def fold_commended(docs: Overlay, event: Event) -> None:
    content = event.data
    known = pick(content, "person", "title")
    docs.put("commendations", {"id": content["commendation"]} | known)
    words = pick_present(content, "title", "on")
    to = [to_person(content["person"])]
    tell(docs, event, "commended", to, words)


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    given = docs.the("commendations", event.data["commendation"])
    words = pick(given, "title") | pick_present(event.data, "reason")
    to = [to_person(given["person"])]
    tell(docs, event, "commendation_withdrawn", to, words)


FOLDS: Folds = {
    "person_commended.v1": fold_commended,
    "commendation_withdrawn.v1": fold_withdrawn,
}
