"""The documents in a database, a collection for each of theirs and generation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from pymongo import ReplaceOne
from pymongo.collection import Collection as Documents
from pymongo.database import Database
from pymongo.errors import (
    DuplicateKeyError,
)

from schemas.documents import Json
from services.kit.cursors import UNMARKED, Begun, Mark
from services.kit.engines.declared import by_name, searched
from services.kit.engines.generations import Generations
from services.kit.engines.mongo.asking import asking
from services.kit.engines.mongo.committing import (
    MOST_IN_A_CURSOR,
    MOST_REPLACED,
    Write,
    cursor_id,
    insert_new,
    mark_of,
    new_cursor,
)
from services.kit.engines.mongo.docs import GRAMS, shown, without_own
from services.kit.lists.search import grams_asked, grams_of, has_words
from services.kit.store import Views
from services.kit.views import Collection, Find, Key, Search


class MongoViews(Views):
    """The documents of the generation that `generations` says is served."""

    def __init__(
        self,
        database: Database[Json],
        collections: Sequence[Collection],
        generations: Generations,
    ):
        self._database = database
        self._collections = by_name(collections)
        self._generations = generations
        self._cursors, self._journal = database["cursors"], database["journal"]
        with asking():
            self._make_indexes(generations.look())

    def get(self, collection: str, id: str) -> Json | None:
        """By `_id`."""
        with asking():
            return shown(self._documents(collection).find_one({"_id": id}))

    def find(self, query: Find) -> list[Json]:
        """By the declared index alone; documents without one of its fields are not in it."""
        way = -1 if query.newest_first else 1
        order = (
            [(_field(query.by), way)]
            if query.by == "id"
            else [(query.by, way), ("_id", way)]
        )
        with asking():
            found = (
                self._documents(query.collection)
                .find(self._filter(query))
                .sort(order)
                .limit(query.limit)
            )
            return [without_own(doc) for doc in found]

    def search(self, query: Search) -> list[Json]:
        """By the index of grams, a batch at a time: who has all the grams may still not have the words."""
        collection = searched(self._collections, query.collection)
        grams = grams_asked(query.words)
        found: list[Json] = []
        while len(found) < query.limit:
            batch = self._having(grams, query)
            if not batch:
                break
            found += [doc for doc in batch if has_words(collection, doc, query.words)]
            query = replace(query, after=batch[-1]["id"])
        return found[: query.limit]

    def _having(self, grams: list[str], query: Search) -> list[Json]:
        having: Json = {GRAMS: {"$all": grams}}
        if query.after is not None:
            having["_id"] = {"$lt": query.after}
        with asking():
            rows = (
                self._documents(query.collection)
                .find(having)
                .sort("_id", -1)
                .limit(query.limit)
            )
            return [without_own(doc) for doc in rows]

    def count(self, query: Find) -> int:
        """The server stops counting at the limit."""
        with asking():
            return self._documents(query.collection).count_documents(
                self._filter(query), limit=query.limit
            )

    @property
    def generation(self) -> int:
        """As this process knew it a moment ago: it may ask the store."""
        return self._generations.serving()

    def cursor(self, source: str) -> int:
        """Finishes a commit that was cut off, as `begin` does."""
        return self.begin(source).position

    def begin(self, source: str) -> Begun:
        """Finishes what a commit that was cut off left to be written, whoever began it."""
        generation = self._generations.serving()
        with asking():
            cursor = self._finished(generation, source)
        return Begun(source, generation, cursor["position"], mark_of(cursor))

    def commit(
        self,
        begun: Begun,
        position: int,
        docs: Mapping[Key, Json],
        mark: Mark = UNMARKED,
    ) -> bool:
        """The update of the cursor is the commit point; what it holds is written then, by this process or another."""
        source, generation = begun.source, begun.generation
        with asking():
            if self._generations.look() != generation:
                return False
            if begun.position == 0:
                self._make_cursor(cursor_id(generation, source))
            if self._finished(generation, source)["position"] != begun.position:
                return False
            pending = self._pending(position, docs, mark)
            guard = {"_id": cursor_id(generation, source), "position": begun.position}
            if self._cursors.update_one(guard, {"$set": pending}).matched_count == 0:
                self._journal.delete_many({"_id": {"$in": pending["journal"]}})
                return False
            self._finished(generation, source)
        return True

    def _pending(self, position: int, docs: Mapping[Key, Json], mark: Mark) -> Json:
        """The cursor at its new place, with what is then to be written."""
        writes = [{"into": into, "doc": doc} for (into, _), doc in docs.items()]
        marked = {"position": position, "event": mark.event, "types": mark.types}
        return {"position": position, "mark": marked} | self._recorded(writes)

    def _recorded(self, writes: list[Write]) -> Json:
        """How the cursor holds `writes`: beside itself, or where there are many, by the names of journal documents."""
        if len(writes) <= MOST_IN_A_CURSOR:
            return {"writes": writes, "journal": []}
        parts = [
            writes[at : at + MOST_IN_A_CURSOR]
            for at in range(0, len(writes), MOST_IN_A_CURSOR)
        ]
        journal = [{"_id": uuid4().hex, "writes": part} for part in parts]
        self._journal.insert_many(journal)
        return {"writes": [], "journal": [part["_id"] for part in journal]}

    def _finished(self, generation: int, source: str) -> Json:
        """The cursor once everything it holds has been written. Safe to do twice, and late."""
        id = cursor_id(generation, source)
        cursor = self._cursors.find_one({"_id": id}) or new_cursor(id)
        writes = cursor["writes"]
        if not writes and not cursor["journal"]:
            return cursor
        parts = {"_id": {"$in": cursor["journal"]}}
        for part in self._journal.find(parts):
            self._write(generation, part["writes"])
        self._write(generation, writes)
        guard = {"_id": id, "position": cursor["position"]}
        self._cursors.update_one(guard, {"$set": {"writes": [], "journal": []}})
        self._journal.delete_many(parts)
        return cursor

    def _make_cursor(self, id: str) -> None:
        with suppress(DuplicateKeyError):  # It is there already.
            self._cursors.insert_one(new_cursor(id))

    def _write(self, generation: int, writes: Sequence[Write]) -> None:
        """Puts each document unless a newer one is there: what is new is inserted, then what is older replaced."""
        by_collection: defaultdict[str, list[Json]] = defaultdict(list)
        for write in writes:
            into = write["into"]
            by_collection[into].append(self._as_kept(into, write["doc"]))
        for collection, docs in by_collection.items():
            documents = self._documents(collection, generation)
            known = insert_new(documents, docs)
            older = [_replacing_older(doc) for doc in known]
            for at in range(0, len(older), MOST_REPLACED):
                documents.bulk_write(older[at : at + MOST_REPLACED], ordered=False)

    def _as_kept(self, name: str, doc: Json) -> Json:
        collection = self._collections[name]
        words = (
            {GRAMS: sorted(grams_of(collection, doc))} if collection.searched else {}
        )
        return {**doc, **words, "_id": doc["id"]}

    def _documents(
        self, collection: str, generation: int | None = None
    ) -> Documents[Json]:
        number = self._generations.serving() if generation is None else generation
        return self._database[f"g{number}_{self._collections[collection].name}"]

    def _filter(self, query: Find) -> Json:
        index = query.index_in(self._collections)
        by = _field(query.by)
        span: Json = {"$ne": None}
        if query.since is not None:
            span["$gte"] = query.since
        if query.until is not None:
            span["$lt"] = query.until
        found: Json = {_field(name): query.where[name] for name in index[:-1]}
        found[by] = span
        if query.after is not None:
            value, id = query.after
            beyond = "$lt" if query.newest_first else "$gt"
            found["$or"] = [{by: {beyond: value}}, {by: value, "_id": {beyond: id}}]
        return found

    def _make_indexes(self, generation: int) -> None:
        for name, collection in self._collections.items():
            documents = self._documents(name, generation)
            for index in collection.indexes:
                fields = [_field(field) for field in index]
                keys = [(field, 1) for field in dict.fromkeys([*fields, "_id"])]
                if keys != [("_id", 1)]:
                    documents.create_index(keys)
            if collection.searched:
                documents.create_index([(GRAMS, 1), ("_id", 1)])


def _replacing_older(doc: Json) -> ReplaceOne[Json]:
    return ReplaceOne({"_id": doc["_id"], "seq": {"$lt": doc["seq"]}}, doc)


def _field(name: str) -> str:
    return "_id" if name == "id" else name
