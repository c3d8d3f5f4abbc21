"""What people wrote, kept beside the log where it can be erased: who wrote it, whose it is, and the text, sealed.

Nobody else reads or writes the notes in a service's keep. Versions before kept their text as it was written; it is
sealed when it is next written.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from schemas.documents import Json
from services.kit.clock import give_way
from services.kit.sealed.data_keys import DataKeys
from services.kit.sealed.master_keys import MasterKeys
from services.kit.store import Keep

KIND = "notes"


@dataclass(frozen=True, slots=True)
class Note:
    """`by` wrote it, `of` is whose it is, and it came with `event`, which versions before did not say.

    `salt` goes into the digest of the request it came with: `services/kit/engine/keys.py`.
    """

    id: str
    by: str
    of: str
    text: str
    event: str = ""
    salt: str = ""


class Notes:
    """The notes of one service."""

    def __init__(self, service: str, keep: Keep, masters: Callable[[], MasterKeys]):
        self._keep = keep
        self.keys = DataKeys(service, keep, masters)

    def get(self, id: str) -> Note | None:
        """None once it is erased."""
        doc = self._keep.get(KIND, id)
        return self._read(doc) if doc else None

    def of(self, subject: str) -> list[Note]:
        """All of a person that can still be opened."""
        theirs = map(self._read, self._keep.of(KIND, subject))
        return [note for note in theirs if note is not None]

    def text(self, id: str) -> str:
        """`""` once it is erased."""
        note = self.get(id)
        return note.text if note else ""

    def put(self, note: Note) -> None:
        """In the place of what was there under the same id."""
        self._keep.put(KIND, note.id, self._sealed(note))

    def put_each(self, notes: Sequence[Note]) -> None:
        """The same of many, in two flushes to disk, while others who only ask have their turn."""
        self.keys.make({note.of for note in notes})
        docs: list[Json] = []
        for note in notes:
            docs.append(self._sealed(note))
            give_way()
        self._keep.put_each(KIND, docs)

    def _sealed(self, note: Note) -> Json:
        sealed = self.keys.seal(note.of, note.id, note.text)
        # Versions before read `text`: to them it is erased.
        return asdict(note) | sealed | {"text": ""}

    def drop(self, *ids: str) -> None:
        """Those that are there, all at once."""
        self._keep.drop(KIND, *ids)

    def erase(self, subject: str) -> None:
        """All notes of a person, and what could open a copy of one. Safe to repeat."""
        self.keys.drop(subject)
        theirs = self._keep.of(KIND, subject)
        self.drop(*(doc["id"] for doc in theirs))

    def kept(self) -> list[Json]:
        """As they are kept, for a backup."""
        return self._keep.all(KIND)

    def bring_back(self, doc: Json) -> None:
        """One out of a backup, where its key is already."""
        if "sealed" in doc:
            self._keep.put(KIND, doc["id"], doc)
        else:
            self.put(_note(doc, doc["text"]))

    def _read(self, doc: Json) -> Note | None:
        if "sealed" not in doc:
            return _note(doc, doc["text"])
        text = self.keys.open(doc["of"], doc["id"], doc)
        return None if text is None else _note(doc, text)


def _note(doc: Json, text: str) -> Note:
    """Versions before did not say whose a note is: it was its writer's."""
    whose = doc.get("of") or doc["by"]
    event, salt = doc.get("event", ""), doc.get("salt", "")
    return Note(doc["id"], doc["by"], whose, text, event, salt)
