"""I1 to I10 of the design, each tried in one process and, where killing matters, in another.

The fault scenarios on RabbitMQ are in `tests/e2e` and `tests/faults`.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import OPERATOR, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.rebuild import rebuild
from services.kit.engine.requests import Request
from services.kit.entrypoints import Asked
from services.kit.errors import DeadlinePassed, KeyReused, Problem, Refused
from services.kit.log import Event, Fact
from services.kit.views import Begun, Find, Overlay, Views
from tests import toy
from tests.clocks import HUNG_S, wait_until
from tests.toy import Adder, Echo, fold_amount

RESIDENT = Actor("R1", (Role("resident", "*"),))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")


@pytest.fixture
def bus(settings: Settings) -> Iterator[LocalBus]:
    """The adder and its echo, hosted; not yet following."""
    bus = LocalBus()
    bus.host(Adder, settings)
    bus.host(Echo, settings)
    yield bus
    bus.stop()


def add(
    bus: LocalBus,
    amount: int,
    key: str,
    to: str = "A",
    actor: Actor = OPERATOR,
    within_s: float = HUNG_S,
) -> Any:
    payload = {"to": to, "amount": amount}
    return bus.call(
        "adder", "add", payload, actor=actor, key=key, deadline=Deadline.after(within_s)
    )


def all_events(host: Host) -> list[Event]:
    return host.store.log.read(0, 100_000)


def sums(views: Views) -> dict[str, int]:
    return {
        doc["id"]: doc["sum"]
        for doc in views.find(Find("sums", {"kind": "sum"}, "sum", limit=1000))
    }


ADDS_FOR_EVER = """
import sys
from tests.integration.test_invariants import *
settings = Settings(data=Path(sys.argv[1]), store=f"sqlite:{sys.argv[1]}")
bus = LocalBus()
bus.host(Adder, settings)
for number in range(1_000_000):
    answer = add(bus, 1, f"k{number}")
    print(f"k{number}", answer["event"]["sequence"], flush=True)
"""


def test_i1_what_was_acknowledged_is_in_the_log_after_kill_9(
    tmp_path: Path, settings: Settings
) -> None:
    command = [sys.executable, "-c", ADDS_FOR_EVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as adder:
        assert adder.stdout is not None
        acknowledged = [adder.stdout.readline().split() for _ in range(50)]
        os.kill(adder.pid, signal.SIGKILL)
        acknowledged += [line.split() for line in adder.stdout if line.endswith("\n")]
    bus = LocalBus()
    host = bus.host(Adder, settings)
    with_keys = {
        host.ledger.keys.of(OPERATOR, key): int(seq) for key, seq in acknowledged
    }
    events = all_events(host)
    bus.stop()
    found = {event.key: event.seq for event in events}
    assert with_keys.items() <= found.items()
    assert len(found) == len(events)


def test_i2_seq_and_version_are_gapless_under_many_writers(
    bus: LocalBus, settings: Settings
) -> None:
    other = LocalBus()
    other.host(Adder, settings)  # A second replica on the same store.
    with ThreadPoolExecutor(8) as callers:
        for number in range(200):
            callers.submit(
                add, (bus, other)[number % 2], 1, f"k{number}", to=f"S{number % 3}"
            )
    events = all_events(bus.hosts["adder"])
    other.stop()
    assert [event.seq for event in events] == list(range(1, 201))
    for stream in {event.stream for event in events}:
        versions = [event.version for event in events if event.stream == stream]
        assert versions == list(range(1, len(versions) + 1))


def test_i3_views_rebuilt_from_the_log_are_equal(bus: LocalBus) -> None:
    for number in range(60):
        add(bus, number + 20, f"k{number}", to=f"S{number % 7}")
    host = bus.hosts["adder"]
    before = host.store.views.find(Find("sums", {"kind": "sum"}, "sum", limit=1000))
    rebuild(Adder, host.store, {"adder": host.store.log}, lambda more: None)
    assert (
        host.store.views.find(Find("sums", {"kind": "sum"}, "sum", limit=1000))
        == before
    )
    assert host.store.views.cursor("adder") == 60


def test_i4_doorbells_lost_doubled_and_shuffled_change_nothing(bus: LocalBus) -> None:
    for number in range(80):
        add(bus, number + 20, f"k{number}", to=f"S{number % 5}")
    follower = bus.hosts["echo"].followers["adder"]
    for number in range(20):
        for _ in range(number % 3):
            follower.ring()
        if number % 4 == 0:
            follower.catch_up()
    follower.catch_up()
    assert sums(bus.hosts["echo"].store.views) == sums(bus.hosts["adder"].store.views)
    echoed = [event.data for event in all_events(bus.hosts["echo"])]
    assert echoed == [event.data for event in all_events(bus.hosts["adder"])]


def test_i4_a_follower_killed_between_reaction_and_cursor_reacts_once(
    bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        add(bus, number + 20, f"k{number}")
    echo = bus.hosts["echo"]
    with monkeypatch.context() as broken:
        broken.setattr(
            type(echo.store.views),
            "commit",
            killed_for("adder", type(echo.store.views).commit),
        )
        with pytest.raises(KeyboardInterrupt):
            echo.followers["adder"].catch_up()
    assert echo.store.views.cursor("adder") == 0
    echo.followers["adder"].catch_up()
    assert len(all_events(echo)) == 5
    assert sums(echo.store.views) == {"A": 110}


def killed_for(source: str, commit: Any) -> Any:
    """A commit that never happens for `source`, as if the process had ended just before it."""

    def commit_or_die(self: Any, begun: Begun, *rest: Any) -> Any:
        if begun.source == source:
            raise KeyboardInterrupt
        return commit(self, begun, *rest)

    return commit_or_die


def test_i5_one_key_has_one_effect_and_one_answer(bus: LocalBus) -> None:
    first = add(bus, 20, "k1")
    with ThreadPoolExecutor(8) as callers:
        again = list(callers.map(lambda _: add(bus, 20, "k1"), range(20)))
    assert again == [first] * 20
    assert sums(bus.hosts["adder"].store.views) == {"A": 20}


def test_i5_the_answer_stays_the_first_after_more_has_happened(bus: LocalBus) -> None:
    first = add(bus, 20, "k1")
    add(bus, 30, "k2")
    assert add(bus, 20, "k1") == first
    assert first["document"]["sum"] == 20


def test_i5_the_same_key_is_another_for_another_actor(bus: LocalBus) -> None:
    add(bus, 20, "k1")
    add(bus, 20, "k1", actor=RESIDENT)
    assert sums(bus.hosts["adder"].store.views) == {"A": 40}


def test_i5_a_key_used_for_something_else_is_refused(bus: LocalBus) -> None:
    add(bus, 20, "k1")
    with pytest.raises(KeyReused):
        add(bus, 21, "k1")
    assert len(all_events(bus.hosts["adder"])) == 1


def test_i9_a_call_ends_at_its_deadline_while_the_ledger_is_stuck(
    bus: LocalBus,
) -> None:
    ledger = bus.hosts["adder"].ledger
    with ledger._turn, pytest.raises(DeadlinePassed):
        add(bus, 20, "k1", within_s=0.3)
    later = add(bus, 30, "k2")["event"]
    assert [event.id for event in all_events(bus.hosts["adder"])] == [later["id"]], (
        "what has expired is not executed"
    )


def test_i10_a_poison_event_stops_only_its_own_follower(bus: LocalBus) -> None:
    for number, amount in enumerate((20, 777, 21)):
        add(bus, amount, f"k{number}")
    echo = bus.hosts["echo"]
    echo.followers["adder"].catch_up()
    parked = echo.followers["adder"].parked()
    assert parked is not None
    assert (parked["sequence"], parked["type"], parked["attempts"]) == (
        2,
        "amount_added.v1",
        1,
    )
    assert "ZeroDivisionError: poison" in parked["error"]
    assert [event.data["amount"] for event in all_events(echo)] == [20]
    assert add(bus, 22, "k9")["document"]["sum"] == 840, "the source goes on"


def test_i10_a_parked_event_goes_through_once_it_can(
    bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(bus, 777, "k1")
    add(bus, 20, "k2")
    echo = bus.hosts["echo"]
    echo.followers["adder"].catch_up()
    echo.followers["adder"].catch_up()
    parked = echo.followers["adder"].parked()
    assert parked is not None
    assert parked["attempts"] == 2
    monkeypatch.setattr(
        toy.echo_amount, "__code__", (lambda docs, event, asked: None).__code__
    )
    echo.followers["adder"].catch_up()
    assert echo.followers["adder"].parked() is None
    assert echo.store.views.cursor("adder") == 2


def test_i10_setting_aside_is_on_the_record_and_lets_the_rest_through(
    bus: LocalBus,
) -> None:
    for number, amount in enumerate((20, 777, 21)):
        add(bus, amount, f"k{number}")
    echo = bus.hosts["echo"]
    echo.followers["adder"].catch_up()
    echo.set_aside("adder", 2, "试验中的坏事件")
    echo.followers["adder"].catch_up()
    assert echo.followers["adder"].parked() is None
    assert sums(echo.store.views) == {"A": 41}
    recorded = [
        event for event in all_events(echo) if event.type == "event_set_aside.v1"
    ]
    assert [event.data["sequence"] for event in recorded] == [2]


def sum_up(bus: LocalBus, key: str) -> Any:
    payload = {"to": "A", "amount": 1}
    return bus.call(
        "echo",
        "sum_up",
        payload,
        actor=OPERATOR,
        key=key,
        deadline=Deadline.after(HUNG_S),
    )


def test_what_sums_up_another_log_hears_all_of_it_first(bus: LocalBus) -> None:
    for amount in (20, 21):
        add(bus, amount, f"k{amount}")
    sum_up(bus, "s1")
    assert [event.data["amount"] for event in all_events(bus.hosts["echo"])] == [
        20,
        21,
        41,
    ]


def test_nothing_is_summed_up_while_an_event_of_it_stands_in_the_way(
    bus: LocalBus,
) -> None:
    add(bus, 20, "k1")
    first = sum_up(bus, "s1")
    add(bus, 777, "k2")
    with pytest.raises(Refused) as caught:
        sum_up(bus, "s2")
    assert (caught.value.code, "第 2 个事件" in caught.value.title) == (
        "follower_parked",
        True,
    )
    assert sum_up(bus, "s1")["event"] == first["event"], (
        "what was asked before is answered as it was"
    )
    bus.hosts["echo"].set_aside("adder", 2, "试验中的坏事件")
    assert sum_up(bus, "s2")["event"]


def test_i10_of_an_event_that_cannot_be_folded_no_part_goes_in(
    bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fold_half(docs: Overlay, event: Event) -> None:
        fold_amount(docs, event)
        assert event.data["amount"] != 22

    follower = bus.hosts["echo"].followers["adder"]
    monkeypatch.setattr(follower, "_folds", {"amount_added.v1": fold_half})
    monkeypatch.setattr(
        follower, "_reactions", {}
    )  # So that all of them are one batch.
    for amount in (20, 21, 22):
        add(bus, amount, f"k{amount}")
    follower.catch_up()
    parked = follower.parked()
    assert parked is not None
    assert (parked["sequence"], sums(bus.hosts["echo"].store.views)) == (3, {"A": 41})


def test_a_defect_of_one_rule_touches_nobody_else_in_the_turn(bus: LocalBus) -> None:
    results: dict[int, object] = {}

    def call(amount: int) -> None:
        try:
            results[amount] = add(bus, amount, f"k{amount}")["document"]["sum"]
        except (Problem, ZeroDivisionError) as error:
            results[amount] = type(error)

    with bus.hosts[
        "adder"
    ].ledger._turn:  # So that all of them are settled in one turn.
        threads = [
            threading.Thread(target=call, args=(amount,))
            for amount in (13, 20, 666, 21)
        ]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(bus.hosts["adder"].ledger._queue) == len(threads))
    for thread in threads:
        thread.join()
    assert results[13] is Refused
    assert results[666] is ZeroDivisionError
    assert {results[20], results[21]} <= {20, 21, 41}
    assert sums(bus.hosts["adder"].store.views) == {"A": 41}


def test_together_writes_all_or_nothing(bus: LocalBus) -> None:
    host = bus.hosts["adder"]
    mark = host.command("add")

    def requests(*amounts: int) -> list[Any]:
        return [
            host.request(mark, {"to": "A", "amount": a}, OPERATOR, f"k{a}")
            for a in amounts
        ]

    outcomes = host.ledger.together(requests(20, 13, 21))
    assert [isinstance(outcome, Refused) for outcome in outcomes] == [
        False,
        True,
        False,
    ]
    assert all_events(host) == []
    host.ledger.together(requests(20, 21))
    host.ledger.together(requests(20, 21))
    assert sums(host.store.views) == {"A": 41}


def test_i8_words_are_gone_once_it_is_acknowledged_that_they_are_erased(
    bus: LocalBus,
) -> None:
    host = bus.hosts["adder"]

    def ask(key: str, fact: Fact) -> None:
        host.ledger.execute(
            Request("said", lambda *_: fact, OPERATOR, key, key, ""),
            Deadline.after(HUNG_S),
        )

    said = {"to": "A", "amount": 20}
    ask(
        "k1",
        Fact("amount_added.v1", "sum/A", said, notes={"N1": "一句话", "N2": "另一句"}),
    )
    ask("k2", Fact("amount_added.v1", "sum/A", said, erases=("N1",)))
    assert [note["id"] for note in host.store.keep.all("notes")] == ["N2"]


def test_i8_what_is_refused_erases_nothing(bus: LocalBus) -> None:
    host = bus.hosts["adder"]
    erasing = Fact(
        "amount_added.v1", "sum/A", {"to": "A", "amount": 20}, erases=("N1",)
    )
    host.store.keep.put("notes", "N1", {"id": "N1", "by": "R1", "text": "一句话"})

    def refuse(docs: Overlay, asked: Asked) -> Fact:
        raise Refused("no", "不行")

    rules = (lambda *_: erasing, refuse)
    host.ledger.together(
        [
            Request("said", rule, OPERATOR, f"k{n}", "", "")
            for n, rule in enumerate(rules)
        ]
    )
    assert host.store.keep.get("notes", "N1") is not None
