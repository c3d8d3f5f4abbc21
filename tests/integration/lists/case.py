"""What a list is, said so simply that nobody gets it wrong: which documents, on which conditions, in which order."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import Actor, Role
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Query
from services.kit.lists.search import folded, words_of
from services.kit.store import Store, open_store
from services.kit.views import Collection, Overlay
from services.xfh.registry import load
from tests.given import NOW

A_FEW = 100
Holds = Callable[["World", Json, Json], bool]
COMMUNITIES = ("510108015001", "510108015002", "510108016001")
DIVISIONS = ("510108", "510108015", "510108016001")
TITLES = (
    "端午包粽子",
    "《端午》诗会",
    "粽子龘义诊",
    "健康ＡＢ讲座",
    "春日读书",
    "社区龘读书会",
)
TEXTS = ("端午", "粽子", "龘", "ab 讲座", "读书 社区", "没有的")


def actor(*roles: tuple[str, str], id: str = "A1") -> Actor:
    return Actor(id, tuple(Role(role, scope) for role, scope in roles))


class World:
    """The documents of a service, and the service on them."""

    def __init__(self, service: str, docs: Overlay):
        self.docs: dict[str, dict[str, Json]] = {}
        for (collection, id), doc in docs.changed.items():
            self.docs.setdefault(collection, {})[id] = doc
        self._kind, self._changed = load(service), docs.changed

    @cached_property
    def store(self) -> Store:
        return self.kept_in(
            open_store(f"sqlite:{self._folder}", "service", self.collections)
        )

    @property
    def collections(self) -> Sequence[Collection]:
        return self._kind.collections

    def kept_in(self, store: Store) -> Store:
        """The store with all documents in it, a few at a time."""
        known = {collection.name for collection in self.collections}
        docs = iter(
            [(key, doc) for key, doc in self._changed.items() if key[0] in known]
        )
        begun = store.views.begin("log")
        while few := dict(islice(docs, A_FEW)):
            assert store.views.commit(begun, begun.position + 1, few)
            begun = begun.at(begun.position + 1)
        return store

    @cached_property
    def _folder(self) -> Path:
        return Path(tempfile.mkdtemp())

    def ask(self, name: str, question: Json, who: Actor, store: Store) -> Json:
        query: Query = getattr(self._kind, name)
        given = [query.given(Settings(data=self._folder))] if query.given else []
        asked = Asked(who, NOW, "N1")
        answer: Json = query.answer(store.views, question, asked, *given)
        return answer


@dataclass(frozen=True, eq=False)
class Filter:
    """Values somebody may ask for, and when a document is asked for by the question."""

    values: tuple[Any, ...]
    holds: Holds


def seen_by_all(world: World, doc: Json, question: Json) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Listed:
    """`always` is what every question says that says nothing else of it. `not_with`: pairs that are refused."""

    service: str
    name: str
    collection: str
    order: Callable[[World, Json, Json], tuple[str, str]]
    who: Actor
    filters: Mapping[str, Filter]
    seen: Holds = seen_by_all
    always: Json = field(default_factory=dict)
    newest_first: bool = False
    not_with: tuple[frozenset[str], ...] = ()

    @property
    def schema(self) -> type[Schema]:
        mark: Query = getattr(load(self.service), self.name)
        return mark.schema

    def saying(self, said: Json) -> Json:
        """With what is always said, where that goes together with it."""
        kept = (
            name
            for name in self.always
            if not any(frozenset((name, other)) in self.not_with for other in said)
        )
        return {name: self.always[name] for name in kept} | said

    def expected(self, world: World, question: Json) -> list[str]:
        found = [
            doc
            for doc in world.docs.get(self.collection, {}).values()
            if self._tells(world, doc, question)
        ]
        if "text" in question:
            return sorted((doc["id"] for doc in found), reverse=True)
        found.sort(
            key=lambda doc: self.order(world, doc, question), reverse=self.newest_first
        )
        return [doc["id"] for doc in found]

    def told(
        self, world: World, question: Json, store: Store | None = None
    ) -> Iterator[str]:
        """Page by page, from the world's own store unless another that has the same."""
        after: Any = None
        while True:
            page = world.ask(
                self.name, {**question, "after": after}, self.who, store or world.store
            )
            yield from (item["id"] for item in page["items"])
            after = page["next"]
            if after is None:
                return

    def _tells(self, world: World, doc: Json, question: Json) -> bool:
        asked_for = all(
            filter.holds(world, doc, question)
            for name, filter in self.filters.items()
            if name in question
        )
        return asked_for and self.seen(world, doc, question)


def by(name: str) -> Callable[[World, Json, Json], tuple[str, str]]:
    return lambda world, doc, question: (doc[name], doc["id"])


def equal(name: str, *values: Any, of: str = "") -> Filter:
    return Filter(
        values, lambda world, doc, question: doc.get(of or name) == question[name]
    )


def among(name: str, *values: str) -> Filter:
    return Filter(values, lambda world, doc, question: doc.get(name) in question[name])


def within(*values: str) -> Filter:
    return Filter(
        values or DIVISIONS,
        lambda world, doc, question: bool(
            doc["community"].startswith(question["division"])
        ),
    )


def searched(*fields: str) -> Filter:
    def holds(world: World, doc: Json, question: Json) -> bool:
        said = [doc.get(name) or "" for name in fields]
        said += _means(doc.get("audience") or "") if "audience" in fields else []
        text = folded(
            "\n".join(
                "\n".join(value) if isinstance(value, list) else value for value in said
            )
        )
        return all(word in text for word in words_of(question["text"]))

    return Filter(TEXTS, holds)


def _means(audience: str | list[str]) -> list[str]:
    """What contains an audience, and what it contains."""
    text = "\n".join(audience) if isinstance(audience, list) else audience
    parts = ["老人", "儿童"]
    return [
        *(parts if "一老一小" in text else []),
        *(["一老一小"] if any(part in text for part in parts) else []),
    ]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
