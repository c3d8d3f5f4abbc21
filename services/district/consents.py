"""To what somebody agrees no more, purpose by purpose, in the services in which that forbids something.

Of two records that are one person's the stricter holds: what either withdrew is withdrawn, until the one that stays
agrees anew. Parted again, each has what it said.
"""

from schemas.documents import Json, pick, without
from services.kit.log import Event
from services.kit.persons import aliases
from services.kit.views import Collection, Folds, Overlay, Reads

# By which ids it was agreed to since, for this one: `{purpose: [id]}`.
SINCE = "agreed_since"
COLLECTIONS = (Collection("recorded"), Collection("consents"))


def is_withdrawn(docs: Reads, person: str, purpose: str) -> bool:
    ids = (person, *aliases.merged_into(docs, person))
    return any(_says_no(docs.get("recorded", id) or {}, purpose) for id in ids)


def _says_no(recorded: Json, purpose: str) -> bool:
    is_taken_back = recorded.get(SINCE, {}).get(purpose)
    return purpose in recorded.get("withdrawn", ()) and not is_taken_back


def fold_recorded(docs: Overlay, event: Event) -> None:
    recorded = pick(event.data, "community") | {"id": event.data["person"]}
    docs.put("recorded", recorded | {"withdrawn": []})


def fold_given(docs: Overlay, event: Event) -> None:
    """Whoever agrees now agrees for the ids as well that are theirs by now."""
    consent = pick(event.data, "person", "purpose") | {"id": event.data["consent"]}
    docs.put("consents", consent)
    person, purpose = consent["person"], consent["purpose"]
    withdrawn = _withdrawn(docs, person) - {purpose}
    _keep(docs, person, "withdrawn", sorted(withdrawn))
    for id in aliases.merged_into(docs, person):
        since = _since(docs, id)
        by = {*since.get(purpose, ()), person}
        _keep(docs, id, SINCE, since | {purpose: sorted(by)})


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    """Of a consent from before the service heard of consents nothing is known until it is rebuilt."""
    consent = docs.get("consents", event.data["consent"])
    if consent is None:
        return
    person, purpose = consent["person"], consent["purpose"]
    withdrawn = _withdrawn(docs, person) | {purpose}
    _keep(docs, person, "withdrawn", sorted(withdrawn))
    _keep(docs, person, SINCE, without(_since(docs, person), purpose))


def fold_undone(docs: Overlay, event: Event) -> None:
    """For them is agreed what they agreed to themself, by any id that still is theirs."""
    aliases.fold_undone(docs, event)
    person = event.data["person"]
    theirs = {person, *aliases.merged_into(docs, person)}
    for id in theirs:
        since = {
            purpose: sorted(theirs.intersection(by))
            for purpose, by in _since(docs, id).items()
            if not theirs.isdisjoint(by)
        }
        _keep(docs, id, SINCE, since)


def _keep(docs: Overlay, id: str, name: str, said: Json | list[str]) -> None:
    """Nothing where nothing is said and nothing was."""
    recorded = docs.get("recorded", id) or {"id": id}
    if said or name in recorded:
        docs.put("recorded", recorded | {name: said})


def _withdrawn(docs: Overlay, id: str) -> set[str]:
    return set((docs.get("recorded", id) or {}).get("withdrawn", ()))


def _since(docs: Overlay, id: str) -> Json:
    return dict((docs.get("recorded", id) or {}).get(SINCE, {}))


FOLDS: Folds = {
    "person_recorded.v1": fold_recorded,
    "consent_given.v1": fold_given,
    "consent_withdrawn.v1": fold_withdrawn,
    "merge_undone.v1": fold_undone,
}
