"""Audit over HTTP: who was shown whose data is found afterwards, and no list leaves unrecorded."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import StoreFull
from tests.clocks import wait_until
from tests.examples import people as examples
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, STREET, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_signing_in import Browser

RECORD = {
    **examples.RECORD,
    "community": COMMUNITY,
    "consent": examples.CONSENT,
}
JUNE = datetime(2026, 6, 13, 6, tzinfo=UTC).timestamp()
SESSION = {"starts_at": "2026-06-14T06:30:00Z", "ends_at": "2026-06-14T07:30:00Z"}
ACTIVITY = {
    "host": f"community/{COMMUNITY}",
    "title": "包粽子",
    "capacity": 9,
    "community": COMMUNITY,
    "category": "邻里节庆",
    "place": "广场",
}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(JUNE - time.time()))
    with gateway_over(tmp_path) as front:
        yield front


@pytest.fixture
def admin(front: Gateway) -> str:
    return front.token("A1", ("district_admin", DISTRICT))


@pytest.fixture
def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


@pytest.fixture
def person(front: Gateway, worker: str) -> str:
    id: str = front.done("/people", worker, **RECORD)["id"]
    return id


def told(front: Gateway, token: str, words: str = "") -> list[dict[str, Any]]:
    """What is on record by now; all that was seen before has been told."""
    front.client.application.services.looks.tell()  # type: ignore[attr-defined]
    answer = front.get(f"/audit?division={DISTRICT}{words}", token)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def test_a_sign_in_that_failed_is_told_with_its_network_and_the_end_of_the_number(
    front: Gateway, admin: str, worker: str, person: str, tmp_path: Path
) -> None:
    front.done(f"/people/{person}/account", worker, phone="13800001234")
    for phone in ("13800001234", "13700005678"):
        tried = {"phone": phone, "password": "not the password 42"}
        assert Browser(front).post("/sign-in/password", tried).status_code == 401
    found = told(front, admin, "&kind=sign_in_failed")
    assert [(one["network"], one["number"]) for one in found] == [
        ("127.0.0.0/24", "78"),
        ("127.0.0.0/24", "34"),
    ]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"127.0.0." in text for text in kept)


def test_who_is_shown_somebody_s_record_is_told_to_the_district_and_to_them(
    front: Gateway, admin: str, worker: str, person: str
) -> None:
    front.get(f"/people/{person}", worker)
    front.post("/people/find", worker, division=COMMUNITY, name="王")
    of_them = f"&person={person}"
    assert {one["kind"] for one in told(front, admin, of_them)} == {"record", "search"}
    assert {one["by"] for one in told(front, admin, of_them)} == {"W1"}
    street = front.token("S1", ("street_admin", "510108003"))
    assert told(front, street, of_them) == []
    themself = front.token(person, ("resident", COMMUNITY))
    mine = front.get(f"/people/{person}/looks", themself).get_json()["items"]
    assert {(one["kind"], one["by"]) for one in mine} == {
        ("record", "W1"),
        ("search", "W1"),
    }


def test_it_is_told_without_being_asked_for(
    front: Gateway, worker: str, person: str
) -> None:
    front.get(f"/people/{person}", worker)
    log = front.bus.hosts["people"].store.log
    wait_until(lambda: bool(log.read(0, 9, ("looks_recorded.v1",))))


def test_looking_at_the_audit_is_on_record(front: Gateway, admin: str) -> None:
    told(front, front.token("S1", ("street_admin", STREET)))
    (look,) = told(front, admin)
    assert (look["kind"], look["by"], look["about"]) == ("audit", "S1", DISTRICT)


def activity(front: Gateway, worker: str) -> str:
    id: str = front.done("/activities", worker, **ACTIVITY, **SESSION)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", worker)
    return id


def test_a_list_of_people_is_on_record_before_it_is_handed_out(
    front: Gateway, admin: str, worker: str
) -> None:
    address = f"/lists/roster.csv?activity={activity(front, worker)}"
    assert front.client.get(f"/api/v1{address}", headers=_bearer(worker)).data
    (export,) = told(front, admin, "&kind=export")
    assert (export["by"], export["list"]) == ("W1", "活动名册")


def test_what_cannot_be_recorded_is_neither_exported_nor_revealed_but_is_read(
    front: Gateway, worker: str, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/lists/roster.csv?activity={activity(front, worker)}"

    def full(*args: object, **more: object) -> int:
        raise StoreFull("存储已满")

    monkeypatch.setattr(front.bus.hosts["people"].store.log, "append", full)
    answer = front.client.get(address, headers=_bearer(worker))
    assert answer.status_code == 503
    assert answer.get_json()["code"] == "not_recorded"
    revealed = front.post(f"/people/{person}/reveal", worker, reason="联系本人")
    assert revealed.status_code == 507
    shown = front.get(f"/people/{person}", worker)
    assert shown.status_code == 200
    assert shown.get_json()["plain"] is False
    monkeypatch.undo()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_it_is_a_page_for_oneself_and_one_for_administrators(
    front: Gateway, admin: str, worker: str, person: str
) -> None:
    front.get(f"/people/{person}", worker)
    told(front, admin)
    themself = front.token(person, ("resident", COMMUNITY))
    mine = front.client.get("/me/looks", headers=_bearer(themself))
    assert mine.status_code == 200
    assert "查看资料" in mine.text
    stranger = front.token("R9", ("resident", COMMUNITY))
    assert (
        "还没有人看过" in front.client.get("/me/looks", headers=_bearer(stranger)).text
    )
    page = front.client.get("/ops/audit?kind=record", headers=_bearer(admin))
    assert "no-store" in page.headers["Cache-Control"]
    assert "王*" in page.text
    assert examples.NAME not in page.text
    refused = front.client.get("/ops/audit", headers=_bearer(worker))
    assert refused.status_code == 403


def test_the_last_seal_is_a_page_to_print(front: Gateway) -> None:
    assert "还没有封条" in front.client.get("/seals").text
    for name in ("branches", "people"):
        front.bus.hosts[name].sealing.seal(10)
    [seal] = front.get("/seals").get_json()["items"]
    assert seal["service"] == "branches"
    page = front.client.get("/seals").text
    assert f'<p class="value">{seal["short"]}</p>' in page
    assert f"<p>党支部与区划第 1 到 {seal['upto']} 个事件</p>" in page
