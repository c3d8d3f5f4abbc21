"""A store in memory whose log is full: whatever would be recorded is answered 507, so that nothing ever changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.errors import StoreFull
from services.kit.lists.search import folded
from services.kit.log import Event, Types
from services.kit.store import Store, Views
from services.kit.views import Find, Key, Nothing, Overlay, Search
from tests.matrix.people import noted


@dataclass
class Moment:
    """Where all logs stand; every scene is a later one, so that nothing remembered of an earlier one is believed."""

    position: int = 0


@dataclass(eq=False)
class Shelf(Store):
    """One service's documents, put there by whoever sets the scene."""

    moment: Moment
    docs: Overlay = field(default_factory=lambda: Overlay(Nothing()))
    tried: int = 0  # How often something was to be recorded.

    def __post_init__(self) -> None:
        self._shown, self._notes = Shown(self), Notes()

    @property
    def log(self) -> "FullLog":
        return FullLog(self)

    @property
    def views(self) -> "Shown":
        return self._shown

    @property
    def keep(self) -> "Notes":
        return self._notes

    def rebuilding(self) -> "Shown":
        return self._shown

    def swap(self) -> None:
        pass

    def ping(self) -> None:
        pass

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class FullLog:
    shelf: Shelf

    def append(self, events: Sequence[Event], answers: object = None) -> int:
        self.shelf.tried += 1
        raise StoreFull("存储已满")

    def head(self) -> int:
        return self.shelf.moment.position

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        return []

    def read_stream(self, stream: str, upto: int, after: int = 0) -> list[Event]:
        return []

    def astray(self, after: int, upto: int) -> list[int]:
        return []

    def finds_all(self) -> bool:
        return True

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        """Whoever has followed it as far as it goes has followed this one."""
        return {seq: f"E{seq}" for seq in seqs if 0 < seq <= self.head()}

    def version(self, stream: str) -> int:
        return 1

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        return {}

    def keep_answer(self, seq: int, answer: Json) -> None:
        pass

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        return {}


class Shown(Views):
    generation = 1

    def __init__(self, shelf: Shelf):
        self.shelf = shelf

    def get(self, collection: str, id: str) -> Json | None:
        return self.shelf.docs.get(collection, id)

    def find(self, query: Find) -> list[Json]:
        return self.shelf.docs.find(query)

    def search(self, query: Search) -> list[Json]:
        """By a look at every document, as no index is kept here."""
        docs = (
            doc
            for (name, _), doc in self.shelf.docs.changed.items()
            if name == query.collection
        )
        found = [
            doc for doc in docs if all(word in folded(str(doc)) for word in query.words)
        ]
        rest = [doc for doc in found if query.after is None or doc["id"] < query.after]
        return sorted(rest, key=lambda doc: str(doc["id"]), reverse=True)[: query.limit]

    def count(self, query: Find) -> int:
        return len(self.find(query))

    def cursor(self, source: str) -> int:
        return self.shelf.moment.position

    def begin(self, source: str) -> Begun:
        return Begun(source, self.generation, self.cursor(source))

    def commit(
        self, begun: Begun, position: int, docs: Mapping[Key, Json], mark: object = None
    ) -> bool:
        return True


class Notes:
    """Every note of a kind says the same; what is made once stays."""

    def __init__(self) -> None:
        self._once: dict[Key, Json] = {}

    def put(self, kind: str, id: str, doc: Json) -> None:
        pass

    def put_each(self, kind: str, docs: Sequence[Json]) -> None:
        pass

    def put_each_once(self, kind: str, docs: Sequence[Json]) -> None:
        for doc in docs:
            self.put_once(kind, doc["id"], doc)

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        return self._once.setdefault((kind, id), doc)

    def get(self, kind: str, id: str) -> Json | None:
        return {"id": id, "by": "", "text": noted(id)} if kind == "notes" else None

    def all(self, kind: str) -> list[Json]:
        return []

    def change(self, kind: str, id: str, before: Json, after: Json) -> bool:
        return False

    def of(self, kind: str, subject: str) -> list[Json]:
        return []

    def drop(self, kind: str, *ids: str) -> None:
        pass
