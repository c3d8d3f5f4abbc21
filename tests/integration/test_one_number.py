"""Two replicas give one number to two accounts at once: one has it, the other is told that it is taken."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.sealed.notes import Note
from services.people.rules import guessing
from services.people.service import People
from tests.clocks import HUNG_S
from tests.given import refused
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_api_keys import Official
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


def test_numbers_are_not_guessed_by_a_worker_with_all_their_keys(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a number is somebody's is heard so often on a day, whichever way, and each time is on record."""
    monkeypatch.setattr(guessing, "MOST_A_DAY", 4)
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    first, second = (gateway.done("/people", admin, **RECORD)["id"] for _ in range(2))
    gateway.done(f"/people/{first}/account", admin, phone=PHONE)
    worker = Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)
    (one, key), (_, another) = worker.key(), worker.key()
    right: dict[str, Any] = {"name": RECORD["name"], "phone": PHONE}
    for number in range(2):
        wrong = right | {"phone": f"1370000777{number}"}
        assert found(gateway, key, wrong) == found(gateway, another, wrong) == []
    for asks in (key, another):
        again = gateway.post("/people/find-by-number", asks, **right)
        code = again.get_json()["code"]
        assert (again.status_code, code) == (409, "too_many_today")
    path = f"/api/v1/people/{second}/account"
    taken = worker.browser.post(path, {"phone": PHONE})
    assert taken.get_json()["code"] == "too_many_today"
    other = gateway.token("W9", ("community_worker", COMMUNITY))
    assert [person["id"] for person in found(gateway, other, right)] == [first]
    entries = gateway.get(f"/audit?division={DISTRICT}&by={one}", admin).get_json()
    assert [each["kind_text"] for each in entries["items"]] == ["按手机号核对"] * 2
    said = [
        gateway.post(path.removeprefix("/api/v1"), other, phone=PHONE) for _ in range(5)
    ]
    codes = [answer.get_json()["code"] for answer in said]
    assert codes == [*["phone_taken"] * 4, "too_many_today"]


def found(gateway: Gateway, token: str, said: dict[str, Any]) -> list[Any]:
    answer = gateway.post("/people/find-by-number", token, **said)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.get_json()["items"]
    return items
