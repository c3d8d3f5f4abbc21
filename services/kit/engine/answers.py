"""What a repeated key is answered: the first answer again, whatever has happened since.

The document an event was answered with is kept beside the event, in the same append. So a repetition costs one look-up
however long the event's stream is. Versions before kept none: there the document is folded from the stream, once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemas.documents import Json
from services.kit.clock import give_way
from services.kit.engine.requests import Groups, Outcome, Outcomes, Request
from services.kit.log import Event
from services.kit.store import Store
from services.kit.views import Find, Folds, Key, Overlay, Reads

Shown = tuple[Event, Key]  # An event, and the document it was answered with.


class Answers:
    """The first answers to a service's commands. Asked by whoever waits for one, never in a turn of the ledger."""

    def __init__(self, store: Store, folds: Folds):
        self._store, self._folds = store, folds

    def add(self, request: Request, outcome: Outcome) -> Outcome:
        """The outcome with its first answer, where it was asked again: one key, one answer."""
        [[answered]] = self.added([[request]], [[outcome]])
        assert isinstance(answered, Outcome)
        return answered

    def added(self, groups: Groups, outcomes: Outcomes) -> Outcomes:
        """The same for many, looked up at once."""
        again = dict(_asked_again(groups, outcomes))
        answers = self._to(again) if again else {}
        return [[_with(outcome, answers) for outcome in came] for came in outcomes]

    def _to(self, asked: Mapping[int, Shown]) -> dict[int, Json]:
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
            docs = Overlay(_Without(self._store.views, *shown))
            for earlier in self._store.log.read_stream(event.stream, event.version):
                give_way()
                docs.fold(earlier, self._folds)
            doc = docs.get(*shown)
        if doc is not None:
            self._store.log.keep_answer(event.seq, doc)
        return doc


def _asked_again(groups: Groups, outcomes: Outcomes) -> Iterator[tuple[int, Shown]]:
    for group, came in zip(groups, outcomes, strict=True):
        for request, outcome in zip(group, came, strict=True):
            event = _event_of_before(outcome)
            if event is not None and request.shows:
                yield event.seq, (event, request.shown_by(event))


def _with(
    outcome: Outcome | Exception, answers: Mapping[int, Json]
) -> Outcome | Exception:
    event = _event_of_before(outcome)
    if event is None or isinstance(outcome, Exception):
        return outcome
    return replace(outcome, document=answers.get(event.seq))


def _event_of_before(outcome: Outcome | Exception) -> Event | None:
    if isinstance(outcome, Outcome) and outcome.again:
        return outcome.event
    return None


class _Without(Reads):
    """Documents with one of them not there yet."""

    def __init__(self, under: Reads, collection: str, id: str):
        self._under, self._collection, self._id = under, collection, id

    @property
    def generation(self) -> int:
        """That of the documents beneath."""
        return self._under.generation

    def get(self, collection: str, id: str) -> Json | None:
        """None for the document that is not there yet."""
        return (
            None
            if (collection, id) == (self._collection, self._id)
            else self._under.get(collection, id)
        )

    def find(self, query: Find) -> list[Json]:
        """Asks for one more, so that a full page stays full without that document."""
        one_more = replace(query, limit=query.limit + 1)
        docs = self._under.find(one_more)
        if query.collection == self._collection:
            docs = [doc for doc in docs if doc["id"] != self._id]
        return docs[: query.limit]

    def cursor(self, source: str) -> int:
        """That of the documents beneath."""
        return self._under.cursor(source)
