"""What is told of offerings: to the unit, when one stops by itself."""

from functools import partial

from schemas.documents import pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_unit

COLLECTIONS = (Collection("offerings"),)
tell = partial(notices.tell, "cobuild")


def fold_described(docs: Overlay, event: Event) -> None:
    id = event.data["offering"]
    before = docs.get("offerings", id) or {"id": id}
    docs.put("offerings", before | pick_present(event.data, "unit", "title"))


def fold_stopped(kind: str) -> Fold:
    """Paused by itself."""

    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        to = [to_unit(offering["unit"])]
        words = pick(offering, "title")
        tell(docs, event, kind, to, words)

    return fold


FOLDS: Folds = {
    "offering_published.v1": fold_described,
    "offering_published.v2": fold_described,
    "offering_revised.v1": fold_described,
    "offering_expired.v1": fold_stopped("offering_expired"),
    "offering_used_up.v1": fold_stopped("offering_used_up"),
}
