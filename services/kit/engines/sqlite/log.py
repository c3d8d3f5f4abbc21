"""The log in a file."""

import sqlite3
from collections.abc import Sequence
from typing import Any

import orjson

from schemas.documents import Json
from services.kit.engines.sqlite.connections import Connections
from services.kit.engines.sqlite.rows import dumps
from services.kit.log import NOTHING, Answered, Event, Types

SAYS = "json_extract(event, '$.{0}') IS NOT {0}"
COLUMNS = ("seq", "stream", "version", "key")
# Of a name said twice SQLite takes the first, and who reads the event the last.
SAYS_TWICE = "(SELECT count(*) > count(DISTINCT key) FROM json_each(event))"
ANY_SAYS = " OR ".join([*map(SAYS.format, COLUMNS), SAYS_TWICE])
ASTRAY = f"CASE WHEN json_valid(event) THEN {ANY_SAYS} ELSE true END"


class SQLiteLog:
    def __init__(self, connections: Connections):
        self._connections = connections

    def append(self, events: Sequence[Event], answers: Answered = NOTHING) -> int:
        """All of them or none: returns 0 when another writer took any place first."""
        rows = [(e.seq, e.stream, e.version, e.key, dumps(e.as_dict())) for e in events]
        beside = [(seq, dumps(doc)) for seq, doc in answers.items()]
        try:
            with self._connections.transaction(self._connections.durable) as connection:
                connection.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows)
                connection.executemany("INSERT INTO answers VALUES (?, ?)", beside)
        except sqlite3.IntegrityError:
            return 0
        return len(rows)

    def head(self) -> int:
        """By the primary key."""
        return int(self._one("SELECT coalesce(max(seq), 0) FROM log"))

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        """By the primary key, or by type and `seq` when types are given."""
        if not types:
            return self._events(
                "SELECT event FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, limit
            )
        wanted = f"json_extract(event, '$.type') IN ({', '.join('?' * len(types))})"
        sql = f"SELECT event FROM log WHERE seq > ? AND {wanted} ORDER BY seq LIMIT ?"
        return self._events(sql, after, *types, limit)

    def read_stream(self, stream: str, upto: int, after: int = 0) -> list[Event]:
        """By the unique index of stream and version."""
        sql = (
            "SELECT event FROM log WHERE stream = ? AND version > ? AND version <= ?"
            " ORDER BY version"
        )
        return self._events(sql, stream, after, upto)

    def astray(self, after: int, upto: int) -> list[int]:
        """Compares what is indexed with what the event says, row by row."""
        sql = (
            f"SELECT seq FROM log WHERE seq > ? AND seq <= ? AND {ASTRAY} ORDER BY seq"
        )
        with self._connections.reading() as connection:
            rows = connection.execute(sql, (after, upto)).fetchall()
        return [seq for (seq,) in rows]

    def finds_all(self) -> bool:
        return bool(self._one("PRAGMA integrity_check(log)") == "ok")

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        """In no order."""
        sql = "SELECT seq, json_extract(event, '$.id') FROM log WHERE seq IN (SELECT value FROM json_each(?))"
        with self._connections.reading() as connection:
            return dict(
                connection.execute(sql, (orjson.dumps(seqs).decode(),)).fetchall()
            )

    def version(self, stream: str) -> int:
        """By the unique index of stream and version."""
        return int(
            self._one(
                "SELECT coalesce(max(version), 0) FROM log WHERE stream = ?", stream
            )
        )

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        """By the unique index of the key."""
        sql = "SELECT event FROM log WHERE key IN (SELECT value FROM json_each(?))"
        return {
            event.key: event for event in self._events(sql, orjson.dumps(keys).decode())
        }

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        """From a table beside the log, by its primary key."""
        sql = (
            "SELECT seq, doc FROM answers WHERE seq IN (SELECT value FROM json_each(?))"
        )
        with self._connections.reading() as connection:
            rows = connection.execute(sql, (orjson.dumps(seqs).decode(),)).fetchall()
        return {seq: orjson.loads(doc) for seq, doc in rows}

    def keep_answer(self, seq: int, answer: Json) -> None:
        """Does nothing where there is an answer by now."""
        with self._connections.transaction(self._connections.durable) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO answers VALUES (?, ?)", (seq, dumps(answer))
            )

    def _one(self, sql: str, *values: str | int) -> Any:
        with self._connections.reading() as connection:
            return connection.execute(sql, values).fetchone()[0]

    def _events(self, sql: str, *values: str | int) -> list[Event]:
        with self._connections.reading() as connection:
            return [
                Event(**orjson.loads(row[0])) for row in connection.execute(sql, values)
            ]
