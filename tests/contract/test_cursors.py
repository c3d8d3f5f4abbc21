"""One contract for both engines: how far a fold has come, and which generation of views is served."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from services.kit.cursors import UNMARKED, Begun, Mark
from services.kit.engines.mongo.store import MongoStore
from services.kit.engines.mongo.views import MongoViews
from services.kit.store import Store
from services.kit.views import Find
from tests.clocks import wait_until
from tests.contract.engines import Open, mongo, put, thing


def test_documents_and_cursor_move_together_or_not_at_all(store: Store) -> None:
    begun = store.views.begin("source")
    put(store, thing("a", 1))
    assert not store.views.commit(begun, 2, {("things", "a"): thing("a", 9, seq=2)})
    assert store.views.get("things", "a") == thing("a", 1)
    assert store.views.cursor("source") == 1
    assert store.views.cursor("another") == 0


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


def test_of_two_commits_from_one_place_one_wins(opens: Open) -> None:
    one, two = opens(), opens()
    first, second = one.views.begin("source"), two.views.begin("source")
    assert first == second
    assert one.views.commit(first, 1, {("things", "a"): thing("a", 1)})
    assert not two.views.commit(second, 1, {("things", "a"): thing("a", 2)})
    assert two.views.get("things", "a") == thing("a", 1)
    one.close()
    two.close()


ranks = st.one_of(st.none(), st.integers(0, 4))

things = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(ranks, st.sampled_from("xy")), max_size=8
)


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
