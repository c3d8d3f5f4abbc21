"""How one request of a turn is decided: a duplicate, a refusal or a success."""

from collections.abc import Callable, Sequence
from functools import partial

import marshmallow as ma
from ulid import ULID

from schemas import events
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.engine.keys import Keys, new_salt, plain_digest, stripped
from services.kit.engine.requests import Outcome, Request
from services.kit.engine.turn import Turn
from services.kit.entrypoints import Asked
from services.kit.errors import KeyReused
from services.kit.log import Event, Fact
from services.kit.sealed.notes import Note, Notes
from services.kit.views import Folds


class Deciding:
    """Decides on the documents of a turn; writes nothing. `version` is the last of a stream in the log."""

    def __init__(
        self,
        folds: Folds,
        now: Clock,
        keys: Keys,
        notes: Notes,
        version: Callable[[str], int],
    ):
        self._folds, self._now, self._keys = folds, now, keys
        self._notes, self._version = notes, version

    def try_to_decide(self, request: Request, turn: Turn) -> Outcome | Exception:
        """The outcome, or what was raised, kept for the one who asked: others in the turn are not touched by it."""
        try:
            return self._decide(request, turn)
        except Exception as error:
            return error

    def _decide(self, request: Request, turn: Turn) -> Outcome:
        first = turn.by_key.get(request.key)
        if first is not None:
            return self._again(first, request, turn)
        asked = Asked(
            request.actor, self._now(), str(ULID()), partial(self._text, turn)
        )
        fact = request.rule(turn.docs, asked)  # Raises Refused when a rule says no.
        if fact is None:
            return Outcome(None)
        return self._record(fact, request, asked, turn)

    def _again(self, first: Event, request: Request, turn: Turn) -> Outcome:
        """The event this key has caused already. Raises `KeyReused` where it was used for another request."""
        if self._is_another(first, request, turn):
            raise KeyReused(
                "这个 Idempotency-Key 已用于另一个请求", path="Idempotency-Key"
            )
        again = not turn.decided(first)
        return Outcome(first, turn.answers.get(first.seq), again=again)

    def _record(
        self, fact: Fact, request: Request, asked: Asked, turn: Turn
    ) -> Outcome:
        salts = {note: new_salt() for note in fact.notes}
        event = self._place(fact, request, asked, list(salts.values()), turn)
        turn.docs.try_to_fold(event, self._folds)
        turn.add(event)
        if fact.notes or fact.erases or fact.erases_of:
            turn.note(fact, event, salts)
        if not request.shows:
            return Outcome(event, None)
        document = turn.docs.get(*request.shown_by(event))
        if document is not None:
            turn.answers[event.seq] = document
        return Outcome(event, document)

    def _is_another(self, first: Event, request: Request, turn: Turn) -> bool:
        """Whether the key's first request asked for something else; unknown once its words are erased or replaced."""
        if first.key == request.own:
            return False  # Such a key is made from what is asked.
        if first.key != request.key:
            return first.digest != plain_digest(request.name, request.asked)
        salts = self._salts_of(first, turn)
        if len(salts) < len(first.notes):
            return any(name not in first.data for name in request.shows[1:])
        return first.digest != self._digest(request, salts)

    def _salts_of(self, event: Event, turn: Turn) -> list[str]:
        """Of those notes that are still as the event has said them."""
        notes = [self._noted(turn, id) for id in event.notes]
        return [note.salt for note in notes if note and note.event == event.id]

    def _text(self, turn: Turn, id: str) -> str:
        note = self._noted(turn, id)
        return note.text if note else ""

    def _noted(self, turn: Turn, id: str) -> Note | None:
        if id in turn.notes:
            return turn.notes[id]
        note = self._notes.get(id)
        return None if note and note.of in turn.erased else note

    def _digest(self, request: Request, salts: Sequence[str]) -> str:
        asked = stripped(request.asked, request.personal)
        return self._keys.digest(request.name, asked, salts)

    def _place(
        self,
        fact: Fact,
        request: Request,
        asked: Asked,
        salts: Sequence[str],
        turn: Turn,
    ) -> Event:
        """The fact as the next event of the turn; a note of it has each of `salts`."""
        _must_be_whole(fact, request.name)
        version = turn.versions.get(fact.stream) or self._version(fact.stream)
        return Event(
            seq=turn.head + len(turn.events) + 1,
            id=str(ULID()),
            type=fact.type,
            stream=fact.stream,
            time=instant(asked.now),
            data=fact.data,
            trace=request.trace,
            version=version + 1,
            key=request.key,
            digest=self._digest(request, salts),
            actor=request.actor.id,
            notes=list(fact.notes),
            on_behalf_of=request.on_behalf_of,
        )


def _must_be_whole(fact: Fact, by: str) -> None:
    try:
        events.check(fact.type, fact.data)
    except ma.ValidationError as error:
        # A defect of the rule, not the caller's fault: must not be mistaken for a Problem.
        raise TypeError(f"{by} made a broken {fact.type}: {error.messages}") from error
