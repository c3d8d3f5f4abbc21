"""What is remembered of certificates: what they say, what their code is found by, and whether they hold."""

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
    said = {
        name: value
        for name, value in event.data.items()
        if name not in ("certificate", "by")
    }
    docs.put(
        "certificates",
        CERTIFICATE.begun(
            {"id": event.data["certificate"], **said, "issued_at": event.time}
        ),
    )


def fold_revoked(docs: Overlay, event: Event) -> None:
    certificate = docs.the("certificates", event.data["certificate"])
    told = {"reason": event.data["reason"], "revoked_at": event.time}
    docs.put("certificates", CERTIFICATE.after({**certificate, **told}, "revoke"))


OWN: Folds = {
    "certificate_issued.v1": fold_issued,
    "certificate_revoked.v1": fold_revoked,
}
