"""To what somebody agrees no more, purpose by purpose, in the services in which that forbids something.

Of two records that are one person's the stricter holds: what either withdrew is withdrawn, until the one that stays
agrees anew. Parted again, each has what it said.
"""

from schemas.documents import Json, pick
from services.kit.log import Event
from services.kit.persons import aliases
from services.kit.views import Collection, Folds, Overlay, Reads

COLLECTIONS = (Collection("recorded"), Collection("consents"))


def is_withdrawn(docs: Reads, person: str, purpose: str) -> bool:
    ids = (person, *aliases.merged_into(docs, person))
    said = [docs.get("recorded", id) or {} for id in ids]
    return any(
        purpose in one.get("withdrawn", ()) and purpose not in one.get("overruled", ())
        for one in said
    )


def fold_recorded(docs: Overlay, event: Event) -> None:
    recorded = pick(event.data, "community") | {"id": event.data["person"]}
    docs.put("recorded", recorded | {"withdrawn": []})


def fold_given(docs: Overlay, event: Event) -> None:
    """Whoever agrees now agrees for the ids as well that are theirs by now."""
    consent = pick(event.data, "person", "purpose") | {"id": event.data["consent"]}
    docs.put("consents", consent)
    person, purpose = consent["person"], consent["purpose"]
    _drop(docs, person, "withdrawn", purpose)
    for id in aliases.merged_into(docs, person):
        _add(docs, id, "overruled", purpose)


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    """Of a consent from before the service heard of consents nothing is known until it is rebuilt."""
    consent = docs.get("consents", event.data["consent"])
    if consent is None:
        return
    _add(docs, consent["person"], "withdrawn", consent["purpose"])
    _drop(docs, consent["person"], "overruled", consent["purpose"])


def fold_undone(docs: Overlay, event: Event) -> None:
    aliases.fold_undone(docs, event)
    person = event.data["person"]
    for id in (person, *aliases.merged_into(docs, person)):
        _keep(docs, id, "overruled", set())


def _add(docs: Overlay, id: str, where: str, purpose: str) -> None:
    _keep(docs, id, where, _said(docs, id, where) | {purpose})


def _drop(docs: Overlay, id: str, where: str, purpose: str) -> None:
    _keep(docs, id, where, _said(docs, id, where) - {purpose})


def _said(docs: Overlay, id: str, where: str) -> set[str]:
    return set(_recorded(docs, id).get(where, ()))


def _keep(docs: Overlay, id: str, where: str, purposes: set[str]) -> None:
    recorded = _recorded(docs, id)
    if purposes or where in recorded:
        docs.put("recorded", recorded | {where: sorted(purposes)})


def _recorded(docs: Overlay, id: str) -> Json:
    return docs.get("recorded", id) or {"id": id}


FOLDS: Folds = {
    "person_recorded.v1": fold_recorded,
    "consent_given.v1": fold_given,
    "consent_withdrawn.v1": fold_withdrawn,
    "merge_undone.v1": fold_undone,
}
