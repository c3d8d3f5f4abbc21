"""Hands in a store: rows of a log written past the platform, on either engine."""

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import orjson
from pymongo.collection import Collection

from schemas.documents import Json
from services.kit.log import Event


@dataclass(frozen=True)
class Row:
    """What an event is found by, and what is said of it."""

    seq: int
    stream: str
    version: int
    key: str
    event: Json


def row_of(event: Event) -> Row:
    said = asdict(event)
    return Row(said["seq"], said["stream"], said["version"], said["key"], said)


class Hand(Protocol):
    def put(self, rows: Sequence[Row]) -> None:
        """These are all the log has."""
        ...


@dataclass(frozen=True)
class OnSQLite:
    path: Path

    def put(self, rows: Sequence[Row]) -> None:
        connection = sqlite3.connect(self.path, timeout=60)
        with connection:
            connection.execute("DELETE FROM log")
            for row in rows:
                values = (row.seq, row.stream, row.version, row.key)
                said = orjson.dumps(row.event).decode()
                connection.execute(
                    "INSERT INTO log VALUES (?, ?, ?, ?, ?)", (*values, said)
                )
        connection.close()


@dataclass(frozen=True)
class OnMongo:
    log: Collection[Any]

    def put(self, rows: Sequence[Row]) -> None:
        self.log.delete_many({})
        for row in rows:
            beside = {"_id": row.seq, "type": row.event.get("type"), "answer": None}
            said = {"stream": row.stream, "version": row.version, "key": row.key}
            self.log.insert_one({**beside, **said, "event": row.event})
