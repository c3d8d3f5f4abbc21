"""Two replicas give one number to two accounts at once: one has it, the other is told that it is taken."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.sealed.notes import Note
from services.people.service import People
from tests.clocks import HUNG_S
from tests.given import refused
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import Browser, accept, invite

PHONE = "+8613800001234"
WORKER = Actor("W1", (Role("community_worker", COMMUNITY),))


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with gateway_over(tmp_path) as gateway:
        yield gateway


@pytest.fixture
def replica(gateway: Gateway) -> Iterator[LocalBus]:
    bus = LocalBus()
    bus.host(People, gateway.settings)
    yield bus
    bus.stop()


def open_account(bus: LocalBus, person: str) -> Any:
    return bus.call(
        "people",
        "open_account",
        {"person": person, "phone": PHONE},
        actor=WORKER,
        deadline=Deadline.after(HUNG_S),
        key=person,
    )


@pytest.mark.parametrize("when", ["before", "after"])
def test_whoever_is_in_the_log_first_has_the_number_and_keeps_it(
    gateway: Gateway, replica: LocalBus, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """The other replica writes in the middle of a turn: before or after the index is noted."""
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    first, second = (gateway.done("/people", admin, **RECORD)["id"] for _ in range(2))
    notes = gateway.bus.hosts["people"].notes
    put = notes.put_each

    def put_meanwhile(noted: Sequence[Note]) -> None:
        monkeypatch.setattr(notes, "put_each", put)
        if when == "after":
            put(noted)
        open_account(replica, first)
        if when == "before":
            put(noted)

    monkeypatch.setattr(notes, "put_each", put_meanwhile)
    with refused("phone_taken"):
        open_account(gateway.bus, second)
    assert "account" not in gateway.get(f"/people/{second}", admin).get_json()
    account = gateway.get(f"/people/{first}", admin).get_json()["account"]
    code = gateway.done(f"/people/{first}/desk-code", admin)
    digits = gateway.get(f"/desk-codes/{code['id']}", admin).get_json()["digits"]
    entered = Browser(gateway).sign_in("desk", phone=PHONE, digits=digits)
    assert entered.get_json()["person"] == first
    assert account


def test_a_number_that_was_given_up_is_free(gateway: Gateway) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    first, second = (gateway.done("/people", admin, **RECORD)["id"] for _ in range(2))
    account = gateway.done(f"/people/{first}/account", admin, phone=PHONE)["id"]
    taken = gateway.post(f"/people/{second}/account", admin, phone=PHONE)
    assert taken.get_json()["code"] == "phone_taken"
    gateway.done(f"/accounts/{account}/login", admin, phone="13700007777")
    gateway.done(f"/people/{second}/account", admin, phone=PHONE)
    gateway.done(f"/people/{second}/erase", admin, wish="本人要求")
    entered = accept(Browser(gateway), invite(gateway, admin, first))
    assert entered.get_json()["person"] == first
