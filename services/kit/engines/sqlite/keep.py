"""The keep in a file."""

from collections.abc import Sequence
from typing import Any

import orjson

from schemas.documents import Json
from services.kit.engines.sqlite.connections import Connections
from services.kit.engines.sqlite.rows import THEIRS, dumps

PUT = "INSERT OR REPLACE INTO keep VALUES (?, ?, ?)"
PUT_ONCE = "INSERT OR IGNORE INTO keep VALUES (?, ?, ?)"


class SQLiteKeep:
    def __init__(self, connections: Connections):
        self._connections = connections

    def put(self, kind: str, id: str, doc: Json) -> None:
        """On the disk when it returns."""
        self._insert(PUT, [(kind, id, dumps(doc))])

    def put_each(self, kind: str, docs: Sequence[Json]) -> None:
        """All or none, with one flush to disk."""
        self._insert(PUT, [(kind, doc["id"], dumps(doc)) for doc in docs])

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        """The primary key decides between processes that put at once."""
        self._insert(PUT_ONCE, [(kind, id, dumps(doc))])
        return self.get(kind, id) or doc

    def put_each_once(self, kind: str, docs: Sequence[Json]) -> None:
        """All or none, with one flush to disk; those that are there stay as they are."""
        self._insert(PUT_ONCE, [(kind, doc["id"], dumps(doc)) for doc in docs])

    def change(self, kind: str, id: str, before: Json, after: Json) -> bool:
        """Compares the text as it was written: `before` must be what `get` returned."""
        sql = "UPDATE keep SET doc = ? WHERE kind = ? AND id = ? AND doc = ?"
        with self._connections.transaction(self._connections.durable) as connection:
            done = connection.execute(sql, (dumps(after), kind, id, dumps(before)))
            return done.rowcount > 0

    def get(self, kind: str, id: str) -> Json | None:
        """None when there is none."""
        return next(
            iter(
                self._docs("SELECT doc FROM keep WHERE kind = ? AND id = ?", kind, id)
            ),
            None,
        )

    def all(self, kind: str) -> list[Json]:
        """All at once in memory: the kinds it is asked for are small."""
        return self._docs("SELECT doc FROM keep WHERE kind = ? ORDER BY id", kind)

    def of(self, kind: str, subject: str) -> list[Json]:
        """By an index for the kinds `OWNED`."""
        return self._docs(THEIRS, kind, subject)

    def drop(self, kind: str, *ids: str) -> None:
        """Empties the write-ahead log besides, where they would still be read. Raises `Unavailable` when it cannot."""
        if not ids:
            return
        with self._connections.transaction(self._connections.durable) as connection:
            sql = "DELETE FROM keep WHERE kind = ? AND id = ?"
            connection.executemany(sql, [(kind, id) for id in ids])
        self._connections.forget()

    def _insert(self, sql: str, rows: Sequence[tuple[str, str, Any]]) -> None:
        with self._connections.transaction(self._connections.durable) as connection:
            connection.executemany(sql, rows)

    def _docs(self, sql: str, *values: str) -> list[Json]:
        with self._connections.reading() as connection:
            return [orjson.loads(row[0]) for row in connection.execute(sql, values)]
