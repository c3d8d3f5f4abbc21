"""Which records are one person's: proposed, merged, parted again."""

from schemas.documents import pick
from services.kit.log import Event
from services.kit.persons import aliases
from services.kit.views import Collection, Fold, Folds, Overlay
from services.people.folds.ending import end_all, end_ways_in, touch_access
from services.people.folds.retention import renew_by
from services.people.model.lifecycles import (
    ACCOUNT,
    API_KEY,
    MERGE,
    PERSON,
    SESSION,
)

COLLECTIONS = (
    Collection(
        "merges",
        (
            ("person", "id"),
            ("into", "id"),
            ("person", "state", "id"),
            ("into", "state", "id"),
            ("state", "until"),
        ),
    ),
)
BY_MERGING = "已并入另一份资料"


def fold_proposed(docs: Overlay, event: Event) -> None:
    merge = event.without("merge") | {"id": event.data["merge"]}
    docs.put("merges", MERGE.begun(merge))


def fold_merged(docs: Overlay, event: Event) -> None:
    """Nobody comes in by the record that goes: neither sessions nor credentials, links nor roles move."""
    _step(docs, event, "confirm")
    gone = docs.the("persons", event.data["person"])
    docs.put("persons", PERSON.after(gone, "merge"))
    account = docs.get("accounts", gone.get("account", ""))
    if account and account["state"] in ACCOUNT.steps["merge"].before:
        reason = {"reason": BY_MERGING}
        docs.put("accounts", ACCOUNT.after(account | reason, "merge"))
    end_ways_in(docs, gone["id"])
    end_all(docs, SESSION, "sessions", {"person": gone["id"]}, "end_all")
    end_all(docs, API_KEY, "api_keys", {"person": gone["id"]}, "vanish")
    touch_access(docs, gone["id"])
    aliases.fold_merged(docs, event)


def fold_undone(docs: Overlay, event: Event) -> None:
    """The account stays suspended until who keeps the record reinstates it."""
    _step(docs, event, "undo")
    docs.change("merges", event.data["merge"], **pick(event.data, "reason"))
    gone = docs.the("persons", event.data["person"])
    docs.put("persons", PERSON.after(gone, "part"))
    renew_by(docs, event, gone["id"])
    touch_access(docs, gone["id"])
    aliases.fold_undone(docs, event)


def fold_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        _step(docs, event, step)

    return fold


def _step(docs: Overlay, event: Event, step: str) -> None:
    merge = docs.the("merges", event.data["merge"])
    docs.put("merges", MERGE.after(merge, step))


FOLDS: Folds = {
    "merge_proposed.v1": fold_proposed,
    "persons_merged.v1": fold_merged,
    "merge_withdrawn.v1": fold_over("withdraw"),
    "merge_lapsed.v1": fold_over("lapse"),
    "merge_undone.v1": fold_undone,
}
