"""What somebody has agreed to, purpose by purpose."""

from schemas.documents import pick
from schemas.people.consents import PURPOSES_IN_WORDS
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.people.folds import retention
from services.people.model.lifecycles import CONSENT

COLLECTIONS = (
    Collection(
        "consents",
        (
            ("person", "id"),
            ("person", "state", "id"),
            ("person", "purpose", "state", "id"),
        ),
    ),
)


def fold_given(docs: Overlay, event: Event) -> None:
    consent = event.without("consent") | {
        "id": event.data["consent"],
        "purpose_text": PURPOSES_IN_WORDS[event.data["purpose"]],
    }
    docs.put("consents", CONSENT.begun(consent))
    if consent["purpose"] == retention.PURPOSE:
        retention.renew(docs, consent["person"], consent["on"])


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    """However often it was given: who agrees no more has agreed to it by none of these."""
    content = event.data
    said = {
        "withdrawn": pick(content, "how", "on"),
        "withdrawn_by": content["by"],
    }
    said |= {"why": content["note"]} if "note" in content else {}
    consent = docs.the("consents", content["consent"])
    where = pick(consent, "person", "purpose") | {"state": "given"}
    for given in docs.find(Find("consents", where, "id")):
        docs.put("consents", CONSENT.after(given | said, "withdraw"))


FOLDS: Folds = {
    "consent_given.v1": fold_given,
    "consent_withdrawn.v1": fold_withdrawn,
}
