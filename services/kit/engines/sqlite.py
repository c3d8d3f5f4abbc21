"""The store on SQLite: one file per service, WAL.

The log's connection is `synchronous=FULL`: an appended event is on the disk before anyone hears of it. The
views' connection is `NORMAL`: after a power cut they may be older than the log, never inconsistent, and the
log brings them up again.

A file that cannot be used is no defect: whoever asks is told so in a sentence that names it, and may ask again later.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from schemas.documents import Json
from services.kit.engines.generations import Generations
from services.kit.errors import StoreFull, Unavailable
from services.kit.lists.search import grams_asked, grams_of, has_words
from services.kit.log import NOTHING, Answered, Event, Types
from services.kit.private import private_file, private_folder
from services.kit.telemetry import Seldom
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

BUSY_S = 2.0
RETRY_S = 0.002
MANY = 1_000
BEYOND = chr(0x10FFFF)  # Every id is less.
WAL_MUCH, WAL_MOST = (
    64 * 2**20,
    512 * 2**20,
)  # Bytes after which it is emptied, after which nothing more is written.
WAL_EMPTYING_S, WAL_AGAIN_S = 0.1, 1.0

log = logging.getLogger(__name__)

SUBJECT = "coalesce(json_extract(doc, '$.of'), json_extract(doc, '$.by'))"
HAS_SUBJECT = f"{SUBJECT} IS NOT NULL"  # Said by a query as well, or the index is of no use to it.
TABLES = (
    """CREATE TABLE IF NOT EXISTS log (
        seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL,
        key TEXT NOT NULL UNIQUE, event TEXT NOT NULL, UNIQUE (stream, version))""",
    "CREATE TABLE IF NOT EXISTS answers (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS log_by_type ON log (json_extract(event, '$.type'), seq)",
    """CREATE TABLE IF NOT EXISTS cursors (
        generation INTEGER NOT NULL, source TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (generation, source))""",
    # Beside the cursors, whose rows versions before write whole. A mark is of its own position alone.
    """CREATE TABLE IF NOT EXISTS marks (
        generation INTEGER NOT NULL, source TEXT NOT NULL, position INTEGER NOT NULL,
        event TEXT NOT NULL, types TEXT NOT NULL, PRIMARY KEY (generation, source))""",
    "CREATE TABLE IF NOT EXISTS generations (serving INTEGER NOT NULL, rebuilding INTEGER)",
    "INSERT INTO generations SELECT 1, NULL WHERE NOT EXISTS (SELECT 1 FROM generations)",
    """CREATE TABLE IF NOT EXISTS keep (
        kind TEXT NOT NULL, id TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (kind, id))""",
    f"CREATE INDEX IF NOT EXISTS keep_by_subject ON keep (kind, {SUBJECT}, id) WHERE {HAS_SUBJECT}",
)


def is_there(url: str, service: str) -> bool:
    return _file(url, service).is_file()


def _file(url: str, service: str) -> Path:
    return Path(url.removeprefix("sqlite:")) / f"{service}.sqlite"


def open_store(
    url: str, service: str, collections: Sequence[Collection]
) -> "SQLiteStore":
    path = _file(url, service)
    try:
        _keep_to_ourselves(path)
    except OSError as error:
        raise Unavailable(f"打不开数据文件 {path.name}，请稍后重试") from error
    return SQLiteStore(path, collections)


def _keep_to_ourselves(path: Path) -> None:
    private_folder(path.parent)
    private_file(path)  # What SQLite makes beside it has the same mode.
    for beside in path.parent.glob(f"{path.name}-*"):
        private_file(beside)


def dumps(doc: Json) -> str:
    return orjson.dumps(doc).decode()


DAMAGED = "数据文件 {} 已损坏或者不是数据库，请系统管理员从备份恢复"
SENTENCES = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_BUSY: "数据文件 {} 正被占用，请稍后重试",
    sqlite3.SQLITE_CANTOPEN: "打不开数据文件 {}，请稍后重试",
    sqlite3.SQLITE_READONLY: "数据文件 {} 不能写入，请稍后重试",
}


class Connections:
    """The file's connections: one that appends, one that folds, and as many readers as are reading.

    All raise `Unavailable` while the file cannot be used, is no longer there, or is another by now.
    """

    def __init__(self, path: Path):
        self._path, self._wal = path, path.with_name(f"{path.name}-wal")
        self._idle: list[sqlite3.Connection] = []
        self._seldom = Seldom(log)
        self._emptied_at = float("-inf")
        self.writing = threading.RLock()
        self._file = _identity(path)
        with self.asking():
            self.durable = self._open("FULL")
            self.derived = self._open("NORMAL")
        for connection in (self.durable, self.derived):
            connection.execute(
                "PRAGMA busy_timeout=0"
            )  # `_when_free` waits, and lets others run meanwhile.

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Makes what SQLite raises what the port promises, and what is raised by a row that holds no document.

        What is taken already is for the caller to see, and so is a defect.
        """
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except (sqlite3.DatabaseError, orjson.JSONDecodeError) as error:
            raise self.unavailable(error) from error

    def unavailable(self, error: Exception) -> Unavailable:
        """What the caller is told when SQLite, or what it gave, cannot be used now."""
        self._seldom.say("cannot use the store", {"file": str(self._path)}, error)
        code = (
            getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        )  # The rest of it tells details.
        if code == sqlite3.SQLITE_FULL:
            return StoreFull("存储空间已满，未保存任何内容，请稍后重试")
        return Unavailable(
            SENTENCES.get(code, "数据文件 {} 暂时不可用，请稍后重试").format(
                self._path.name
            )
        )

    def must_be_there(self) -> None:
        """SQLite would go on writing to a file that has been deleted, and make a new one for who opens it next."""
        if _identity(self._path) != self._file:
            error = FileNotFoundError(f"{self._path} is gone or replaced")
            self._seldom.say(
                "the file of the store is another", {"file": str(self._path)}, error
            )
            raise Unavailable(
                f"数据文件 {self._path.name} 不见了或被换过，请系统管理员放回原来的文件并重新启动"
            )

    def _open(self, synchronous: str) -> sqlite3.Connection:
        self.must_be_there()
        connection = sqlite3.connect(
            self._path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        try:
            _when_free(
                connection, "PRAGMA journal_mode=WAL"
            )  # SQLite itself does not wait here.
            connection.execute(f"PRAGMA synchronous={synchronous}")
            connection.execute(
                "PRAGMA secure_delete=ON"
            )  # Else what is deleted stays until it is overwritten.
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self.asking():
            connection = self._reader()
            yield connection
        self._idle.append(connection)

    def row(self, sql: str, *values: str | int) -> tuple[Any, ...] | None:
        """The first row. Nothing is asked more often than this: it makes do without a context manager."""
        try:
            connection = self._reader()
            row: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise self.unavailable(error) from error
        self._idle.append(connection)
        return row

    def _reader(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open("NORMAL")

    @contextmanager
    def transaction(
        self, connection: sqlite3.Connection
    ) -> Iterator[sqlite3.Connection]:
        """Commits when the block ends, rolls back when it raises. One writer at a time in this process."""
        if not self.writing.acquire(timeout=BUSY_S):
            raise Unavailable("存储正忙，请稍后重试")
        try:
            with self.asking():
                self.must_be_there()
                self._keep_log_short()
                _when_free(connection, "BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self.writing.release()

    def _keep_log_short(self) -> None:
        """The write-ahead log is emptied when it is long. While somebody reads for long it cannot be, and grows; before
        it fills the disk nothing more is written. Raises `StoreFull`.
        """
        if _size(self._wal) < WAL_MUCH:
            return
        now = time.monotonic()
        if now - self._emptied_at > WAL_AGAIN_S:
            self._emptied_at = now
            while self._emptied() != 0 and time.monotonic() < now + WAL_EMPTYING_S:
                time.sleep(RETRY_S)
        if (size := _size(self._wal)) >= WAL_MOST:
            error = OSError(
                f"{self._wal} has {size} bytes: somebody has been reading {self._path} for long"
            )
            self._seldom.say("writes no more", {"file": str(self._wal)}, error)
            raise StoreFull(
                f"有程序一直占用数据文件 {self._path.name}，日志过长，未保存任何内容，请联系系统管理员"
            )

    def forget(self) -> None:
        """Empties the write-ahead log, which has what was deleted still in it. Goes on trying while others read."""
        end = time.monotonic() + BUSY_S
        while self._emptied() != 0:
            if time.monotonic() > end:
                raise Unavailable("存储正忙，请稍后重试")
            time.sleep(RETRY_S)

    def _emptied(self) -> int:
        """0 when it was."""
        with self.writing, self.asking():
            return int(
                self.durable.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            )

    def close(self) -> None:
        for connection in [self.durable, self.derived, *self._idle]:
            connection.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _when_free(connection: sqlite3.Connection, sql: str) -> None:
    """Executes as soon as other processes let go of the file. Raises `OperationalError` when they do not."""
    end = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute(sql)
            return
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
                or time.monotonic() > end
            ):
                raise
        time.sleep(RETRY_S)


class SQLiteLog:
    def __init__(self, connections: Connections):
        self._connections = connections

    def append(self, events: Sequence[Event], answers: Answered = NOTHING) -> int:
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
        return int(self._one("SELECT coalesce(max(seq), 0) FROM log"))

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        if not types:
            return self._events(
                "SELECT event FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, limit
            )
        wanted = f"json_extract(event, '$.type') IN ({', '.join('?' * len(types))})"
        sql = f"SELECT event FROM log WHERE seq > ? AND {wanted} ORDER BY seq LIMIT ?"
        return self._events(sql, after, *types, limit)

    def read_stream(self, stream: str, upto: int) -> list[Event]:
        sql = "SELECT event FROM log WHERE stream = ? AND version <= ? ORDER BY version"
        return self._events(sql, stream, upto)

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        sql = "SELECT seq, json_extract(event, '$.id') FROM log WHERE seq IN (SELECT value FROM json_each(?))"
        with self._connections.reading() as connection:
            return dict(
                connection.execute(sql, (orjson.dumps(seqs).decode(),)).fetchall()
            )

    def version(self, stream: str) -> int:
        return int(
            self._one(
                "SELECT coalesce(max(version), 0) FROM log WHERE stream = ?", stream
            )
        )

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        sql = "SELECT event FROM log WHERE key IN (SELECT value FROM json_each(?))"
        return {
            event.key: event for event in self._events(sql, orjson.dumps(keys).decode())
        }

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        sql = (
            "SELECT seq, doc FROM answers WHERE seq IN (SELECT value FROM json_each(?))"
        )
        with self._connections.reading() as connection:
            rows = connection.execute(sql, (orjson.dumps(seqs).decode(),)).fetchall()
        return {seq: orjson.loads(doc) for seq, doc in rows}

    def keep_answer(self, seq: int, answer: Json) -> None:
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
        sql = f"SELECT doc FROM {self._table(collection)} WHERE id = ?"
        row = self._connections.row(sql, id)
        try:
            return orjson.loads(row[0]) if row else None
        except orjson.JSONDecodeError as error:
            raise self._connections.unavailable(error) from error

    def find(self, query: Find) -> list[Json]:
        where, values = self._where(query)
        order = "DESC" if query.newest_first else "ASC"
        sql = (
            f"SELECT doc FROM {self._table(query.collection)} WHERE {where} "
            f"ORDER BY {_field(query.by)} {order}, id {order} LIMIT ?"
        )
        with self._connections.reading() as connection:
            return [
                orjson.loads(row[0])
                for row in connection.execute(sql, (*values, query.limit))
            ]

    def count(self, query: Find) -> int:
        where, values = self._where(query)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self._table(query.collection)} WHERE {where} LIMIT ?)"
        with self._connections.reading() as connection:
            return int(connection.execute(sql, (*values, query.limit)).fetchone()[0])

    def search(self, query: Search) -> list[Json]:
        collection = searched(self._collections, query.collection)
        grams = grams_asked(query.words)
        found: list[Json] = []
        while len(found) < query.limit and (batch := self._having(grams, query)):
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
        return self._generations.serving()

    def cursor(self, source: str) -> int:
        return self.begin(source).position

    def begin(self, source: str) -> Begun:
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
        source, generation = begun.source, begun.generation
        with self._connections.transaction(self._connections.derived) as connection:
            if (
                self._generations.look() != generation
                or _cursor(connection, generation, source)[0] != begun.position
            ):
                return False
            for collection, rows in _by_collection(docs).items():
                table = f"g{generation}_{self._collections[collection].name}"
                if self._collections[collection].searched:
                    self._index_words(
                        connection, table, self._collections[collection], rows
                    )
                connection.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows
                )
            row = (generation, source, position)
            connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?, ?)", row)
            connection.execute(
                "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, ?)",
                (*row, mark.event, mark.types),
            )
        return True

    def _index_words(
        self,
        connection: sqlite3.Connection,
        table: str,
        collection: Collection,
        rows: list[tuple[str, str]],
    ) -> None:
        """What changed of the words of these documents, before they are written."""
        for id, doc in rows:
            row = connection.execute(
                f"SELECT doc FROM {table} WHERE id = ?", (id,)
            ).fetchone()
            before = grams_of(collection, orjson.loads(row[0])) if row else frozenset()
            now = grams_of(collection, orjson.loads(doc))
            gone, new = (
                [(gram, id) for gram in before - now],
                [(gram, id) for gram in now - before],
            )
            connection.executemany(
                f"DELETE FROM {table}_grams WHERE gram = ? AND id = ?", gone
            )
            connection.executemany(
                f"INSERT OR IGNORE INTO {table}_grams VALUES (?, ?)", new
            )

    def _table(self, collection: str) -> str:
        return f"g{self._generations.serving()}_{self._collections[collection].name}"

    def _where(self, query: Find) -> tuple[str, list[str | int]]:
        index = query.index_in(self._collections)
        by = _field(query.by)
        terms = [_all_there(index), *(f"{_field(name)} = ?" for name in index[:-1])]
        values = [query.where[name] for name in index[:-1]]
        if query.since is not None:
            terms.append(f"{by} >= ?")
            values.append(query.since)
        if query.until is not None:
            terms.append(f"{by} < ?")
            values.append(query.until)
        if query.after is not None:
            terms.append(f"({by}, id) {'<' if query.newest_first else '>'} (?, ?)")
            values.extend(query.after)
        return " AND ".join(terms), values

    def _make_tables(self, generation: int) -> None:
        with self._connections.transaction(self._connections.durable) as connection:
            for collection in self._collections.values():
                table = f"g{generation}_{collection.name}"
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID"
                )
                if collection.searched:
                    words = "(gram TEXT, id TEXT, PRIMARY KEY (gram, id)) WITHOUT ROWID"
                    connection.execute(
                        f"CREATE TABLE IF NOT EXISTS {table}_grams {words}"
                    )
                for index in collection.indexes:
                    if index == ("id",):
                        continue  # The table itself is in that order.
                    fields = ", ".join(map(_field, index))
                    name = f"{table}_by_{'_'.join(index)}"
                    connection.execute(
                        f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({fields}, id) WHERE {_all_there(index)}"
                    )


def _few(connection: sqlite3.Connection, table: str, gram: str) -> int:
    """How many documents have it, counted no further than it matters."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table}_grams WHERE gram = ? LIMIT {MANY})"
    return int(connection.execute(sql, (gram,)).fetchone()[0])


def _by_collection(docs: Mapping[Key, Json]) -> dict[str, list[tuple[str, str]]]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for (collection, id), doc in docs.items():
        rows.setdefault(collection, []).append((id, dumps(doc)))
    return rows


def _all_there(index: tuple[str, ...]) -> str:
    """Only documents with all its fields are in an index. SQLite uses it for a query that says just that."""
    return " AND ".join(f"{_field(name)} IS NOT NULL" for name in index)


def _field(name: str) -> str:
    return "id" if name == "id" else f"json_extract(doc, '$.{name}')"


def _cursor(
    connection: sqlite3.Connection, generation: int, source: str
) -> tuple[int, Mark]:
    sql = (
        "SELECT position, coalesce(event, ''), coalesce(types, '') FROM cursors "
        "LEFT JOIN marks USING (generation, source, position) WHERE generation = ? AND source = ?"
    )
    position, *mark = connection.execute(sql, (generation, source)).fetchone() or (0,)
    return int(position), Mark(*mark)


class SQLiteKeep:
    def __init__(self, connections: Connections):
        self._connections = connections

    def put(self, kind: str, id: str, doc: Json) -> None:
        with self._connections.transaction(self._connections.durable) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO keep VALUES (?, ?, ?)", (kind, id, dumps(doc))
            )

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        with self._connections.transaction(self._connections.durable) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO keep VALUES (?, ?, ?)", (kind, id, dumps(doc))
            )
        return self.get(kind, id) or doc

    def get(self, kind: str, id: str) -> Json | None:
        return next(
            iter(
                self._docs("SELECT doc FROM keep WHERE kind = ? AND id = ?", kind, id)
            ),
            None,
        )

    def all(self, kind: str) -> list[Json]:
        return self._docs("SELECT doc FROM keep WHERE kind = ? ORDER BY id", kind)

    def of(self, kind: str, subject: str) -> list[Json]:
        theirs = f"kind = ? AND {SUBJECT} = ? AND {HAS_SUBJECT}"
        return self._docs(
            f"SELECT doc FROM keep WHERE {theirs} ORDER BY id", kind, subject
        )

    def drop(self, kind: str, *ids: str) -> None:
        if not ids:
            return
        with self._connections.transaction(self._connections.durable) as connection:
            sql = "DELETE FROM keep WHERE kind = ? AND id = ?"
            connection.executemany(sql, [(kind, id) for id in ids])
        self._connections.forget()

    def _docs(self, sql: str, *values: str) -> list[Json]:
        with self._connections.reading() as connection:
            return [orjson.loads(row[0]) for row in connection.execute(sql, values)]


class SQLiteStore:
    def __init__(self, path: Path, collections: Sequence[Collection]):
        self._connections = Connections(path)
        with self._connections.transaction(self._connections.durable) as connection:
            for statement in TABLES:
                connection.execute(statement)
        self._collections = collections
        self.log = SQLiteLog(self._connections)
        self.views = SQLiteViews(
            self._connections, collections, Generations(self._serving)
        )
        self.keep = SQLiteKeep(self._connections)

    def rebuilding(self) -> SQLiteViews:
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
        sql = "UPDATE generations SET serving = rebuilding, rebuilding = NULL WHERE rebuilding IS NOT NULL"
        with self._connections.transaction(self._connections.durable) as connection:
            connection.execute(sql)

    def ping(self) -> None:
        self._connections.must_be_there()
        self.log.head()

    def close(self) -> None:
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
