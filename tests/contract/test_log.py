"""One contract for both engines: the log."""

import threading
from dataclasses import replace
from typing import Any

import pytest

from services.kit.store import Store
from tests.contract.engines import TEXT, Open, event


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


def test_the_ids_of_events_are_told_by_their_place(store: Store) -> None:
    store.log.append([event(1), event(2), event(3)])
    assert store.log.ids([1, 3, 4]) == {1: "E1", 3: "E3"}
    assert store.log.ids([]) == {}


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


def test_thousands_of_keys_are_looked_up_at_once(store: Store) -> None:
    store.log.append([event(1)])
    assert list(store.log.by_keys([f"k{n}" for n in range(40_000)])) == ["k1"]
