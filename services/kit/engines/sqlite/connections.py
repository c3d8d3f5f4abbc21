"""The connections to a service's file, and what is said when it cannot be used."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from services.kit.errors import StoreFull, Unavailable
from services.kit.telemetry import Seldom

BUSY_S = 2.0
RETRY_S = 0.002
WAL_MUCH, WAL_MOST = (
    64 * 2**20,
    512 * 2**20,
)  # Bytes after which it is emptied, after which nothing more is written.


WAL_EMPTYING_S, WAL_AGAIN_S = 0.1, 1.0


log = logging.getLogger(__name__)


# Where a file is damaged, SQLite's own words about it may be none that can be read.
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
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
        self._path = path
        self._wal = path.with_name(f"{path.name}-wal")
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
        except (*BROKEN, orjson.JSONDecodeError) as error:
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
        except BROKEN:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading, nobody else's meanwhile; not used again after an error. Raises `Unavailable`."""
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
        except BROKEN as error:
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
        """Those that write and those that are idle; one that somebody reads by stays open."""
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
