"""What a repeated key is answered: the first answer again, whatever has happened since.

The document an event was answered with is kept beside the event, in the same append. So a repetition costs one look-up
however long the event's stream is. Versions before kept none: there the document is folded from the stream, once.
"""

from collections.abc import Mapping

from schemas.documents import Json
from services.kit.clock import give_way
from services.kit.log import Event
from services.kit.store import Store
from services.kit.views import Folds, Key, Overlay, Without


class Answers:
    """The first answers to a service's commands. Asked by whoever waits for one, never in a turn of the ledger."""

    def __init__(self, store: Store, folds: Folds):
        self._store, self._folds = store, folds

    def to(self, asked: Mapping[int, tuple[Event, Key]]) -> dict[int, Json]:
        """By the event's `seq`, the document named as the event left it; none where it left none."""
        kept = self._store.log.answers(list(asked))
        return kept | {
            seq: doc
            for seq in asked.keys() - kept.keys()
            if (doc := self._folded(*asked[seq]))
        }

    def _folded(self, event: Event, shown: Key) -> Json | None:
        """The document is folded from its own stream alone; what else these folds read may have moved on."""
        doc = self._store.views.get(*shown)
        if doc is None or doc["seq"] != event.seq:
            docs = Overlay(Without(self._store.views, *shown))
            for earlier in self._store.log.read_stream(event.stream, event.version):
                give_way()
                docs.fold(earlier, self._folds)
            doc = docs.get(*shown)
        if doc is not None:
            self._store.log.keep_answer(event.seq, doc)
        return doc
