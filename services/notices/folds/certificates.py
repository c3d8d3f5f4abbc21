"""What is told of certificates: to whom they are about."""

from functools import partial

from schemas.documents import pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_person

COLLECTIONS = (Collection("certificates"),)
tell = partial(notices.tell, "activities")


def fold_issued(docs: Overlay, event: Event) -> None:
    content = event.data
    known = pick(content, "person")
    docs.put("certificates", {"id": content["certificate"]} | known)
    words = pick(content, "since", "until", "minutes")
    to = [to_person(content["person"])]
    tell(docs, event, "certificate_issued", to, words)


def fold_revoked(docs: Overlay, event: Event) -> None:
    certificate = docs.the("certificates", event.data["certificate"])
    words = pick_present(event.data, "reason")
    to = [to_person(certificate["person"])]
    tell(docs, event, "certificate_revoked", to, words)


FOLDS: Folds = {
    "certificate_issued.v1": fold_issued,
    "certificate_revoked.v1": fold_revoked,
}
