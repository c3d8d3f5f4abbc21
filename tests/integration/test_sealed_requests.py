"""Whoever has the broker's password and no key asks people for nothing, not as the platform either."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.actor import SYSTEM
from services.kit.buses.local import LocalBus
from services.kit.buses.rabbit.sealing import NOTHING_SEALED, Sealing
from services.kit.buses.rabbit.serving import answered
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.people.service import People
from services.xfh import registry
from tests.clocks import HUNG_S


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    bus = LocalBus()
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    yield bus.host(People, settings)
    bus.stop()


def request(method: str, payload: Json) -> Json:
    """As a caller sends it and `Bundle` reads it."""
    return {
        "id": "1",
        "method": method,
        "payload": payload,
        "actor": SYSTEM.as_dict(),
        "key": "K1",
        "trace": "",
        "until": time.time() + HUNG_S,
    }


def ask(host: Host, sent: Json, sealing: Sealing) -> Any:
    arrived = json.loads(json.dumps(sent)) | {"deadline": Deadline.after(HUNG_S)}
    return json.loads(answered(host, arrived, sealing))


def test_without_the_key_nothing_is_asked_and_nothing_heard(host: Host) -> None:
    sealing = Sealing(registry.SEALED, lambda: b"k" * 32)
    question = request("check_password", {"phone": "+8613800001234", "password": "x"})
    plain = ask(host, NOTHING_SEALED.request("people", question), sealing)
    assert plain["problem"]["code"] == "not_sealed"
    stranger = Sealing(registry.SEALED, lambda: b"o" * 32)
    forged = ask(host, stranger.request("people", question), sealing)
    assert forged["problem"]["code"] == "not_sealed"
    sent = sealing.request("people", question)
    answer = ask(host, sent, sealing)
    assert "right" not in json.dumps(answer)
    heard = sealing.heard("people", sent, answer["answer"])
    assert heard == {"account": "", "right": False}


def test_whether_it_is_well_everybody_may_ask(host: Host) -> None:
    sealing = Sealing(registry.SEALED, lambda: b"k" * 32)
    assert "troubles" in ask(host, request("condition", {}), sealing)["answer"]
