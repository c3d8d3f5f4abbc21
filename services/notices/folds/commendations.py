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
    tell(docs, event, "commended", [to_person(content["person"])], words)


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    given = docs.the("commendations", event.data["commendation"])
    words = pick(given, "title") | pick_present(event.data, "reason")
    tell(docs, event, "commendation_withdrawn", [to_person(given["person"])], words)


FOLDS: Folds = {
    "person_commended.v1": fold_commended,
    "commendation_withdrawn.v1": fold_withdrawn,
}
