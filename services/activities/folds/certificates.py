"""What is remembered of certificates: what they say, what their code is found by, and whether they hold."""

from schemas.documents import pick
from services.activities.model.lifecycles import CERTIFICATE
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "certificates",
        (("code_hash", "issued_at"), ("person", "issued_at"), ("issuer", "issued_at")),
    ),
)


def fold_issued(docs: Overlay, event: Event) -> None:
    known = {"id": event.data["certificate"], "issued_at": event.time}
    certificate = event.without("certificate", "by") | known
    docs.put("certificates", CERTIFICATE.begun(certificate))


def fold_revoked(docs: Overlay, event: Event) -> None:
    certificate = docs.the("certificates", event.data["certificate"])
    revoked = certificate | pick(event.data, "reason") | {"revoked_at": event.time}
    docs.put("certificates", CERTIFICATE.after(revoked, "revoke"))


OWN: Folds = {
    "certificate_issued.v1": fold_issued,
    "certificate_revoked.v1": fold_revoked,
}
