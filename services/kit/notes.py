"""What people wrote, kept beside the log where it can be erased: who wrote it, whose it is, and the text."""

from dataclasses import asdict, dataclass

from schemas.documents import Json
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
    """The notes of one service. Nobody else reads or writes them in its keep."""

    def __init__(self, keep: Keep):
        self._keep = keep

    def get(self, id: str) -> Note | None:
        """None once it is erased."""
        doc = self._keep.get(KIND, id)
        return _read(doc) if doc else None

    def text(self, id: str) -> str:
        """`""` once it is erased."""
        note = self.get(id)
        return note.text if note else ""

    def put(self, note: Note) -> None:
        """In the place of what was there under the same id."""
        self._keep.put(KIND, note.id, asdict(note))

    def drop(self, *ids: str) -> None:
        """Those that are there, all at once."""
        self._keep.drop(KIND, *ids)

    def erase(self, subject: str) -> None:
        """All notes of a person. Safe to repeat."""
        theirs = self._keep.of(KIND, subject)
        self._keep.drop(KIND, *(note["id"] for note in theirs))


def _read(doc: Json) -> Note:
    """Versions before did not say whose a note is: it was its writer's."""
    whose = doc.get("of") or doc["by"]
    return Note(
        doc["id"],
        doc["by"],
        whose,
        doc["text"],
        doc.get("event", ""),
        doc.get("salt", ""),
    )
