"""A file of SQLite that cannot be used is said by its name; nothing ends, and it goes on once the file can be used."""

import logging
import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from services.kit.engines.sqlite import connections as engine
from services.kit.errors import StoreFull, Unavailable
from services.kit.store import Store, open_store
from services.kit.views import Find
from tests.contract.engines import event, sqlite

FILE = "service.sqlite"
PAGE = 4096


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = sqlite(tmp_path)()
    yield store
    store.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_S", 0.05)


@pytest.mark.parametrize(
    "content",
    [b"this is no database" * 99, b"\0" * PAGE, b"SQLite format 3\0" + b"\xff" * PAGE],
    ids=["text", "nil", "half"],
)
def test_a_file_that_is_no_database_is_said_by_its_name(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(Unavailable, match=r"service\.sqlite 已损坏或者不是数据库"):
        sqlite(tmp_path)()
    assert (tmp_path / FILE).read_bytes() == content


def test_a_file_whose_names_are_damaged_is_said_by_its_own(tmp_path: Path) -> None:
    """What SQLite says of them is no text then."""
    sqlite(tmp_path)().close()
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole.replace(b"CREATE TABLE", b"CREATE \xaaABLE"))
    with pytest.raises(Unavailable, match=r"service\.sqlite 已损坏或者不是数据库"):
        sqlite(tmp_path)()


def test_a_folder_in_place_of_the_file_is_said_by_its_name(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(Unavailable, match=r"打不开数据文件 service\.sqlite"):
        sqlite(tmp_path)()


def test_a_file_of_another_service_is_said_to_be_that_ones(tmp_path: Path) -> None:
    """What was exchanged is found, and taken again in its place."""
    url = f"sqlite:{tmp_path}"
    store = sqlite(tmp_path)()
    store.log.append([event(1)])
    store.close()
    (tmp_path / FILE).rename(tmp_path / "other.sqlite")
    for _ in range(2):
        with pytest.raises(
            Unavailable, match=r"other\.sqlite 是 service 的，不是 other 的"
        ):
            open_store(url, "other", ())
    (tmp_path / "other.sqlite").rename(tmp_path / FILE)
    with closing(sqlite(tmp_path)()) as again:
        assert again.log.head() == 1


@pytest.mark.usefixtures("quick")
def test_a_file_that_another_program_keeps_locked_is_said_by_its_name(
    tmp_path: Path, store: Store
) -> None:
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unavailable, match=r"service\.sqlite 正被占用"):
            sqlite(tmp_path)()
        with pytest.raises(Unavailable, match=r"service\.sqlite 正被占用"):
            store.log.append([event(1)])
        holder.execute("ROLLBACK")
    assert store.log.append([event(1)]) == 1
    sqlite(tmp_path)().close()


@pytest.mark.parametrize("seed", range(12))
def test_wherever_a_file_is_damaged_what_is_asked_is_answered_or_unavailable(
    tmp_path: Path, seed: int
) -> None:
    """Whole pages of it overwritten: never another error, so never the end of a thread."""
    store, luck = sqlite(tmp_path)(), random.Random(seed)
    store.log.append([event(seq, words="长" * 99) for seq in range(1, 200)])
    for number in range(100):
        id = f"t{number}"
        thing = {"id": id, "kind": "x", "rank": number, "seq": 1, "words": "长" * 99}
        store.views.commit(
            store.views.begin("source"), number + 1, {("things", id): thing}
        )
    store.close()
    pages = bytearray((tmp_path / FILE).read_bytes())
    for _ in range(len(pages) // PAGE // 3):
        at = luck.randrange(len(pages) - PAGE)
        pages[at : at + PAGE] = (
            luck.randbytes(PAGE) if luck.random() < 0.5 else bytes(PAGE)
        )
    (tmp_path / FILE).write_bytes(pages)
    _ask_everything(tmp_path)


def _ask_everything(folder: Path) -> None:
    try:
        store = sqlite(folder)()
    except Unavailable:
        return
    asked = (
        lambda: store.log.read(0, 1000), lambda: store.log.read(0, 10, ["thing_happened.v1"]), store.log.head,
        lambda: store.log.by_keys(["k1"]), lambda: store.log.ids([7]), lambda: store.log.append([event(200)]),
        lambda: store.views.find(Find("things", {"kind": "x"}, "rank")), lambda: store.views.get("things", "t50"),
        lambda: store.views.begin("source"), lambda: store.keep.put("notes", "n", {}), store.ping,
        lambda: store.views.commit(store.views.begin("source"), 101, {("things", "t1"): {"id": "t1"}}),
    )  # fmt: skip
    for ask in asked:
        with suppress(Unavailable):
            ask()
    store.close()


def test_what_cannot_be_used_is_in_the_log_with_its_path(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 999)
    with caplog.at_level(logging.WARNING), pytest.raises(Unavailable):
        sqlite(tmp_path)()
    [record] = [
        record for record in caplog.records if record.message == "cannot use the store"
    ]
    assert vars(record)["about"]["file"] == str(tmp_path / FILE)


def test_the_write_ahead_log_is_emptied_when_it_is_long(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers that come and go all the time never let SQLite begin it anew by itself."""
    monkeypatch.setattr(engine, "WAL_MUCH", 2**20)
    monkeypatch.setattr(engine, "WAL_AGAIN_S", 0.0)
    over, longest = threading.Event(), 0

    def read() -> None:
        while not over.is_set():
            store.log.read(0, 50)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(400):
        store.keep.put("notes", f"n{number}", {"text": "长" * 9_000})
        longest = max(longest, (tmp_path / f"{FILE}-wal").stat().st_size)
    over.set()
    for reader in readers:
        reader.join()
    assert longest < 6 * 2**20


def _write_much(store: Store) -> None:
    for number in range(1000):
        store.keep.put("notes", f"n{number}", {"text": "长" * 9_000})


def test_who_reads_for_long_cannot_fill_the_disk(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAL_MUCH", 2**20)
    monkeypatch.setattr(engine, "WAL_MOST", 4 * 2**20)
    monkeypatch.setattr(engine, "WAL_EMPTYING_S", 0.0)
    store.log.append([event(1)])
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM log").fetchone()
        with pytest.raises(StoreFull, match=r"一直占用数据文件 service\.sqlite"):
            _write_much(store)
        assert (tmp_path / f"{FILE}-wal").stat().st_size < 5 * 2**20
        assert store.log.read(0, 10) == [event(1)]
    monkeypatch.setattr(engine, "WAL_AGAIN_S", 0.0)
    store.log.append([event(2)])
    assert (tmp_path / f"{FILE}-wal").stat().st_size < 2**20
