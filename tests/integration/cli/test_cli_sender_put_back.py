"""Notices that forget what has been sent, since their store was put back from earlier, send nothing again."""

import shutil

import pytest

from services.kit.actor import SYSTEM
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import host, witness
from services.kit.errors import Unavailable
from services.xfh.commands import deliver
from services.xfh.commands.network import store_of
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh
from tests.integration.test_story import Network

EARLIER, STORE = "earlier.copy", "notices.sqlite"


def plan(network: Network, *keys: str) -> None:
    """Each time one log more is looked through for what is to be sent."""
    for key in keys:
        network.ask("notices", "plan_deliveries", SYSTEM, key)


def types(settings: Settings) -> list[str]:
    with store_of(settings, "notices") as store:
        return [event.type for event in store.log.read(0, 1000)]


@pytest.fixture
def put_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Others have seen five events of notices; there are two."""
    monkeypatch.setattr(host, "FETCH_S", 0.0)
    monkeypatch.setattr(witness, "KEPT_EVERY_S", 0.0)
    network = Network(settings.data)
    plan(network, "k1", "k2")
    network.bus.stop()
    shutil.copy(settings.data / STORE, settings.data / EARLIER)
    network = Network(settings.data)
    plan(network, "k3", "k4", "k5")
    for _ in range(3):  # To hear what is known, to say so, and to be heard.
        network.settle()
    network.bus.stop()
    shutil.move(settings.data / EARLIER, settings.data / STORE)
    return settings


def test_whoever_sends_hears_of_it_before_anything_is_sent(put_back: Settings) -> None:
    deadline = Deadline.after(HUNG_S)
    with (
        deliver._bus(put_back) as bus,
        pytest.raises(Unavailable, match="notices 的日志换过了"),
    ):
        bus.call("notices", "plan_deliveries", {}, actor=SYSTEM, deadline=deadline)
    assert len(types(put_back)) == 2


def test_whoever_accepts_it_as_it_is_has_what_may_have_been_sent_left_alone(
    xfh: Xfh, put_back: Settings
) -> None:
    ran = xfh("rebuild", "notices")
    assert ran.code == 0, ran.err
    assert types(put_back)[2:] == ["sending_interrupted.v1"]
    with store_of(put_back, "notices") as store:
        assert store.views.get("interruptions", "last") is not None
    assert xfh("rebuild", "notices").code == 0
    assert len(types(put_back)) == 3


def test_what_has_no_seal_yet_and_no_follower_is_missed_by_who_has_seen_it(
    xfh: Xfh, put_back: Settings
) -> None:
    ran = xfh("log", "verify", "notices")
    said = "notices：第 5 个事件不是别的服务见过的那个，或者没有了"
    assert (ran.code, said in ran.err) == (1, True), ran.err
