"""A follower reacts to what an older version of its service passed by, once its documents are whole."""

from collections.abc import Callable, Mapping

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.engine.aside import is_set_aside
from services.kit.engine.log_calls import BATCH, Fetch
from services.kit.engine.parking import Parking
from services.kit.engine.passed import PASSED, Custody, forget, note_of
from services.kit.errors import Unavailable
from services.kit.log import Event, Types
from services.kit.store import Store
from services.kit.views import Folds

React = Callable[[Event], object]


class LookingBack:
    """That of one follower of `source`. Safe to repeat: an event is reacted to once. `ran` hears of each that was."""

    def __init__(
        self,
        source: str,
        store: Store,
        folds: Folds,
        reactions: Mapping[str, React],
        fetch: Fetch,
        custody: Custody,
        parking: Parking,
        ran: Callable[[], object],
    ):
        self._source, self._store, self._folds = source, store, folds
        self._reactions, self._fetch = reactions, fetch
        self._custody, self._parking, self._ran = custody, parking, ran
        self._may_have_passed = True

    def is_done(self, begun: Begun) -> bool:
        """Reacts to what was passed by before `begun`. False when it cannot to one: there the follower parks."""
        if begun.mark.types != self._custody.name:
            self._custody.look_back(begun, self._first)
            self._may_have_passed = True
        if not self._may_have_passed:
            return True
        note = note_of(self._store.keep, self._source)
        self._may_have_passed = note is not None
        return note is None or self._react_to_passed(note)

    def _first(self, type: str) -> Event | None:
        return next(iter(self._fetch(0, 1, [type]).events), None)

    def _react_to_passed(self, note: Json) -> bool:
        """What is folded as well waits for the rebuild."""
        types = self._to_be_done(note)
        if types and not self._react_to_all(types, note["upto"]):
            return False
        waits = not self._folds.keys().isdisjoint(note["types"])
        self._may_have_passed = waits and self._is_incomplete(note)
        if not self._may_have_passed:
            forget(self._store, self._source)
        elif types:
            self._note_as_done(types, note)
        return True

    def _to_be_done(self, note: Json) -> set[str]:
        """The types to react to.

        Where it is not certain that anything was passed by, only what no fold could have changed is reacted to: what
        was reacted to in its time and led to nothing might lead to something on the documents of today.
        """
        types = self._reactions.keys() & set(note["types"])
        if self._is_incomplete(note) or not note["known"]:
            types -= self._folds.keys()
        return types - set(note["done"])

    def _is_incomplete(self, note: Json) -> bool:
        """Whether the documents being served are those which lack what was passed by."""
        return bool(note["generation"] == self._store.views.generation)

    def _note_as_done(self, types: Types, note: Json) -> None:
        done = sorted({*note["done"], *types})
        self._store.keep.put(PASSED, self._source, note | {"done": done})

    def _react_to_all(self, types: Types, upto: int) -> bool:
        after = 0
        while after < upto and (events := self._fetch(after, BATCH, types).events):
            for event in events:
                if event.seq <= upto and not self._react_or_park(event):
                    return False
                self._ran()
            after = events[-1].seq
        self._parking.leave()
        return True

    def _react_or_park(self, event: Event) -> bool:
        try:
            if not is_set_aside(self._store.views, self._source, event):
                self._reactions[event.type](event)
        except Unavailable:
            raise
        except Exception as error:
            self._parking.park(event, error)
            return False
        return True
