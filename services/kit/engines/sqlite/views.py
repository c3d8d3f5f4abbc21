"""The documents in a file, a table for each collection and generation."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import orjson

from schemas.documents import Json
from services.kit.cursors import UNMARKED, Begun, Mark
from services.kit.engines.declared import by_name, searched
from services.kit.engines.generations import Generations
from services.kit.engines.sqlite.connections import Connections
from services.kit.engines.sqlite.rows import all_there, dumps, field
from services.kit.lists.search import grams_asked, grams_of, has_words
from services.kit.store import Views
from services.kit.views import Collection, Find, Key, Search

MANY = 1_000
BEYOND = chr(0x10FFFF)  # Every id is less.


class SQLiteViews(Views):
    """The documents of the generation that `generations` says is served."""

    def __init__(
        self,
        connections: Connections,
        collections: Sequence[Collection],
        generations: Generations,
    ):
        self._connections = connections
        self._collections = by_name(collections)
        self._generations = generations
        self._make_tables(generations.look())

    def get(self, collection: str, id: str) -> Json | None:
        """Raises `Unavailable` where the file holds something that is no document."""
        sql = f"SELECT doc FROM {self._table(collection)} WHERE id = ?"
        row = self._connections.row(sql, id)
        try:
            return orjson.loads(row[0]) if row else None
        except orjson.JSONDecodeError as error:
            raise self._connections.unavailable(error) from error

    def find(self, query: Find) -> list[Json]:
        """By the declared index alone; documents without one of its fields are not in it."""
        where, values = self._where(query)
        order = "DESC" if query.newest_first else "ASC"
        sql = (
            f"SELECT doc FROM {self._table(query.collection)} WHERE {where} "
            f"ORDER BY {field(query.by)} {order}, id {order} LIMIT ?"
        )
        with self._connections.reading() as connection:
            return [
                orjson.loads(row[0])
                for row in connection.execute(sql, (*values, query.limit))
            ]

    def count(self, query: Find) -> int:
        """Stops counting at the limit."""
        where, values = self._where(query)
        table = self._table(query.collection)
        some = f"SELECT 1 FROM {table} WHERE {where} LIMIT ?"
        sql = f"SELECT count(*) FROM ({some})"
        with self._connections.reading() as connection:
            (count,) = connection.execute(sql, (*values, query.limit)).fetchone()
            return int(count)

    def search(self, query: Search) -> list[Json]:
        """By the rarest gram, a batch at a time: who has all the grams may still not have the words."""
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
        """Looked for by the rarest of the grams, whose documents are asked for the others."""
        table = self._table(query.collection)
        with self._connections.reading() as connection:
            rarest, *others = sorted(
                grams, key=lambda gram: _few(connection, table, gram)
            )
            beside = "".join(
                f" AND EXISTS (SELECT 1 FROM {table}_grams o WHERE o.gram = ? AND o.id = g.id)"
                for _ in others
            )
            sql = (
                f"SELECT doc FROM {table}_grams g JOIN {table} d ON d.id = g.id "
                f"WHERE g.gram = ? AND g.id < ?{beside} ORDER BY g.id DESC LIMIT ?"
            )
            rows = connection.execute(
                sql, (rarest, query.after or BEYOND, *others, query.limit)
            )
            return [orjson.loads(row[0]) for row in rows]

    @property
    def generation(self) -> int:
        """As this process knew it a moment ago: it may ask the store."""
        return self._generations.serving()

    def cursor(self, source: str) -> int:
        """The position of the generation that is served."""
        return self.begin(source).position

    def begin(self, source: str) -> Begun:
        """Reads generation and cursor one after the other: `commit` looks at both again."""
        generation = self._generations.serving()
        with self._connections.reading() as connection:
            return Begun(source, generation, *_cursor(connection, generation, source))

    def commit(
        self,
        begun: Begun,
        position: int,
        docs: Mapping[Key, Json],
        mark: Mark = UNMARKED,
    ) -> bool:
        """One transaction. After a power cut it may be gone as a whole; the log brings it up again."""
        source, generation = begun.source, begun.generation
        with self._connections.transaction(self._connections.derived) as connection:
            if (
                self._generations.look() != generation
                or _cursor(connection, generation, source)[0] != begun.position
            ):
                return False
            for name, rows in _by_collection(docs).items():
                self._write(connection, generation, self._collections[name], rows)
            row = (generation, source, position)
            connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)", row)
            connection.execute(
                "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)",
                (*row, mark.event, mark.types),
            )
        return True

    def _write(
        self,
        connection: sqlite3.Connection,
        generation: int,
        collection: Collection,
        rows: list[tuple[str, str]],
    ) -> None:
        table = f"g{generation}_{collection.name}"
        if collection.searched:
            self._index_words(connection, table, collection, rows)
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)

    def _index_words(
        self,
        connection: sqlite3.Connection,
        table: str,
        collection: Collection,
        rows: list[tuple[str, str]],
    ) -> None:
        """What changed of the words of these documents, before they are written."""
        for id, doc in rows:
            there = f"SELECT doc FROM {table} WHERE id = ?"
            row = connection.execute(there, (id,)).fetchone()
            before = grams_of(collection, orjson.loads(row[0])) if row else frozenset()
            now = grams_of(collection, orjson.loads(doc))
            gone = [(gram, id) for gram in before - now]
            new = [(gram, id) for gram in now - before]
            delete = f"DELETE FROM {table}_grams WHERE gram = ? AND id = ?"
            connection.executemany(delete, gone)
            insert = f"INSERT OR IGNORE INTO {table}_grams VALUES (?, ?)"
            connection.executemany(insert, new)

    def _table(self, collection: str) -> str:
        return f"g{self._generations.serving()}_{self._collections[collection].name}"

    def _where(self, query: Find) -> tuple[str, list[str | int]]:
        index = query.index_in(self._collections)
        names = index[:-1]
        by = field(query.by)
        terms = [all_there(index), *(f"{field(name)} = ?" for name in names)]
        values = [query.where[name] for name in names]
        if query.since is not None:
            terms.append(f"{by} >= ?")
            values.append(query.since)
        if query.until is not None:
            terms.append(f"{by} < ?")
            values.append(query.until)
        if query.after is not None:
            follows = "<" if query.newest_first else ">"
            terms.append(f"({by}, id) {follows} (?, ?)")
            values.extend(query.after)
        return " AND ".join(terms), values

    def _make_tables(self, generation: int) -> None:
        with self._connections.transaction(self._connections.durable) as connection:
            for collection in self._collections.values():
                for statement in _making(
                    collection, f"g{generation}_{collection.name}"
                ):
                    connection.execute(statement)


def _making(collection: Collection, table: str) -> Iterator[str]:
    """The statements that make its table and indexes where they are not there yet."""
    columns = "(id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID"
    yield f"CREATE TABLE IF NOT EXISTS {table} {columns}"
    if collection.searched:
        words = "(gram TEXT, id TEXT, PRIMARY KEY (gram, id)) WITHOUT ROWID"
        yield f"CREATE TABLE IF NOT EXISTS {table}_grams {words}"
    for index in collection.indexes:
        if index != ("id",):  # The table itself is in that order.
            name = f"{table}_by_{'_'.join(index)}"
            fields = f"({', '.join(map(field, index))}, id)"
            there = all_there(index)
            yield f"CREATE INDEX IF NOT EXISTS {name} ON {table} {fields} WHERE {there}"


def _few(connection: sqlite3.Connection, table: str, gram: str) -> int:
    """How many documents have it, counted no further than it matters."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table}_grams WHERE gram = ? LIMIT {MANY})"
    return int(connection.execute(sql, (gram,)).fetchone()[0])


def _by_collection(docs: Mapping[Key, Json]) -> dict[str, list[tuple[str, str]]]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for (collection, id), doc in docs.items():
        rows.setdefault(collection, []).append((id, dumps(doc)))
    return rows


def _cursor(
    connection: sqlite3.Connection, generation: int, source: str
) -> tuple[int, Mark]:
    sql = (
        "SELECT position, coalesce(event, ''), coalesce(types, '') FROM cursors "
        "LEFT JOIN marks USING (generation, source, position) WHERE generation = ? AND source = ?"
    )
    position, *mark = connection.execute(sql, (generation, source)).fetchone() or (0,)
    return int(position), Mark(*mark)
