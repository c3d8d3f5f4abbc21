"""What an older version of a service passed by: events of types it did not know.

Beside each cursor stands the name of the types with which it was moved. Whoever finds another name there than its own
looks up what that stands for, and notes the events up to there of types that were not among them: the documents lack
them until they are rebuilt, and what should have been done because of them was not done.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schemas.documents import Json
from services.kit.cursors import Begun, Mark
from services.kit.engine.keys import plain_digest
from services.kit.log import Event, Types
from services.kit.store import Keep, Store

# Kinds in the keep: sets of types by name; by source, what was passed.
TYPES, PASSED = "types", "passed"
NONE: frozenset[str] = frozenset()

log = logging.getLogger(__name__)

First = Callable[[str], Event | None]
"""The first event of a type in a log."""


class Custody:
    """Of one service's documents of one log: the types they are folded with here, and what others left out."""

    def __init__(
        self,
        service: str,
        source: str,
        store: Store,
        types: Types,
        now: Callable[[], str],
    ):
        self._service, self._source = service, source
        self._store, self._now = store, now
        self._types = frozenset(types)
        self._name_is_kept = False
        self.name = name_of(source, self._types)

    def mark(self, event: str) -> Mark:
        """Of a place that was folded up to with these types, `event` being the id of the event there."""
        return Mark(event, self.name)

    def look_back(self, begun: Begun, first: First) -> None:
        """Notes what was passed by before `begun`, and marks the cursor anew where more is known here. Costs little
        unless somebody else has moved the cursor.
        """
        if begun.mark.types == self.name:
            return
        self._keep_name()
        unknown = self._types - self._types_of(begun.mark.types)
        if not unknown or not begun.position:
            return
        found = {type: first(type) for type in sorted(unknown)}
        passed = [
            type
            for type, event in found.items()
            if event and event.seq <= begun.position
        ]
        if passed:
            self._note(begun, passed)
        self._store.views.commit(begun, begun.position, {}, self.mark(begun.mark.event))

    def _keep_name(self) -> None:
        if not self._name_is_kept:
            self._store.keep.put_once(
                TYPES, self.name, {"id": self.name, "types": sorted(self._types)}
            )
            self._name_is_kept = True

    def _types_of(self, name: str) -> frozenset[str]:
        """None when the cursor has no mark: a version before this was moved it, and may have known none."""
        kept = self._store.keep.get(TYPES, name) if name else None
        return frozenset(kept["types"]) if kept else NONE

    def _note(self, begun: Begun, types: Sequence[str]) -> None:
        nothing: Json = {"types": [], "since": self._now(), "known": True}
        before = note_of(self._store.keep, self._source) or nothing
        note = {
            "id": self._source,
            "types": sorted({*before["types"], *types}),
            "upto": begun.position,
            "generation": begun.generation,
            "since": before["since"],
            "known": before["known"] and bool(begun.mark.types),
            "done": [],
        }
        self._store.keep.put(PASSED, self._source, note)
        self._warn(types, begun.position)

    def _warn(self, types: Sequence[str], upto: int) -> None:
        about: Json = {"service": self._service, "source": self._source}
        about |= {"types": list(types), "upto": upto}
        words = "an older version passed events it did not know: rebuild the service"
        log.warning(words, extra={"about": about})


def name_of(source: str, types: Types) -> str:
    """What this set of types is called beside a cursor."""
    return plain_digest(source, sorted(types))


def note_of(keep: Keep, source: str) -> Json | None:
    """`{id, types, upto, generation, since, known, done}`: of these types that generation has nothing up to there.

    `known` when it is certain that they were passed by: a version that left no mark may have known them all. Of those
    `done` all has been done that was to be.
    """
    return keep.get(PASSED, source)


def lacking(store: Store, folds: Mapping[str, Mapping[str, Any]]) -> list[Json]:
    """What the documents being served lack, by source."""
    served = store.views.generation
    notes = [note for note in store.keep.all(PASSED) if note["generation"] == served]
    return [note for note in notes if _folds_any_of(folds, note)]


def _folds_any_of(folds: Mapping[str, Mapping[str, Any]], note: Json) -> bool:
    return not folds.get(note["id"], {}).keys().isdisjoint(note["types"])


def forget(store: Store, source: str) -> None:
    """What was passed is folded by now, and done."""
    if note_of(store.keep, source) is not None:
        store.keep.drop(PASSED, source)


def troubles(
    service: str, store: Store, folds: Mapping[str, Mapping[str, Any]]
) -> list[Json]:
    """The same, as troubles of the service."""
    return [_trouble(service, note) for note in lacking(store, folds)]


def _trouble(service: str, note: Json) -> Json:
    return {
        "service": service,
        "part": "documents",
        "source": note["id"],
        "sequence": note["upto"],
        "state": "incomplete",
        "since": note["since"],
        "failed": len(note["types"]),
        "error": "",
    }
