"""The store on MongoDB: one database per service, majority reads and writes, no transactions.

Appending relies on unique indexes. Committing views relies on one document, the cursor: moving it and recording what
is to be written is one guarded update. The writes follow, and whoever finds them unfinished finishes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

from pymongo import MongoClient, ReplaceOne
from pymongo.collection import Collection as Documents
from pymongo.database import Database
from pymongo.errors import (
    BulkWriteError,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
)

from schemas.documents import Json
from services.kit.engines.generations import Generations
from services.kit.errors import StoreFull, Unavailable
from services.kit.lists.search import grams_asked, grams_of, has_words
from services.kit.log import NOTHING, Answered, Event, Types
from services.kit.store import OWNED
from services.kit.views import (
    UNMARKED,
    Begun,
    Collection,
    Find,
    Key,
    Mark,
    Search,
    Views,
    by_name,
    searched,
)

TIMEOUT_MS = 2000
DUPLICATE = 11000
OUT_OF_SPACE = 14031
MOST_REPLACED = (
    50  # In one operation, so that it ends in time where each takes a while.
)
MOST_IN_A_CURSOR = 5_000  # Documents beside a cursor; more go to the journal, for no document may exceed 16 MB.

GRAMS = "_grams"
OWN = {"_id", GRAMS}
EVENT = ["event"]  # What is read of a row of the log.

Write = Json  # {"into": collection, "doc": document}


def is_there(url: str, service: str) -> bool:
    with closing(_client(url)) as client, asking():
        return "log" in client[_database(url, service)].list_collection_names()


def open_store(
    url: str, service: str, collections: Sequence[Collection]
) -> "MongoStore":
    client = _client(url)
    try:
        return MongoStore(client, _database(url, service), collections)
    except Unavailable:
        client.close()
        raise


def _database(url: str, service: str) -> str:
    prefix = urlsplit(url).path.strip("/") or "xfh"
    return f"{prefix}_{service}"


def _client(url: str) -> "MongoClient[Json]":
    return MongoClient(
        url,
        timeoutMS=TIMEOUT_MS,
        serverSelectionTimeoutMS=TIMEOUT_MS,
        w="majority",
        journal=True,
        readConcernLevel="majority",
    )


@contextmanager
def asking() -> Iterator[None]:
    """Makes what the driver raises what the port promises."""
    try:
        yield
    except OperationFailure as error:
        if error.code == OUT_OF_SPACE:
            raise StoreFull("存储空间已满，未保存任何内容，请稍后重试") from error
        raise Unavailable("存储暂时不可用，请稍后重试") from error
    except PyMongoError as error:
        raise Unavailable("存储暂时不可用，请稍后重试") from error


class MongoLog:
    def __init__(self, database: Database[Json]):
        self._log = database["log"]
        self._log.create_index([("stream", 1), ("version", 1)], unique=True)
        self._log.create_index([("key", 1)], unique=True)
        self._log.create_index([("type", 1), ("_id", 1)])

    def append(self, events: Sequence[Event], answers: Answered = NOTHING) -> int:
        rows = [
            {
                "_id": e.seq, "type": e.type, "stream": e.stream, "version": e.version, "key": e.key,
                "event": e.as_dict(), "answer": answers.get(e.seq),
            }
            for e in events
        ]  # fmt: skip
        try:
            with asking():
                if rows:
                    _insert_in_order(self._log, rows)
        except Taken as taken:
            return taken.before
        return len(rows)

    def head(self) -> int:
        with asking():
            last = self._log.find_one(sort=[("_id", -1)], projection=["_id"])
        return int(last["_id"]) if last else 0

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        wanted: Json = {"type": {"$in": list(types)}} if types else {}
        with asking():
            rows = (
                self._log.find({"_id": {"$gt": after}, **wanted}, EVENT)
                .sort("_id", 1)
                .limit(limit)
            )
            return [Event(**row["event"]) for row in rows]

    def read_stream(self, stream: str, upto: int) -> list[Event]:
        with asking():
            rows = self._log.find(
                {"stream": stream, "version": {"$lte": upto}}, EVENT
            ).sort("version", 1)
            return [Event(**row["event"]) for row in rows]

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        with asking():
            rows = self._log.find({"_id": {"$in": list(seqs)}}, ["event.id"])
            return {row["_id"]: row["event"]["id"] for row in rows}

    def version(self, stream: str) -> int:
        with asking():
            last = self._log.find_one(
                {"stream": stream}, sort=[("version", -1)], projection=["version"]
            )
        return int(last["version"]) if last else 0

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        with asking():
            rows = self._log.find({"key": {"$in": list(keys)}}, EVENT)
            return {row["event"]["key"]: Event(**row["event"]) for row in rows}

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        with asking():
            wanted = (
                {"$in": list(seqs)} if len(seqs) > 1 else seqs[0]
            )  # One is looked up at less cost.
            rows = self._log.find({"_id": wanted}, ["answer"])
            return {row["_id"]: row["answer"] for row in rows if row.get("answer")}

    def keep_answer(self, seq: int, answer: Json) -> None:
        with asking():
            self._log.update_one(
                {"_id": seq, "answer": None}, {"$set": {"answer": answer}}
            )


class Taken(Exception):
    """Another writer had a `seq`, `version` or `key` first; `before` rows are in."""

    def __init__(self, before: int):
        super().__init__(before)
        self.before = before


def _insert_in_order(log: Documents[Json], rows: list[Json]) -> None:
    try:
        log.insert_many(rows, ordered=True)
    except BulkWriteError as error:
        failed = (
            error.details["writeErrors"][0] if error.details.get("writeErrors") else {}
        )
        if failed.get("code") != DUPLICATE:
            raise
        raise Taken(int(failed["index"])) from error


def _insert_new(documents: Documents[Json], docs: list[Json]) -> list[Json]:
    """Inserts the documents whose `_id` is not there yet, and returns the others.

    Trying to insert what is there costs more than looking first; what another process inserts meanwhile fails alone.
    """
    there = {
        doc["_id"]
        for doc in documents.find(
            {"_id": {"$in": [doc["_id"] for doc in docs]}}, {"_id": 1}
        )
    }
    known = [doc for doc in docs if doc["_id"] in there]
    new = [doc for doc in docs if doc["_id"] not in there]
    try:
        if new:
            documents.insert_many(new, ordered=False)
    except BulkWriteError as error:
        failed = error.details["writeErrors"]
        if any(failure["code"] != DUPLICATE for failure in failed):
            raise
        known += [new[failure["index"]] for failure in failed]
    return known


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
        with asking():
            return _shown(self._documents(collection).find_one({"_id": id}))

    def find(self, query: Find) -> list[Json]:
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
            return [_without_own(doc) for doc in found]

    def search(self, query: Search) -> list[Json]:
        collection = searched(self._collections, query.collection)
        grams = grams_asked(query.words)
        found: list[Json] = []
        while len(found) < query.limit and (batch := self._having(grams, query)):
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
            return [_without_own(doc) for doc in rows]

    def count(self, query: Find) -> int:
        with asking():
            return self._documents(query.collection).count_documents(
                self._filter(query), limit=query.limit
            )

    @property
    def generation(self) -> int:
        return self._generations.serving()

    def cursor(self, source: str) -> int:
        return self.begin(source).position

    def begin(self, source: str) -> Begun:
        generation = self._generations.serving()
        with asking():
            cursor = self._finished(generation, source)
        return Begun(source, generation, cursor["position"], _mark_of(cursor))

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
                self._make_cursor(_cursor_id(generation, source))
            if self._finished(generation, source)["position"] != begun.position:
                return False
            writes = [
                {"into": collection, "doc": doc}
                for (collection, _), doc in docs.items()
            ]
            marked = {"position": position, "event": mark.event, "types": mark.types}
            pending = {"position": position, "mark": marked, **self._recorded(writes)}
            guard = {"_id": _cursor_id(generation, source), "position": begun.position}
            if self._cursors.update_one(guard, {"$set": pending}).matched_count == 0:
                self._journal.delete_many({"_id": {"$in": pending["journal"]}})
                return False
            self._finished(generation, source)
        return True

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
        id = _cursor_id(generation, source)
        cursor = self._cursors.find_one({"_id": id}) or _new_cursor(id)
        if not cursor["writes"] and not cursor["journal"]:
            return cursor
        for part in self._journal.find({"_id": {"$in": cursor["journal"]}}):
            self._write(generation, part["writes"])
        self._write(generation, cursor["writes"])
        guard = {"_id": id, "position": cursor["position"]}
        self._cursors.update_one(guard, {"$set": {"writes": [], "journal": []}})
        self._journal.delete_many({"_id": {"$in": cursor["journal"]}})
        return cursor

    def _make_cursor(self, id: str) -> None:
        with suppress(DuplicateKeyError):  # It is there already.
            self._cursors.insert_one(_new_cursor(id))

    def _write(self, generation: int, writes: Sequence[Write]) -> None:
        """Puts each document unless a newer one is there: what is new is inserted, then what is older replaced."""
        by_collection: dict[str, list[Json]] = {}
        for write in writes:
            by_collection.setdefault(write["into"], []).append(
                self._as_kept(write["into"], write["doc"])
            )
        for collection, docs in by_collection.items():
            documents = self._documents(collection, generation)
            known = _insert_new(documents, docs)
            older = [
                ReplaceOne({"_id": doc["_id"], "seq": {"$lt": doc["seq"]}}, doc)
                for doc in known
            ]
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
        found: Json = {_field(name): query.where[name] for name in index[:-1]} | {
            by: span
        }
        if query.after is not None:
            value, id = query.after
            beyond = "$lt" if query.newest_first else "$gt"
            found["$or"] = [{by: {beyond: value}}, {by: value, "_id": {beyond: id}}]
        return found

    def _make_indexes(self, generation: int) -> None:
        for name, collection in self._collections.items():
            for index in collection.indexes:
                fields = [_field(field) for field in index]
                keys = [(field, 1) for field in dict.fromkeys([*fields, "_id"])]
                if keys != [("_id", 1)]:
                    self._documents(name, generation).create_index(keys)
            if collection.searched:
                self._documents(name, generation).create_index([(GRAMS, 1), ("_id", 1)])


def _field(name: str) -> str:
    return "_id" if name == "id" else name


def _new_cursor(id: str) -> Json:
    return {"_id": id, "position": 0, "writes": [], "journal": []}


def _mark_of(cursor: Json) -> Mark:
    """Versions before move the cursor and leave the mark of another place behind."""
    marked = cursor.get("mark") or {}
    return (
        Mark(marked["event"], marked["types"])
        if marked.get("position") == cursor["position"]
        else UNMARKED
    )


def _cursor_id(generation: int, source: str) -> str:
    return f"g{generation}:{source}"


def _shown(doc: Json | None) -> Json | None:
    return _without_own(doc) if doc else None


def _without_own(doc: Json) -> Json:
    """Without what only this engine knows."""
    return {name: value for name, value in doc.items() if name not in OWN}


class MongoKeep:
    def __init__(self, database: Database[Json]):
        self._database = database
        for kind in OWNED:
            database[f"keep_{kind}"].create_index([("of", 1)])
            database[f"keep_{kind}"].create_index([("by", 1)])

    def put(self, kind: str, id: str, doc: Json) -> None:
        with asking():
            self._database[f"keep_{kind}"].replace_one(
                {"_id": id}, {**doc, "_id": id}, upsert=True
            )

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        with asking():
            try:
                self._database[f"keep_{kind}"].insert_one({**doc, "_id": id})
            except DuplicateKeyError:
                return self.get(kind, id) or doc
        return doc

    def get(self, kind: str, id: str) -> Json | None:
        with asking():
            return _shown(self._database[f"keep_{kind}"].find_one({"_id": id}))

    def all(self, kind: str) -> list[Json]:
        with asking():
            found = self._database[f"keep_{kind}"].find().sort("_id", 1)
            return [_without_own(doc) for doc in found]

    def of(self, kind: str, subject: str) -> list[Json]:
        theirs = {"$or": [{"of": subject}, {"of": None, "by": subject}]}
        with asking():
            found = self._database[f"keep_{kind}"].find(theirs).sort("_id", 1)
            return [_without_own(doc) for doc in found]

    def drop(self, kind: str, *ids: str) -> None:
        with asking():
            self._database[f"keep_{kind}"].delete_many({"_id": {"$in": list(ids)}})


class MongoStore:
    def __init__(
        self, client: MongoClient[Json], name: str, collections: Sequence[Collection]
    ):
        self._client, self._database, self._collections = (
            client,
            client[name],
            collections,
        )
        with asking():
            self._generations = self._database["generations"]
            if self._generations.find_one({"_id": "views"}) is None:
                self._first_generation()
            self.log = MongoLog(self._database)
            self.keep = MongoKeep(self._database)
        self.views = MongoViews(self._database, collections, Generations(self._serving))

    def rebuilding(self) -> MongoViews:
        with asking():
            guard = {"_id": "views", "rebuilding": None}
            serving = self._serving()
            if self._generations.update_one(
                guard, {"$set": {"rebuilding": serving + 1}}
            ).matched_count:
                self._drop_all_but(serving)
            number = int(
                (self._generations.find_one({"_id": "views"}) or {})["rebuilding"]
            )
        return MongoViews(
            self._database, self._collections, Generations(lambda: number)
        )

    def swap(self) -> None:
        with asking():
            now = self._generations.find_one({"_id": "views"}) or {}
            if now["rebuilding"] is not None:
                served = {"serving": now["rebuilding"], "rebuilding": None}
                self._generations.update_one(
                    {"_id": "views", "rebuilding": now["rebuilding"]}, {"$set": served}
                )

    def ping(self) -> None:
        with asking():
            self._client.admin.command("ping")

    def close(self) -> None:
        self._client.close()

    def _serving(self) -> int:
        with asking():
            known = self._generations.find_one({"_id": "views"})
        if (
            known is None
        ):  # Made when the store was opened, so somebody has dropped the database.
            raise Unavailable("数据库不见了，请系统管理员放回原来的数据并重新启动")
        return int(known["serving"])

    def _first_generation(self) -> None:
        try:
            self._generations.insert_one(
                {"_id": "views", "serving": 1, "rebuilding": None}
            )
        except DuplicateKeyError:
            return  # Another process has just made it.

    def _drop_all_but(self, serving: int) -> None:
        self._database["cursors"].delete_many(
            {"_id": {"$not": {"$regex": f"^g{serving}:"}}}
        )
        for name in self._database.list_collection_names():
            number = name.partition("_")[0]
            if number[:1] == "g" and number[1:].isdigit() and number != f"g{serving}":
                self._database.drop_collection(name)
