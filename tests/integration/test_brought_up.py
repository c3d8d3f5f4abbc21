"""A service whose store cannot be used at the start ends nothing: others serve, and it comes as soon as it can."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from gateway.edge import health
from gateway.edge.rpc import Services
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.rebuild import rebuild
from services.kit.engines import opening
from services.kit.engines.sqlite import connections as engine
from services.kit.errors import Unavailable
from tests.clocks import HUNG_S, wait_until
from tests.toy import Adder, Echo


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(opening, "AGAIN_S", 0.05)
    monkeypatch.setattr(engine, "BUSY_S", 0.05)
    return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    bus = LocalBus()
    yield bus
    bus.stop()


def add(bus: LocalBus, to: str = "a") -> Any:
    return bus.call(
        "adder",
        "add",
        {"to": to, "amount": 1},
        actor=OPERATOR,
        deadline=Deadline.after(HUNG_S),
        key=to,
    )


def states(bus: LocalBus) -> dict[str, str]:
    app = Flask(__name__)
    health.watch(app, Services(bus, ["adder", "echo"], 5.0, 10))
    said: dict[str, str] = app.test_client().get("/readyz").get_json()["services"]
    return said


def lock(settings: Settings) -> Callable[[], object]:
    holder = sqlite3.connect(settings.data / "adder.sqlite", isolation_level=None)
    holder.execute("CREATE TABLE held (it)")
    holder.execute("BEGIN EXCLUSIVE")
    return holder.close


def spoil(settings: Settings) -> Callable[[], object]:
    (settings.data / "adder.sqlite").write_bytes(b"no database" * 999)
    return (settings.data / "adder.sqlite").unlink


@pytest.mark.parametrize("injure", [lock, spoil])
def test_it_comes_once_its_store_can_be_used(
    bus: LocalBus,
    settings: Settings,
    injure: Callable[[Settings], Callable[[], object]],
) -> None:
    heal = injure(settings)
    bus.bring_up([Adder, Echo], settings)
    assert states(bus) == {"adder": "unavailable", "echo": "ready"}
    with pytest.raises(Unavailable):
        add(bus)
    heal()
    wait_until(lambda: states(bus)["adder"] == "ready")
    assert add(bus)["event"]["sequence"] == 1
    wait_until(lambda: bus.hosts["echo"].store.views.cursor("adder") == 1)


def test_a_log_that_is_damaged_where_it_begins_ends_nothing(
    bus: LocalBus, settings: Settings
) -> None:
    before = LocalBus()
    before.host(Adder, settings)
    add(before)
    before.stop()
    pages = bytearray((settings.data / "adder.sqlite").read_bytes())
    pages[4096:] = bytes(len(pages) - 4096)
    (settings.data / "adder.sqlite").write_bytes(pages)
    bus.bring_up([Adder, Echo], settings)
    assert states(bus) == {"adder": "unavailable", "echo": "ready"}
    with pytest.raises(Unavailable):
        add(bus)


@pytest.mark.parametrize("longer", [False, True], ids=["shorter", "longer"])
def test_documents_of_another_log_than_there_is_take_nothing_until_they_are_rebuilt(
    bus: LocalBus, settings: Settings, longer: bool
) -> None:
    """A dump of MongoDB is not of one moment: its cursors may be newer than its log."""
    before = LocalBus()
    before.host(Adder, settings)
    for to in "abc":
        add(before, to)
    before.stop()
    _cut_log(settings.data / "adder.sqlite", longer)
    bus.bring_up([Adder], settings)
    with pytest.raises(Unavailable, match="xfh rebuild adder"):
        add(bus, "d")
    [trouble] = bus.hosts["adder"].troubles()
    assert (trouble["part"], trouble["state"]) == ("store", "failing")
    rebuild(
        Adder,
        bus.hosts["adder"].store,
        {"adder": bus.hosts["adder"].store.log},
        lambda count: None,
    )
    wait_until(lambda: not bus.hosts["adder"].troubles())
    head = bus.hosts["adder"].store.log.head()
    assert add(bus, "d")["event"]["sequence"] == head + 1


def _cut_log(file: Path, longer: bool) -> None:
    """Two events less, or other ones in their place, and no trace of it beside the log."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        if longer:
            connection.execute(
                "UPDATE log SET event = json_set(event, '$.id', 'X' || seq) WHERE seq > 1"
            )
        else:
            connection.execute("DELETE FROM log WHERE seq > 1")
            connection.execute("DELETE FROM answers WHERE seq > 1")
