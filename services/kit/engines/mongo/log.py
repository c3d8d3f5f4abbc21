"""The log in a database."""

from collections.abc import Sequence

from pymongo.collection import Collection as Documents
from pymongo.database import Database
from pymongo.errors import (
    BulkWriteError,
)

from schemas.documents import Json
from services.kit.engines.mongo.asking import DUPLICATE, asking
from services.kit.log import NOTHING, Answered, Event, Types

FOUND_BY = ("seq", "type", "stream", "version", "key")
EVENT = ["event"]  # What is read of a row of the log.


class MongoLog:
    def __init__(self, database: Database[Json]):
        self._log = database["log"]
        self._log.create_index([("stream", 1), ("version", 1)], unique=True)
        self._log.create_index([("key", 1)], unique=True)
        self._log.create_index([("type", 1), ("_id", 1)])

    def append(self, events: Sequence[Event], answers: Answered = NOTHING) -> int:
        """Inserted in order, so that what another writer took first cuts off all that comes after it."""
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
        """By the index of `_id`."""
        with asking():
            last = self._log.find_one(sort=[("_id", -1)], projection=["_id"])
        return int(last["_id"]) if last else 0

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        """By the index of `_id`, or that of `type` when some are given. Answers stay where they are."""
        wanted: Json = {"type": {"$in": list(types)}} if types else {}
        with asking():
            rows = (
                self._log.find({"_id": {"$gt": after}, **wanted}, EVENT)
                .sort("_id", 1)
                .limit(limit)
            )
            return [Event(**row["event"]) for row in rows]

    def read_stream(self, stream: str, upto: int, after: int = 0) -> list[Event]:
        """By the unique index of stream and version."""
        versions = {"$gt": after, "$lte": upto}
        with asking():
            found = self._log.find({"stream": stream, "version": versions}, EVENT)
            rows = found.sort("version", 1)
            return [Event(**row["event"]) for row in rows]

    def astray(self, after: int, upto: int) -> list[int]:
        """Reads the rows whole, answers too."""
        with asking():
            rows = self._log.find({"_id": {"$gt": after, "$lte": upto}}).sort("_id", 1)
            return [row["_id"] for row in rows if _is_astray(row)]

    def finds_all(self) -> bool:
        """Nobody has a hand in its indexes but MongoDB, whose pages have checksums."""
        return True

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        """In no order; only the ids come over."""
        with asking():
            rows = self._log.find({"_id": _among(seqs)}, ["event.id"])
            return {row["_id"]: row["event"]["id"] for row in rows}

    def version(self, stream: str) -> int:
        """By the unique index of stream and version."""
        with asking():
            last = self._log.find_one(
                {"stream": stream}, sort=[("version", -1)], projection=["version"]
            )
        return int(last["version"]) if last else 0

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        """By the unique index of the key."""
        with asking():
            rows = self._log.find({"key": {"$in": list(keys)}}, EVENT)
            return {row["event"]["key"]: Event(**row["event"]) for row in rows}

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        """One is looked up by itself, which costs less than a list of one."""
        with asking():
            rows = self._log.find({"_id": _among(seqs)}, ["answer"])
            return {row["_id"]: row["answer"] for row in rows if row.get("answer")}

    def keep_answer(self, seq: int, answer: Json) -> None:
        """Does nothing where there is an answer by now."""
        with asking():
            self._log.update_one(
                {"_id": seq, "answer": None}, {"$set": {"answer": answer}}
            )


def _among(seqs: Sequence[int]) -> int | Json:
    """One is looked up at less cost, also when it is asked for twice."""
    wanted = list(dict.fromkeys(seqs))
    return wanted[0] if len(wanted) == 1 else {"$in": wanted}


def _is_astray(row: Json) -> bool:
    event = row.get("event")
    if not isinstance(event, dict):
        return True
    beside = row | {"seq": row["_id"]}
    return any(event.get(name) != beside.get(name) for name in FOUND_BY)


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
