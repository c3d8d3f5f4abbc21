"""The Store port: everything one service keeps, opened by URL."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol
from urllib.parse import urlsplit

from schemas.documents import Json
from services.kit.cursors import UNMARKED, Begun, Mark
from services.kit.log import Log
from services.kit.views import Collection, Key, Searchable

ENGINES = {
    "sqlite": "services.kit.engines.sqlite",
    "mongodb": "services.kit.engines.mongo",
    "mongodb+srv": "services.kit.engines.mongo",
}

OWNED = ("notes",)  # The kinds in the keep of documents that are somebody's.


class Keep(Protocol):
    """Small documents no log can give back: residents' notes, and the events a follower is parked on."""

    def put(self, kind: str, id: str, doc: Json) -> None:
        """In the place of the one that is there."""
        ...

    def put_each(self, kind: str, docs: Sequence[Json]) -> None:
        """Each under its own `id`: on SQLite all of them are one flush to disk."""
        ...

    def put_each_once(self, kind: str, docs: Sequence[Json]) -> None:
        """The same of those of which there is none already."""
        ...

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        """Puts `doc` unless there is one already, and returns the one there is: the same in every process."""
        ...

    def change(self, kind: str, id: str, before: Json, after: Json) -> bool:
        """Puts `after` where `before` is. False when that is no longer there as it was."""
        ...

    def get(self, kind: str, id: str) -> Json | None:
        """None when there is none."""
        ...

    def all(self, kind: str) -> list[Json]:
        """Of that kind, by id."""
        ...

    def of(self, kind: str, subject: str) -> list[Json]:
        """Those whose `of` is the subject, or that have none and whose `by` is: by an index, for the kinds `OWNED`."""
        ...

    def drop(self, kind: str, *ids: str) -> None:
        """All at once. On SQLite nothing of them is left in any file; MongoDB overwrites its files in its own time."""
        ...


class Views(Searchable, Protocol):
    """Documents with the cursor of each log they are folded from.

    Engines pass `tests/contract/test_views.py` and `tests/contract/test_cursors.py`. A collection is folded
    from one log only, so what it holds never depends on how two logs interleave.
    """

    def begin(self, source: str) -> Begun:
        """Where a fold of `source` begins. To be asked before the documents it rests on are read."""
        ...

    def commit(
        self,
        begun: Begun,
        position: int,
        docs: Mapping[Key, Json],
        mark: Mark = UNMARKED,
    ) -> bool:
        """Writes `docs` and moves the cursor to `position` with its `mark`, all or nothing whatever is killed.

        False when the cursor is no longer where the fold began (another replica was faster), or another generation
        is served by now: nothing was written.
        """
        ...


class Store(Protocol):
    """One service's log, views and keep. Safe to open in several processes at once, and to share between threads."""

    @property
    def log(self) -> Log:
        """The one log of the service, the same at every call."""
        ...

    @property
    def views(self) -> Views:
        """The generation being served; it changes by itself, within a second, when another process swaps."""
        ...

    @property
    def keep(self) -> Keep:
        """The same at every call."""
        ...

    def rebuilding(self) -> Views:
        """The next generation of views: empty, or as far as an interrupted rebuild came."""
        ...

    def swap(self) -> None:
        """Serves the rebuilt generation from now on, in every process."""
        ...

    def ping(self) -> None:
        """Raises `Unavailable` when the store cannot be used."""
        ...

    def close(self) -> None:
        """What was got from it cannot be used any more."""
        ...


def is_there(url: str, service: str) -> bool:
    """Whether there is a store of `service` at the URL. Makes nothing. Raises `Unavailable`."""
    found: bool = import_module(ENGINES[urlsplit(url).scheme]).is_there(url, service)
    return found


def open_store(url: str, service: str, collections: Sequence[Collection]) -> Store:
    """The store of `service` at `sqlite:DIR` or `mongodb://…`; made when it is not there."""
    engine = import_module(ENGINES[urlsplit(url).scheme])
    store: Store = engine.open_store(url, service, collections)
    return store
