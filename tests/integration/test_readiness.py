"""`/readyz` is red while something that works in the background stands still, and says what, whose and since when."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.edge import health
from gateway.edge.rpc import Services
from services.kit import steady
from services.kit.buses.local import LocalBus
from services.kit.clock import system
from services.kit.cursors import Begun
from services.kit.engine import condition, follow, host, timers
from services.kit.engine.host import Host
from services.kit.engines.sqlite.store import SQLiteStore
from services.kit.errors import Problem, StoreFull, Unavailable
from tests.clocks import HUNG_S, wait_until
from tests.contract import buses
from tests.contract.buses import Toys

POISON = 777
FAR_S = 1000.0
FAILURES = [
    sqlite3.DatabaseError("file is not a database"), sqlite3.OperationalError("disk I/O error"),
    orjson.JSONDecodeError("unexpected character", "x", 0), KeyError("upto"), TypeError("no event"),
    Problem("系统出错了"), Unavailable("存储暂时不可用"), MemoryError(), RecursionError(),
]  # fmt: skip

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Toys]:
    """The adder and its echo in one process, where a minute takes half a second."""
    monkeypatch.setattr(steady, "STUCK_S", 0.5)
    monkeypatch.setattr(steady, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(steady, "LONGEST_PAUSE_S", 0.05)
    monkeypatch.setattr(follow, "TICK_S", 0.02)
    monkeypatch.setattr(timers, "TICK_S", 0.02)
    monkeypatch.setattr(timers, "IDLE_S", 0.02)
    with buses.local(tmp_path) as toys:
        for host in hosts(toys).values():
            host.ledger.writer.every_s = 0.02
        yield toys


def hosts(toys: Toys) -> dict[str, Host]:
    assert isinstance(toys.bus, LocalBus)
    return toys.bus.hosts


@pytest.fixture
def client(toys: Toys) -> FlaskClient:
    app = Flask(__name__)
    health.watch(app, Services(toys.bus, ["adder", "echo"], HUNG_S, 10))
    return app.test_client()


def wait_for(client: FlaskClient, status: int, state: str = "") -> dict[str, Any]:
    """What `/readyz` says once it has this status and, where one is given, names a trouble of this state."""
    said: dict[str, Any] = wait_until(
        lambda: _said(client, status, state), lambda: client.get("/readyz").get_json()
    )
    return said


def the_one(client: FlaskClient, state: str) -> dict[str, Any]:
    """The trouble of this state, once there is just one of it: on a busy machine another thread may be late as well."""

    def only() -> Any:
        said = _said(client, 503, state) or {}
        ones = [
            trouble for trouble in said.get("troubles", []) if trouble["state"] == state
        ]
        return ones[0] if len(ones) == 1 else None

    one: dict[str, Any] = wait_until(only, lambda: client.get("/readyz").get_json())
    return one


def _said(client: FlaskClient, status: int, state: str) -> Any:
    answer = client.get("/readyz")
    said = answer.get_json()
    return (
        said
        if answer.status_code == status and (not state or state in _states(said))
        else None
    )


def _states(said: dict[str, Any]) -> set[str]:
    return {trouble["state"] for trouble in said.get("troubles", [])}


def broken(error: BaseException) -> Callable[..., Any]:
    def ask(*_: object, **__: object) -> Any:
        raise error

    return ask


def test_while_all_runs_it_says_no_more_than_that(
    client: FlaskClient, toys: Toys
) -> None:
    toys.add(20, "k1")
    toys.converge()
    assert wait_for(client, 200) == {
        "status": "ready",
        "services": {"adder": "ready", "echo": "ready"},
    }


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_source_that_cannot_be_read_makes_it_red_and_once_read_again_green(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    toys.add(20, "k1")
    with monkeypatch.context() as injury:
        injury.setattr(host, "read_log", broken(error))
        began = system()
        said = wait_for(client, 503, "failing")
    [trouble] = said["troubles"]
    assert said["code"] == "not_ready"
    assert said["services"] == {"adder": "ready", "echo": "stuck"}
    assert {name: trouble[name] for name in ("service", "part", "source", "error")} == {
        "service": "echo", "part": "follower", "source": "adder", "error": type(error).__name__,
    }  # fmt: skip
    assert abs(datetime.fromisoformat(trouble["since"]) - began) < timedelta(
        seconds=HUNG_S
    )
    toys.add(20, "k2")
    toys.converge()
    assert wait_for(client, 200)["status"] == "ready"


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_follower_that_reads_and_cannot_keep_what_it_read_is_red(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with monkeypatch.context() as injury:
        injury.setattr(
            hosts(toys)["echo"].store.views,
            "commit",
            _broken_for("adder", hosts(toys)["echo"], error),
        )
        toys.add(20, "k1")
        trouble = the_one(client, "failing")
    assert (trouble["service"], trouble["part"], trouble["source"]) == (
        "echo",
        "follower",
        "adder",
    )
    toys.converge()
    wait_for(client, 200)


def _broken_for(source: str, host: Host, error: Exception) -> Callable[..., bool]:
    """Commits what is folded from other logs than `source`."""
    commit = host.store.views.commit

    def broken_commit(begun: Begun, *rest: Any) -> bool:
        if begun.source == source:
            raise error
        return commit(begun, *rest)

    return broken_commit


def test_a_follower_that_does_not_come_back_is_red_as_hung(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    with monkeypatch.context() as injury:
        injury.setattr(
            hosts(toys)["echo"].followers["adder"],
            "_fetch",
            lambda *_: go_on.wait(HUNG_S),
        )
        trouble = the_one(client, "hung")
    assert (trouble["service"], trouble["part"], trouble["source"]) == (
        "echo",
        "follower",
        "adder",
    )
    go_on.set()
    wait_for(client, 200)


def test_a_follower_whose_thread_is_gone_is_red_at_once(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "STUCK_S", FAR_S)
    monkeypatch.setattr(
        hosts(toys)["echo"].followers["adder"], "_fetch", broken(SystemExit())
    )
    trouble = the_one(client, "ended")
    assert trouble["service"] == "echo"


def test_timers_that_cannot_look_are_red(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers = hosts(toys)["adder"].timers
    with monkeypatch.context() as injury:
        injury.setattr(timers, "_forget_all_but", broken(ValueError("no JSON")))
        injury.setattr(timers, "_may_be_overdue", True)
        trouble = the_one(client, "failing")
    assert (trouble["service"], trouble["part"], trouble["error"]) == (
        "adder",
        "timers",
        "ValueError",
    )
    wait_for(client, 200)


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_writer_goes_on_after_any_error(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    toys.add(20, "k0")
    with monkeypatch.context() as injury:
        injury.setattr(hosts(toys)["adder"].ledger, "_take_turn", broken(error))
        with pytest.raises(Unavailable):
            toys.add(20, "k1", within_s=0.1)
        trouble = the_one(client, "failing")
    assert (trouble["service"], trouble["part"]) == ("adder", "writer")
    assert toys.add(20, "k1")["event"]
    wait_for(client, 200)


def test_a_listener_that_raises_costs_neither_who_records_nor_who_follows(
    toys: Toys, client: FlaskClient
) -> None:
    assert isinstance(toys.bus, LocalBus)
    deaf: list[str] = []
    heard = iter([None])

    def hear(service: str, streams: AbstractSet[str] | None) -> None:
        if next(heard, service):
            raise ZeroDivisionError

    toys.bus.listen(["adder"], hear, lambda: deaf.append("adder"))
    assert toys.add(20, "k1")["event"]
    toys.converge()
    assert deaf
    wait_for(client, 200)


def test_a_parked_follower_is_told_and_leaves_it_ready(
    toys: Toys, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    toys.add(POISON, "k1")
    said = wait_for(client, 200, "parked")
    [trouble] = said["troubles"]
    assert said["status"] == "degraded"
    assert said["services"] == {"adder": "ready", "echo": "degraded"}
    assert {**trouble, "since": "", "failed": 1} == {
        "service": "echo", "part": "follower", "source": "adder", "sequence": 1, "state": "parked", "since": "",
        "failed": 1, "error": "ZeroDivisionError",
    }  # fmt: skip
    [line] = [record for record in caplog.records if record.getMessage() == "parked"][
        :1
    ]
    assert line.levelname == "ERROR"
    assert {name: line.__dict__["about"][name] for name in ("service", "source", "sequence", "error")} == {
        "service": "echo", "source": "adder", "sequence": 1, "error": "ZeroDivisionError: poison",
    }  # fmt: skip


def test_what_is_overdue_is_told_and_leaves_it_ready(
    toys: Toys, client: FlaskClient
) -> None:
    late = {
        "id": "boil:E1:2026-06-13",
        "since": "2026-06-13T01:00:00.000Z",
        "kind": "KeyError",
        "error": "KeyError: 3",
    }
    adder = hosts(toys)["adder"]
    wait_until(lambda: not adder.timers._may_be_overdue)  # What is not due is dropped.
    adder.store.keep.put("overdue", late["id"], late)
    said = wait_for(client, 200, "overdue")
    assert (said["status"], said["services"]["adder"]) == ("degraded", "degraded")
    assert said["troubles"] == [{
        "service": "adder", "part": "timers", "due": "boil", "count": 1, "state": "overdue",
        "since": late["since"], "error": "KeyError",
    }]  # fmt: skip


def test_a_store_that_is_full_is_told_until_it_takes_more(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(condition, "LOOK_AGAIN_S", 0.0)
    toys.add(20, "k0")
    with full(hosts(toys)["adder"]):
        with pytest.raises(StoreFull):
            add_many(toys)
        said = wait_for(client, 200, "full")
        [trouble] = said["troubles"]
        assert said["status"] == "degraded"
        assert said["services"] == {"adder": "degraded", "echo": "ready"}
        assert (trouble["service"], trouble["part"], trouble["error"]) == (
            "adder",
            "store",
            "StoreFull",
        )
        assert wait_for(client, 200, "full")["troubles"] == [trouble]
    assert wait_for(client, 200) == {
        "status": "ready",
        "services": {"adder": "ready", "echo": "ready"},
    }
    assert toys.add(20, "k1")["event"]


def test_a_follower_that_cannot_go_on_for_a_full_store_leaves_it_ready(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = StoreFull("存储空间已满")
    with monkeypatch.context() as injury:
        injury.setattr(
            hosts(toys)["echo"].store.views,
            "commit",
            _broken_for("adder", hosts(toys)["echo"], error),
        )
        toys.add(20, "k1")
        assert wait_for(client, 200, "failing")["status"] == "degraded"
    toys.converge()


def add_many(toys: Toys) -> None:
    for number in range(1000):
        toys.add(20, f"f{number}")


@contextmanager
def full(host: Host) -> Iterator[None]:
    """SQLite finds no more room for the host's file, as on a disk that is full."""
    assert isinstance(host.store, SQLiteStore)
    connection = host.store._connections.durable
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count=1000000")


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_a_service_that_cannot_say_how_it_is_is_unavailable(
    toys: Toys, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(hosts(toys)["adder"].store, "ping", broken(error))
    assert wait_for(client, 503)["services"]["adder"] == "unavailable"
