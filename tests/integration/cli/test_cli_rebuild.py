"""`xfh rebuild`: documents are a function of the logs (I3), whatever interrupts it."""

import json
from typing import Any

import pytest

from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import rebuild as kit
from services.kit.engine.rebuild import rebuild
from services.kit.log import Event
from services.kit.views import Overlay
from services.xfh import registry
from services.xfh.commands.network import opened
from tests import toy
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh

pytestmark = pytest.mark.usefixtures("toys")

PEOPLE = [f"p{number}" for number in range(7)]
POISON = 777


def add(bus: LocalBus, *amounts: int) -> None:
    for amount in amounts:
        payload = {"to": PEOPLE[amount % len(PEOPLE)], "amount": amount}
        bus.call(
            "adder",
            "add",
            payload,
            actor=OPERATOR,
            deadline=Deadline.after(HUNG_S),
            key=f"k{amount}",
        )


def follow(bus: LocalBus) -> None:
    bus.hosts["echo"].followers["adder"].catch_up()


def documents(bus: LocalBus) -> list[Any]:
    views = bus.hosts["echo"].store.views
    return [views.get("sums", person) for person in PEOPLE] + [
        views.cursor("adder"),
        views.cursor("echo"),
    ]


def build(bus: LocalBus, told: Any = lambda count: None) -> None:
    host = bus.hosts["echo"]
    host.ledger.refresh()
    rebuild(
        registry.load("echo"),
        host.store,
        {name: other.store.log for name, other in bus.hosts.items()},
        told,
    )


def test_i3_rebuilt_documents_equal_the_ones_folded_as_it_happened(
    settings: Settings, xfh: Xfh
) -> None:
    with opened(settings) as bus:
        add(bus, *range(20, 60))
        follow(bus)
        before = documents(bus)
    ran = xfh("rebuild", "echo")
    assert ran.code == 0
    assert ran.out.startswith("已重建 echo：80 个事件")
    with opened(settings) as bus:
        assert documents(bus) == before


def test_i3_an_interrupted_rebuild_goes_on_where_it_was(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "BATCH", 10)
    folded: list[int] = []

    def interrupt_at_the_third_batch(count: int) -> None:
        folded.append(count)
        if len(folded) == 3:
            raise KeyboardInterrupt

    with opened(settings) as bus:
        add(bus, *range(20, 60))
        follow(bus)
        before = documents(bus)
        with pytest.raises(KeyboardInterrupt):
            build(bus, interrupt_at_the_third_batch)
        assert documents(bus) == before
    with opened(settings) as bus:
        build(bus, folded.append)
        assert documents(bus) == before
    assert folded == [10] * 8


def test_a_rebuild_runs_no_reaction_and_passes_none_by(settings: Settings) -> None:
    with opened(settings) as bus:
        add(bus, 20, 21)
        follow(bus)
        add(bus, 22)
        build(bus)
        assert bus.hosts["echo"].store.log.head() == 2
        follow(bus)
        echoed = [
            event.data["amount"] for event in bus.hosts["echo"].store.log.read(0, 10)
        ]
        assert echoed == [20, 21, 22]


def test_an_event_set_aside_stays_aside_though_it_could_be_folded_now(
    settings: Settings,
) -> None:
    with opened(settings) as bus:
        add(bus, 20, POISON, 21)
        follow(bus)
        bus.hosts["echo"].set_aside("adder", 2, "演练")
        follow(bus)
        before = documents(bus)
        build(bus)
        assert documents(bus) == before
        assert before[0]["sum"] == 21


def test_an_event_that_cannot_be_folded_any_more_leaves_the_old_documents_serving(
    settings: Settings, xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(settings) as bus:
        add(bus, 20, 21)
        follow(bus)
        before = documents(bus)

    def broken(docs: Overlay, event: Event) -> None:
        raise ZeroDivisionError("a new defect")

    monkeypatch.setitem(toy.Echo.folds, "adder", {"amount_added.v1": broken})
    ran = xfh("rebuild", "echo")
    assert ran.code == 1
    assert "adder 的第 1 个事件（amount_added.v1）无法重建" in ran.err
    assert "a new defect" in ran.err
    with opened(settings) as bus:
        assert documents(bus) == before


def test_a_parked_follower_is_still_parked_after_a_rebuild(
    settings: Settings, xfh: Xfh
) -> None:
    with opened(settings) as bus:
        add(bus, 20, POISON)
        follow(bus)
    assert xfh("rebuild", "echo").code == 0
    (standing,) = json.loads(xfh("followers", "--json").out)
    assert standing["position"] == 1
    assert standing["parked"]["sequence"] == 2
