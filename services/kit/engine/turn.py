"""One turn of a ledger: what is decided in it, before anything of it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.log import Event, Fact
from services.kit.sealed.notes import Note
from services.kit.views import Overlay


@dataclass(slots=True)
class Turn:
    """What one turn has decided so far, on documents nobody else sees yet.

    Of `notes`, None is one that is erased. `erased` are those whose notes of before this turn are all to go.
    """

    docs: Overlay
    begun: Begun
    by_key: dict[str, Event]
    events: list[Event] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Note | None] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    answers: dict[int, Json] = field(default_factory=dict)

    @property
    def head(self) -> int:
        """The `seq` of the last event there was before the turn."""
        return self.begun.position

    def tried(self) -> "Turn":
        """The turn as it might go on: what is decided in it changes nothing here."""
        return Turn(
            Overlay(self.docs), self.begun, {**self.by_key}, [*self.events],
            {**self.versions}, {**self.notes}, {*self.erased}, {**self.answers},
        )  # fmt: skip

    def go_on_as(self, trial: "Turn") -> None:
        """Takes over what was tried, but for the documents."""
        self.by_key, self.events, self.versions = (
            trial.by_key,
            trial.events,
            trial.versions,
        )
        self.notes, self.erased, self.answers = (
            trial.notes,
            trial.erased,
            trial.answers,
        )

    def add(self, event: Event) -> None:
        """The next of the turn, once it is folded."""
        self.events.append(event)
        self.by_key[event.key] = event
        self.versions[event.stream] = event.version

    def note(self, fact: Fact, event: Event, salts: Mapping[str, str]) -> None:
        """Remembers what the fact writes and erases. What it erases of a person is what was there before it."""
        for subject in fact.erases_of:
            self._erase(subject)
        self.notes |= dict.fromkeys(fact.erases)
        by = event.actor
        whose = fact.of or event.on_behalf_of or by
        for id, text in fact.notes.items():
            note = Note(id, by, whose, text, event.id, salts[id])
            self.notes[id] = note if text else None

    def _erase(self, subject: str) -> None:
        self.erased.add(subject)
        theirs = [id for id, note in self.notes.items() if note and note.of == subject]
        self.notes |= dict.fromkeys(theirs)

    def decided(self, event: Event) -> bool:
        """Whether it is one of this turn, not in the log yet."""
        at = event.seq - self.head - 1
        return 0 <= at < len(self.events) and self.events[at] is event
