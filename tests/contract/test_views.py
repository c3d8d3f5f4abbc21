"""One contract for both engines: documents and how they are found."""

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.kit.engine.tables import collections_of
from services.kit.engines.sqlite.rows import field
from services.kit.engines.sqlite.views import SQLiteViews
from services.kit.store import Store, open_store
from services.kit.views import Find, Overlay
from services.xfh import registry
from tests.contract.engines import TEXT, put, thing


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
