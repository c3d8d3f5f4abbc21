"""A service's file."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from services.kit.engines.generations import Generations
from services.kit.engines.sqlite.connections import Connections
from services.kit.engines.sqlite.keep import SQLiteKeep
from services.kit.engines.sqlite.log import SQLiteLog
from services.kit.engines.sqlite.rows import TABLES
from services.kit.engines.sqlite.views import SQLiteViews
from services.kit.errors import Unavailable
from services.kit.views import (
    Collection,
)


class SQLiteStore:
    def __init__(self, path: Path, collections: Sequence[Collection]):
        self._connections = Connections(path)
        with self._connections.transaction(self._connections.durable) as connection:
            for statement in TABLES:
                connection.execute(statement)
            _must_be_of(path, connection)
        self._collections = collections
        self.log = SQLiteLog(self._connections)
        self.views = SQLiteViews(
            self._connections, collections, Generations(self._serving)
        )
        self.keep = SQLiteKeep(self._connections)

    def rebuilding(self) -> SQLiteViews:
        """Of processes that begin one at once, the first makes the generation and the others go on with it."""
        with self._connections.transaction(self._connections.durable) as connection:
            serving, rebuilding = connection.execute(
                "SELECT serving, rebuilding FROM generations"
            ).fetchone()
            if rebuilding is None:
                rebuilding = serving + 1
                connection.execute(
                    "UPDATE generations SET rebuilding = ?", (rebuilding,)
                )
                self._drop_all_but(connection, serving)
        return SQLiteViews(
            self._connections, self._collections, Generations(lambda: rebuilding)
        )

    def swap(self) -> None:
        """Does nothing when another process has swapped. The tables of before go with the next rebuild."""
        sql = "UPDATE generations SET serving = rebuilding, rebuilding = NULL WHERE rebuilding IS NOT NULL"
        with self._connections.transaction(self._connections.durable) as connection:
            connection.execute(sql)

    def ping(self) -> None:
        """Raises `Unavailable` also when the file is another than was opened, or gone."""
        self._connections.must_be_there()
        self.log.head()

    def close(self) -> None:
        """Ends the connections of this process; others keep theirs."""
        self._connections.close()

    def _serving(self) -> int:
        with self._connections.reading() as connection:
            known = connection.execute(
                "SELECT serving FROM generations WHERE serving > 0"
            ).fetchone()
            if known is None:
                raise sqlite3.DatabaseError("there is no generation")
            return int(known[0])

    def _drop_all_but(self, connection: sqlite3.Connection, serving: int) -> None:
        for table in ("cursors", "marks"):
            connection.execute(f"DELETE FROM {table} WHERE generation != ?", (serving,))
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'g[0-9]*_*'"
        )
        for (table,) in tables.fetchall():
            if not table.startswith(f"g{serving}_"):
                connection.execute(f"DROP TABLE {table}")


def _must_be_of(path: Path, connection: sqlite3.Connection) -> None:
    """A file says whose it is: put in the place of another's it would take that one's events among its own."""
    service = path.stem
    sql = "INSERT INTO whose SELECT ? WHERE NOT EXISTS (SELECT 1 FROM whose)"
    connection.execute(sql, (service,))
    (whose,) = connection.execute("SELECT service FROM whose").fetchone()
    if whose != service:
        says = (
            f"数据文件 {path.name} 是 {whose} 的，不是 {service} 的，请放回原来的文件"
        )
        raise Unavailable(says)
