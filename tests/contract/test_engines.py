"""One contract for both engines: Log, Views and Keep."""

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.documents import Json
from services.kit.cursors import UNMARKED, Begun, Mark
from services.kit.engine.tables import collections_of
from services.kit.engines.mongo.store import MongoStore
from services.kit.engines.mongo.views import MongoViews
from services.kit.engines.sqlite.keep import SQLiteKeep
from services.kit.engines.sqlite.rows import THEIRS, field
from services.kit.engines.sqlite.views import SQLiteViews
from services.kit.errors import Unavailable
from services.kit.store import Store, is_there, open_store
from services.kit.views import Find, Overlay
from services.xfh import registry
from tests.clocks import wait_until
from tests.contract.engines import COLLECTIONS, Open, event, mongo, sqlite

TEXT = "名\x00字🎋" + "长" * 500


@pytest.fixture(params=["sqlite", "mongodb"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return (
        sqlite(tmp_path)
        if request.param == "sqlite"
        else mongo(request.getfixturevalue("mongodb"))
    )


@pytest.fixture
def store(opens: Open) -> Iterator[Store]:
    store = opens()
    yield store
    store.close()


def thing(id: str, rank: int | str, kind: str = "x", seq: int = 1) -> Json:
    return {"id": id, "kind": kind, "rank": rank, "seq": seq}


def put(store: Store, *docs: Json) -> None:
    begun = store.views.begin("source")
    changed = {("things", doc["id"]): doc for doc in docs}
    assert store.views.commit(begun, begun.position + 1, changed)


def test_what_is_appended_is_read_in_order(store: Store) -> None:
    events = [event(seq, words=TEXT, count=2**53) for seq in (1, 2, 3)]
    assert store.log.append(events) == 3
    assert store.log.read(0, 10) == events
    assert store.log.read(1, 1) == [events[1]]
    assert store.log.head() == 3


def test_an_empty_log_has_head_zero_and_no_events(store: Store) -> None:
    assert (
        store.log.head(),
        store.log.read(0, 10),
        store.log.version("a"),
        store.log.by_keys(["k"]),
    ) == (0, [], 0, {})
    assert store.log.append([]) == 0


@pytest.mark.parametrize(
    "late",
    [
        event(1, stream="b", version=1, key="new"),
        event(2, version=1, key="new"),
        event(2, stream="b", key="k1"),
    ],
    ids=["seq", "version", "key"],
)
def test_a_seq_a_version_and_a_key_are_taken_once(store: Store, late: Any) -> None:
    assert store.log.append([event(1)]) == 1
    assert store.log.append([late]) == 0
    assert store.log.read(0, 10) == [event(1)]


def test_what_is_durable_of_a_batch_is_a_prefix(store: Store) -> None:
    store.log.append([event(1, key="taken")])
    batch = [event(2), event(3, key="taken"), event(4)]
    written = store.log.append(batch)
    assert written in {0, 1}
    assert store.log.read(1, 10) == batch[:written]


def test_the_events_of_some_types_are_read_in_order(store: Store) -> None:
    types = ["a.v1", "b.v1", "a.v1", "c.v1", "b.v1", "a.v1"]
    store.log.append(
        [replace(event(seq), type=type) for seq, type in enumerate(types, 1)]
    )
    assert [e.seq for e in store.log.read(0, 10, ["a.v1"])] == [1, 3, 6]
    assert [e.seq for e in store.log.read(1, 10, ["a.v1", "b.v1"])] == [2, 3, 5, 6]
    assert [e.seq for e in store.log.read(1, 2, {"a.v1", "b.v1"})] == [2, 3]
    assert store.log.read(0, 10, ["d.v1"]) == []


def test_a_stream_and_keys_are_found_again(store: Store) -> None:
    store.log.append([event(1, "a", 1), event(2, "b", 1), event(3, "a", 2)])
    assert [e.seq for e in store.log.read_stream("a", 2)] == [1, 3]
    assert [e.seq for e in store.log.read_stream("a", 1)] == [1]
    assert [e.seq for e in store.log.read_stream("a", 2, after=1)] == [3]
    assert store.log.version("a") == 2
    assert {
        key: e.seq for key, e in store.log.by_keys(["k1", "k3", "none"]).items()
    } == {"k1": 1, "k3": 3}


def test_i2_writers_in_contention_leave_no_gap(opens: Open) -> None:
    def write(number: int) -> None:
        store = opens()
        for turn in range(10):
            while not store.log.append(
                [
                    event(
                        store.log.head() + 1, f"s{number}", turn + 1, f"{number}-{turn}"
                    )
                ]
            ):
                pass
        store.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = opens()
    assert [e.seq for e in store.log.read(0, 100)] == list(range(1, 41))
    store.close()


def test_everything_is_there_when_opened_again(opens: Open) -> None:
    first = opens()
    first.log.append([event(1)])
    put(first, thing("a", 1))
    first.keep.put("notes", "n1", {"text": TEXT})
    first.close()
    again = opens()
    assert again.log.head() == 1
    assert again.views.get("things", "a") == thing("a", 1)
    assert again.views.cursor("source") == 1
    assert again.keep.get("notes", "n1") == {"text": TEXT}
    again.close()


def test_documents_and_cursor_move_together_or_not_at_all(store: Store) -> None:
    begun = store.views.begin("source")
    put(store, thing("a", 1))
    assert not store.views.commit(begun, 2, {("things", "a"): thing("a", 9, seq=2)})
    assert store.views.get("things", "a") == thing("a", 1)
    assert store.views.cursor("source") == 1
    assert store.views.cursor("another") == 0


def test_the_ids_of_events_are_told_by_their_place(store: Store) -> None:
    store.log.append([event(1), event(2), event(3)])
    assert store.log.ids([1, 3, 4]) == {1: "E1", 3: "E3"}
    assert store.log.ids([]) == {}


def test_a_mark_stands_beside_its_cursor_in_every_process_and_after_a_swap(
    opens: Open, store: Store
) -> None:
    mark = Mark("E1", "types")
    assert store.views.commit(store.views.begin("source"), 1, {}, mark)
    assert store.views.commit(store.views.begin("other"), 1, {})
    following = store.rebuilding()
    assert following.begin("source").mark == UNMARKED
    following.commit(following.begin("source"), 3, {}, Mark("E3", "types"))
    again = opens()
    assert (again.views.begin("source").mark, again.views.begin("other").mark) == (
        mark,
        UNMARKED,
    )
    store.swap()
    again.close()
    again = opens()
    assert again.views.begin("source").mark == Mark("E3", "types")
    again.close()


def test_a_cursor_moved_by_a_version_that_knows_no_marks_has_none(
    store: Store, tmp_path: Path
) -> None:
    store.views.commit(store.views.begin("source"), 1, {}, Mark("E1", "types"))
    if isinstance(store, MongoStore):
        store._database["cursors"].update_one(
            {"_id": "g1:source"}, {"$set": {"position": 2}}
        )
    else:
        with sqlite3.connect(tmp_path / "service.sqlite") as older:
            older.execute("INSERT OR REPLACE INTO cursors VALUES (1, 'source', 2)")
        older.close()
    begun = store.views.begin("source")
    assert (begun.position, begun.mark) == (2, UNMARKED)


def test_a_database_that_is_dropped_while_it_is_used_is_not_begun_anew(
    mongodb: str | None,
) -> None:
    store = mongo(mongodb)()
    assert isinstance(store, MongoStore)
    store.log.append([event(1)])
    store._client.drop_database(store._database.name)
    with pytest.raises(Unavailable, match="数据库不见了"):
        store.views.commit(store.views.begin("source"), 1, {})
    store.close()


def test_of_two_commits_from_one_place_one_wins(opens: Open) -> None:
    one, two = opens(), opens()
    first, second = one.views.begin("source"), two.views.begin("source")
    assert first == second
    assert one.views.commit(first, 1, {("things", "a"): thing("a", 1)})
    assert not two.views.commit(second, 1, {("things", "a"): thing("a", 2)})
    assert two.views.get("things", "a") == thing("a", 1)
    one.close()
    two.close()


def test_ids_and_texts_survive_as_they_are(store: Store) -> None:
    doc = {
        **thing("510108:2026:all:", 1),
        "名": TEXT,
        "list": [{"a": None}],
        "big": 2**53,
    }
    put(store, doc)
    assert store.views.get("things", doc["id"]) == doc


def test_an_undeclared_query_is_refused_aloud(store: Store) -> None:
    with pytest.raises(LookupError):
        store.views.find(Find("things", {"other": 1}, "rank"))


def test_pages_follow_one_another_without_gap_or_repetition(store: Store) -> None:
    put(store, *(thing(f"t{number:02}", number // 3) for number in range(20)))
    for newest_first in (False, True):
        seen: list[str] = []
        after = None
        while found := store.views.find(
            Find(
                "things",
                {"kind": "x"},
                "rank",
                after=after,
                limit=4,
                newest_first=newest_first,
            )
        ):
            seen += [doc["id"] for doc in found]
            after = (found[-1]["rank"], found[-1]["id"])
        assert seen == sorted(seen, reverse=newest_first)
        assert len(seen) == 20


def test_order_by_id_and_a_range_of_it(store: Store) -> None:
    put(store, *(thing(f"t{number}", 1) for number in range(5)))
    found = store.views.find(
        Find("things", {"kind": "x"}, "id", since="t1", until="t4")
    )
    assert [doc["id"] for doc in found] == ["t1", "t2", "t3"]
    found = store.views.find(Find("things", {"kind": "x"}, "id", after=("t2", "t2")))
    assert [doc["id"] for doc in found] == ["t3", "t4"]


def test_counting_stops_at_the_limit(store: Store) -> None:
    put(store, *(thing(f"t{number}", number) for number in range(9)))
    assert store.views.count(Find("things", {"kind": "x"}, "rank", until=5)) == 5
    assert store.views.count(Find("things", {"kind": "x"}, "rank", limit=3)) == 3


ranks = st.one_of(st.none(), st.integers(0, 4))
things = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(ranks, st.sampled_from("xy")), max_size=8
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(things, things, st.integers(0, 4), st.booleans(), st.integers(1, 5))
def test_an_overlay_finds_what_the_engine_finds_after_the_commit(
    store: Store, first: Any, then: Any, since: int, newest_first: bool, limit: int
) -> None:
    def put_all(docs: Overlay, chosen: Any) -> None:
        for id, (rank, kind) in chosen.items():
            docs.put(
                "things",
                {"id": id, "kind": kind, **({} if rank is None else {"rank": rank})},
            )

    def commit(docs: Overlay) -> None:
        begun = store.views.begin("source")
        assert store.views.commit(begun, begun.position + 1, docs.changed)

    everything = Overlay(store.views)
    everything.seq = store.views.cursor("source") * 2 + 1
    put_all(everything, dict.fromkeys("abcdefgh", (None, "z")) | first)
    commit(everything)
    overlay = Overlay(store.views)
    overlay.seq = everything.seq + 1
    put_all(overlay, then)
    query = Find(
        "things",
        {"kind": "x"},
        "rank",
        since=since,
        limit=limit,
        newest_first=newest_first,
    )
    expected = overlay.find(query)
    commit(overlay)
    assert store.views.find(query) == expected


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


def test_an_answer_stands_beside_its_event_and_is_kept_once(store: Store) -> None:
    store.log.append([event(1), event(2)], {2: {"id": "x", "text": TEXT}})
    assert store.log.answers([1, 2, 3]) == {2: {"id": "x", "text": TEXT}}
    store.log.keep_answer(1, {"id": "y"})
    store.log.keep_answer(1, {"id": "z"})
    store.log.keep_answer(2, {"id": "z"})
    assert store.log.answers([1, 2]) == {1: {"id": "y"}, 2: {"id": "x", "text": TEXT}}
    assert [e.seq for e in store.log.read(0, 10)] == [1, 2]


def test_of_events_that_were_not_appended_no_answer_is_kept(store: Store) -> None:
    store.log.append([event(1)])
    assert (
        store.log.append(
            [event(1, key="late"), event(2)], {1: {"id": "x"}, 2: {"id": "y"}}
        )
        == 0
    )
    assert store.log.answers([1, 2]) == {}


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


def test_thousands_of_keys_are_looked_up_at_once(store: Store) -> None:
    store.log.append([event(1)])
    assert list(store.log.by_keys([f"k{n}" for n in range(40_000)])) == ["k1"]


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


def test_a_rebuilt_generation_is_served_after_the_swap_in_every_process(
    opens: Open,
) -> None:
    one, two = opens(), opens()
    put(one, thing("a", 1))
    following = one.rebuilding()
    assert following.cursor("source") == 0
    assert following.commit(
        following.begin("source"), 1, {("things", "a"): thing("a", 7)}
    )
    assert two.views.get("things", "a") == thing("a", 1), "the old one serves meanwhile"
    one.swap()
    wait_until(lambda: two.views.get("things", "a") == thing("a", 7))
    one.swap()
    three = opens()
    assert three.views.get("things", "a") == thing("a", 7), "nothing is swapped twice"
    for store in (one, two, three):
        store.close()


def test_a_fold_begun_before_a_swap_is_not_committed_after_it(opens: Open) -> None:
    one, two = opens(), opens()
    begun = two.views.begin("source")
    assert begun.position == 0
    one.rebuilding()
    one.swap()
    assert not two.views.commit(begun, 1, {("things", "a"): thing("a", 1)})
    again = two.views.begin("source")
    assert again == Begun("source", begun.generation + 1, 0)
    assert two.views.commit(again, 1, {("things", "a"): thing("a", 1)})
    one.close()
    two.close()


def test_who_only_looks_between_a_fold_and_its_commit_does_not_let_it_into_another_generation(
    opens: Open,
) -> None:
    one, two = opens(), opens()
    begun = two.views.begin("source")
    one.rebuilding()
    one.swap()
    wait_until(
        lambda: (
            two.views.cursor("source") == 0
            and two.views.generation == begun.generation + 1
        )
    )
    assert two.views.get("things", "a") is None
    assert not two.views.commit(begun, 1, {("things", "a"): thing("a", 1)})
    assert two.views.get("things", "a") is None
    assert two.views.cursor("source") == 0
    one.close()
    two.close()


def test_looking_at_a_cursor_leaves_nothing_behind_in_mongodb(
    mongodb: str | None,
) -> None:
    store = mongo(mongodb)()
    assert isinstance(store, MongoStore)
    assert store.views.cursor("source") == store.views.begin("source").position == 0
    assert list(store.views._cursors.find()) == []
    store.close()


def test_an_interrupted_rebuild_goes_on_where_it_was(opens: Open) -> None:
    one = opens()
    following = one.rebuilding()
    following.commit(following.begin("source"), 5, {("things", "a"): thing("a", 1)})
    one.close()
    two = opens()
    assert two.rebuilding().cursor("source") == 5
    two.close()


def test_whether_a_store_is_there_can_be_asked_without_making_one(
    tmp_path: Path, mongodb: str | None
) -> None:
    for url in (
        f"sqlite:{tmp_path / 'new'}",
        *([f"{mongodb.rstrip('/')}/t{uuid.uuid4().hex[:10]}"] if mongodb else []),
    ):
        assert not is_there(url, "service")
        assert not is_there(url, "service")
        store = open_store(url, "service", COLLECTIONS)
        assert is_there(url, "service")
        assert not is_there(url, "other")
        store.close()


def test_a_store_that_cannot_be_reached_is_unavailable_in_time() -> None:
    with pytest.raises(Unavailable):
        open_store("mongodb://127.0.0.1:9/", "service", COLLECTIONS)
    with pytest.raises(Unavailable):
        open_store("sqlite:/proc", "service", COLLECTIONS)


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("many", [1, 7])
def test_a_commit_cut_off_after_its_commit_point_is_finished_by_whoever_reads_next(
    mongodb: str | None, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    opens = mongo(mongodb)
    one, two = opens(), opens()
    monkeypatch.setattr("services.kit.engines.mongo.views.MOST_IN_A_CURSOR", 3)
    put(one, thing("t0", 0))
    docs = {
        ("things", f"t{number}"): thing(f"t{number}", 1, seq=2)
        for number in range(many)
    }
    begun = one.views.begin("source")
    assert begun.position == 1
    with monkeypatch.context() as killed:
        killed.setattr(MongoViews, "_write", _die)
        with pytest.raises(Killed):
            one.views.commit(begun, 2, docs)
    assert two.views.cursor("source") == 2
    assert two.views.get("things", "t0") == thing("t0", 1, seq=2)
    assert len(two.views.find(Find("things", {"kind": "x"}, "rank"))) == many
    one.close()
    two.close()


def _die(*_: Any) -> None:
    raise Killed


def test_writes_that_come_late_never_hide_newer_ones(mongodb: str | None) -> None:
    opens = mongo(mongodb)
    store = opens()
    put(store, thing("a", 5, seq=5))
    assert isinstance(store.views, MongoViews)
    store.views._write(
        1, [{"into": "things", "doc": thing(id, 4, seq=4)} for id in "ab"]
    )
    assert store.views.get("things", "a") == thing("a", 5, seq=5)
    assert store.views.get("things", "b") == thing("b", 4, seq=4)
    store.close()


def test_whose_a_note_is_is_looked_up_by_its_index(tmp_path: Path) -> None:
    store = open_store(f"sqlite:{tmp_path}", "service", ())
    keep = cast(SQLiteKeep, store.keep)
    with keep._connections.reading() as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {THEIRS}", ("notes", "R1"))
        plan = " ".join(row[-1] for row in rows)
    assert "USING INDEX keep_by_subject (kind=? AND <expr>=?)" in plan
    assert "TEMP B-TREE" not in plan
    store.close()


@pytest.mark.parametrize("service", registry.SERVICES)
def test_every_declared_index_is_used_by_sqlite_for_just_its_query(
    service: str, tmp_path: Path
) -> None:
    collections = collections_of(registry.load(service))
    store = open_store(f"sqlite:{tmp_path}", service, collections)
    views = cast(SQLiteViews, store.views)
    for collection, index in (
        (one, index) for one in collections for index in one.indexes if index != ("id",)
    ):
        query = Find(
            collection.name,
            dict.fromkeys(index[:-1], "x"),
            index[-1],
            since="a",
            until="z",
        )
        where, values = views._where(query)
        table, order = f"g1_{collection.name}", f"{field(query.by)}, id"
        sql = f"EXPLAIN QUERY PLAN SELECT doc FROM {table} WHERE {where} ORDER BY {order} LIMIT 1"
        with views._connections.reading() as connection:
            plan = " ".join(row[-1] for row in connection.execute(sql, values))
        assert f"USING INDEX {table}_by_{'_'.join(index)} " in plan
        assert "TEMP B-TREE" not in plan
    store.close()
