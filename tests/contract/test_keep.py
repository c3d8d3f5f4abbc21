"""One contract for both engines: what is kept beside the log, and can be dropped."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from hypothesis import strategies as st

from services.kit.engines.sqlite.keep import SQLiteKeep
from services.kit.engines.sqlite.rows import THEIRS
from services.kit.store import Store, open_store
from tests.contract.engines import TEXT, Open, sqlite

ranks = st.one_of(st.none(), st.integers(0, 4))

things = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(ranks, st.sampled_from("xy")), max_size=8
)


def test_the_keep_puts_lists_and_drops(store: Store) -> None:
    store.keep.put("notes", "b", {"id": "b"})
    store.keep.put("notes", "a", {"id": "a", "text": TEXT})
    store.keep.put("notes", "a", {"id": "a", "text": "again"})
    assert store.keep.all("notes") == [{"id": "a", "text": "again"}, {"id": "b"}]
    store.keep.drop("notes", "a")
    store.keep.drop("notes", "never")
    assert store.keep.get("notes", "a") is None
    assert store.keep.all("parked") == []


def test_the_keep_puts_many_at_once(store: Store) -> None:
    store.keep.put("notes", "a", {"id": "a"})
    said = [{"id": id, "text": TEXT} for id in ("a", "b")]
    store.keep.put_each_once("notes", said)
    assert store.keep.all("notes") == [{"id": "a"}, said[1]]
    store.keep.put_each("notes", said)
    assert store.keep.all("notes") == said
    store.keep.put_each("notes", [])
    assert store.keep.all("notes") == said


def test_the_keep_finds_what_is_a_subjects_by_an_index(store: Store) -> None:
    theirs = [{"id": "a", "by": "R1"}, {"id": "b", "by": "R2", "of": "R1"}]
    others = [{"id": "c", "by": "R1", "of": "R2"}, {"id": "d", "by": "R3"}]
    for doc in (*theirs, *others):
        store.keep.put("notes", doc["id"], doc)
    store.keep.put("parked", "a", {"id": "a"})
    assert store.keep.of("notes", "R1") == theirs
    assert [doc["id"] for doc in store.keep.of("notes", "R2")] == ["c"]
    store.keep.drop("notes", "a", "b")
    assert store.keep.of("notes", "R1") == []
    assert store.keep.all("notes") == others


def test_the_keep_changes_what_is_there_as_it_was_and_brings_nothing_back(
    store: Store,
) -> None:
    before, after = {"id": "a", "key": "k", "kid": "1"}, {"id": "a", "kid": "2"}
    store.keep.put("keys", "a", before)
    assert not store.keep.change("keys", "a", after, before)
    assert store.keep.change("keys", "a", before, after)
    assert not store.keep.change("keys", "a", before, after)
    assert store.keep.get("keys", "a") == after
    store.keep.drop("keys", "a")
    assert not store.keep.change("keys", "a", after, before)
    assert store.keep.get("keys", "a") is None


def test_what_is_put_once_is_the_same_in_every_process(opens: Open) -> None:
    stores = [opens() for _ in range(4)]
    with ThreadPoolExecutor(4) as processes:
        put = list(
            processes.map(
                lambda n: stores[n].keep.put_once(
                    "secrets", "log", {"id": "log", "n": n}
                ),
                range(4),
            )
        )
    assert put == [put[0]] * 4
    assert [store.keep.get("secrets", "log") for store in stores] == put
    for store in stores:
        store.close()


def test_what_is_dropped_is_in_no_file_any_more(tmp_path: Path) -> None:
    """SQLite alone: what MongoDB's files hold is MongoDB's."""
    store = sqlite(tmp_path)()
    for n in range(200):
        store.keep.put(
            "notes", f"n{n}", {"id": f"n{n}", "text": f"MY-WORDS-{n:03}" * 40}
        )
    store.keep.put("notes", "n7", {"id": "n7", "text": ""})
    for n in range(100, 200):
        store.keep.drop("notes", f"n{n}")
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.close()
    assert [
        n for n in (7, *range(100, 200)) if f"MY-WORDS-{n:03}".encode() in left
    ] == []
    assert b"MY-WORDS-099" in left


def test_whose_a_note_is_is_looked_up_by_its_index(tmp_path: Path) -> None:
    store = open_store(f"sqlite:{tmp_path}", "service", ())
    keep = cast(SQLiteKeep, store.keep)
    with keep._connections.reading() as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {THEIRS}", ("notes", "R1"))
        plan = " ".join(row[-1] for row in rows)
    assert "USING INDEX keep_by_subject (kind=? AND <expr>=?)" in plan
    assert "TEMP B-TREE" not in plan
    store.close()
