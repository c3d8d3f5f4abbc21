"""When a service is down, slow or busy: a 503 within the deadline, and the other services answer as before."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from gateway.app import create
from gateway.edge.rpc import Services
from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.buses.port import Bus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import DeadlinePassed, StoreFull
from services.kit.log import Event
from services.xfh import registry
from tests.clocks import HUNG_S

DEADLINE_S = 5.0


class Stalled:
    """A bus on which `slow` never answers, as when a service hangs: the call ends with its deadline.

    It does so when it is told that the time has passed; `allowed_s` is how much there was for each call.
    """

    def __init__(self, under: Bus, slow: str):
        self._under, self._slow = under, slow
        self.waiting = threading.Semaphore(0)
        self.passed = threading.Event()
        self.allowed_s: list[float] = []

    def call(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        *,
        actor: Actor,
        deadline: Deadline,
        key: str = "",
        trace: str = "",
    ) -> Any:
        if service != self._slow:
            return self._under.call(
                service,
                method,
                payload,
                actor=actor,
                deadline=deadline,
                key=key,
                trace=trace,
            )
        self.allowed_s.append(deadline.remaining_s())
        self.waiting.release()
        assert self.passed.wait(HUNG_S)
        raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")

    def ring(self, service: str, events: Sequence[Event]) -> None:
        self._under.ring(service, events)

    def troubles(self) -> list[Json]:
        return self._under.troubles()


def app_on(bus: Bus, folder: Path, places: int = 2) -> Flask:
    verifier = tokens.Verifier(tokens.public_key(Settings(data=folder)))
    return create(Services(bus, list(registry.SERVICES), DEADLINE_S, places), verifier)


@pytest.fixture
def bus(tmp_path: Path) -> Any:
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    local = LocalBus()
    for name in registry.SERVICES:
        local.host(registry.load(name), settings)
    local.start()
    yield local
    local.stop()


def test_i9_a_service_that_is_down_is_a_503_at_once(
    bus: LocalBus, tmp_path: Path
) -> None:
    down = bus.hosts.pop("cobuild")
    down.rest()
    down.stop()
    answer = app_on(bus, tmp_path).test_client().get("/api/v1/offerings")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "1"
    assert answer.mimetype == "application/problem+json"


def test_i9_a_service_that_hangs_is_a_503_by_the_deadline(
    bus: LocalBus, tmp_path: Path
) -> None:
    stalled = Stalled(bus, "cobuild")
    stalled.passed.set()
    answer = app_on(stalled, tmp_path).test_client().get("/api/v1/offerings")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "deadline_passed")
    assert max(stalled.allowed_s) <= DEADLINE_S
    assert answer.headers["Retry-After"] == "1"


def test_a_service_that_hangs_takes_no_more_than_its_places(
    bus: LocalBus, tmp_path: Path
) -> None:
    stalled = Stalled(bus, "cobuild")
    app = app_on(stalled, tmp_path, places=2)
    with ThreadPoolExecutor(2) as callers:
        hanging = [
            callers.submit(app.test_client().get, "/api/v1/offerings") for _ in range(2)
        ]
        for _ in hanging:
            assert stalled.waiting.acquire(timeout=HUNG_S)
        refused = app.test_client().get("/api/v1/offerings")
        assert (refused.status_code, refused.get_json()["code"]) == (503, "overloaded")
        assert refused.headers["Retry-After"] == "1"
        assert refused.headers["RateLimit"] == '"cobuild";r=0'
        served = app.test_client().get("/api/v1/activities")
        assert served.status_code == 200
        assert (
            served.headers["RateLimit-Policy"]
            == '"activities";q=2;qu="concurrent-requests"'
        )
        assert served.headers["RateLimit"] == '"activities";r=1'
        stalled.passed.set()
        assert {future.result().get_json()["code"] for future in hanging} == {
            "deadline_passed"
        }
    assert (
        app.test_client().get("/api/v1/offerings").get_json()["code"]
        == "deadline_passed"
    )


def test_it_is_ready_when_every_service_answers(bus: LocalBus, tmp_path: Path) -> None:
    client = app_on(bus, tmp_path).test_client()
    assert client.get("/readyz").get_json() == {
        "status": "ready",
        "services": dict.fromkeys(registry.SERVICES, "ready"),
    }
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_while_one_service_does_not_answer_within_a_second(
    bus: LocalBus, tmp_path: Path
) -> None:
    stalled = Stalled(bus, "metrics")
    stalled.passed.set()
    client = app_on(stalled, tmp_path).test_client()
    answer = client.get("/readyz")
    assert max(stalled.allowed_s) <= 1.0
    assert answer.status_code == 503
    assert answer.get_json()["services"] == {
        **dict.fromkeys(registry.SERVICES, "ready"),
        "metrics": "unavailable",
    }
    assert client.get("/healthz").status_code == 200


def test_a_defect_says_nothing_but_its_trace(
    bus: LocalBus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(bus.hosts["activities"], "ask", broken)
    answer = app_on(bus, tmp_path).test_client().get("/api/v1/activities")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert answer.get_json()["trace"] == answer.headers["Traceparent"]
    assert any(record.exc_info for record in caplog.records)


def test_a_request_that_found_the_store_full_is_an_error_in_the_log(
    bus: LocalBus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise StoreFull("存储空间已满，未保存任何内容，请稍后重试")

    monkeypatch.setattr(bus.hosts["activities"], "ask", full)
    assert (
        app_on(bus, tmp_path).test_client().get("/api/v1/activities").status_code == 507
    )
    (record,) = [
        record for record in caplog.records if record.name == "gateway.edge.request_log"
    ]
    assert (record.levelname, record.__dict__["about"]["status"]) == ("ERROR", 507)


def test_i8_a_line_in_the_log_names_the_route_and_nothing_the_caller_typed(
    bus: LocalBus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "gateway.edge.request_log")
    app_on(bus, tmp_path).test_client().get(
        "/api/v1/activities/13800138000?q=13800138000"
    )
    (record,) = [
        record for record in caplog.records if record.name == "gateway.edge.request_log"
    ]
    about = record.__dict__["about"]
    assert (about["route"], about["status"]) == ("/api/v1/activities/<activity>", 422)
    assert "13800138000" not in str(about) + record.getMessage()
