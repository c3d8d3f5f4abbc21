"""Keys of machines over HTTP: what one is good for, until when, and what is tried with those of others."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.signin.bearing import hash_of_key
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, STREET, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_signing_in import (
    CONSENT,
    RECORD,
    Browser,
    accept,
    access_of,
    invite,
)
from tests.integration.test_tokens import STAFFS, must_be

WORKER = {"role": "community_worker", "scope": COMMUNITY}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway_over(Path(tmp_path_factory.mktemp("keys"))) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def admin(gateway: Gateway) -> str:
    return gateway.token("A1", ("district_admin", DISTRICT))


class Official:
    """Somebody in an office, with an account, on a page of the platform."""

    def __init__(
        self, gateway: Gateway, admin: str, phone: str, role: str, scope: str
    ) -> None:
        self.gateway, self.browser = gateway, Browser(gateway)
        self.id = gateway.done("/people", admin, **RECORD)["id"]
        office = {"role": role, "scope": scope, "basis": "任命"}
        self.grant = gateway.done(f"/people/{self.id}/roles", admin, **office)["id"]
        invited = accept(self.browser, invite(gateway, admin, self.id), phone)
        assert invited.status_code == 200, invited.text

    def asks(self, *roles: dict[str, str], **changes: Any) -> Any:
        said = {"name": "街道数据平台", "roles": list(roles), "until": self.until()}
        return self.browser.post("/api/v1/api-keys", said | changes)

    def key(self, *roles: dict[str, str]) -> tuple[str, str]:
        """Its id and the key itself."""
        answer = self.asks(*roles or (WORKER,))
        assert answer.status_code == 201, answer.text
        said = answer.get_json()
        return said["document"]["id"], said["key"]

    def until(self, days: int = 30) -> str:
        day = self.gateway.settings.now() + timedelta(days=days)
        return day.date().isoformat()


@pytest.fixture(scope="module")
def worker(gateway: Gateway, admin: str) -> Official:
    return Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)


@pytest.fixture(scope="module")
def street(gateway: Gateway, admin: str) -> Official:
    return Official(gateway, admin, "13700000002", "street_admin", STREET)


def test_a_machine_does_what_its_key_says_and_is_itself_in_the_log(
    gateway: Gateway, worker: Official
) -> None:
    id, key = worker.key()
    assert gateway.get(STAFFS, key).status_code == 200
    gateway.done("/people", key, **RECORD)
    assert gateway.get(f"/api-keys/{id}", key).status_code in (403, 404)
    log = gateway.bus.hosts["people"].store.log
    last = log.read(log.head() - 1, 1)[0]
    assert (last.type, last.data["by"]) == ("person_recorded.v1", id)


def test_a_key_is_kept_by_nobody(gateway: Gateway, worker: Official) -> None:
    id, key = worker.key()
    secret = key.split("_", 2)[2]
    files = Path(gateway.settings.data).rglob("*")
    kept = b"".join(file.read_bytes() for file in files if file.is_file())
    assert secret.encode() not in kept
    assert hash_of_key(secret).encode() in kept
    shown = worker.browser.get(f"/api/v1/api-keys/{id}").text
    assert secret not in shown
    assert hash_of_key(secret) not in shown


def test_made_again_with_the_same_idempotency_key_it_is_the_same_and_not_shown(
    worker: Official,
) -> None:
    said = {"name": "平台", "roles": [WORKER], "until": worker.until()}
    once = {"Idempotency-Key": "once"}
    first = worker.browser.post("/api/v1/api-keys", said, **once).get_json()
    again = worker.browser.post("/api/v1/api-keys", said, **once)
    assert again.status_code == 201, again.text
    assert first.pop("key").startswith("xfh_")
    assert again.get_json() == first


def test_key_of_another_machine_an_id_and_a_secret_must_belong_together(
    gateway: Gateway, worker: Official, street: Official
) -> None:
    (mine, key), (others, other) = worker.key(), street.key(WORKER)
    for made in (
        f"xfh_{others}_{key.split('_', 2)[2]}",
        f"xfh_{mine}_{other.split('_', 2)[2]}",
        f"xfh_{worker.id}_{key.split('_', 2)[2]}",
    ):
        must_be(gateway.get(STAFFS, made), 401, "no_such_key")
    assert gateway.get(STAFFS, key).status_code == 200


def test_key_of_another_machine_nobody_else_sees_or_ends_it(
    gateway: Gateway, worker: Official, street: Official
) -> None:
    id, key = worker.key()
    path = f"/api/v1/api-keys/{id}"
    assert street.browser.get(path).status_code == 404
    assert street.browser.post(f"{path}/revoke").status_code == 404
    assert id not in street.browser.get("/api/v1/api-keys").text
    assert gateway.get(STAFFS, key).status_code == 200


def test_a_revoked_key_is_refused_at_the_next_look(
    gateway: Gateway, worker: Official
) -> None:
    id, key = worker.key()
    assert gateway.get(STAFFS, key).status_code == 200
    ended = worker.browser.post(f"/api/v1/api-keys/{id}/revoke")
    assert ended.status_code == 200, ended.text
    access_of(gateway).look_again()
    must_be(gateway.get(STAFFS, key), 401, "no_such_key")
    listed = worker.browser.get("/api/v1/api-keys").get_json()["items"]
    assert {one["id"]: one["state"] for one in listed}[id] == "revoked"


def test_a_key_is_worth_no_more_than_its_maker(gateway: Gateway, admin: str) -> None:
    maker = Official(gateway, admin, "13700000003", "community_worker", COMMUNITY)
    _, key = maker.key()
    assert gateway.get(STAFFS, key).status_code == 200
    gateway.done(f"/roles/{maker.grant}/revoke", admin, reason="离任")
    access_of(gateway).look_again()
    assert gateway.get(STAFFS, key).status_code == 403


def test_a_key_goes_with_an_erased_maker(gateway: Gateway, admin: str) -> None:
    maker = Official(gateway, admin, "13700000004", "community_worker", COMMUNITY)
    _, key = maker.key()
    gateway.done(f"/people/{maker.id}/erase", admin, wish="本人要求")
    access_of(gateway).look_again()
    must_be(gateway.get(STAFFS, key), 401, "no_such_key")


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("community_worker", STREET),
        ("community_worker", "510108002002"),
        ("street_admin", STREET),
        ("district_admin", DISTRICT),
        ("unit_liaison", "unit/U1"),
    ],
)
def test_scope_confusion_a_key_is_not_above_its_maker(
    worker: Official, role: str, scope: str
) -> None:
    must_be(worker.asks({"role": role, "scope": scope}), 403, "above_own")


def test_who_may_grant_a_role_may_give_it_to_a_machine(
    gateway: Gateway, street: Official
) -> None:
    _, key = street.key(WORKER)
    assert gateway.get(STAFFS, key).status_code == 200
    assert gateway.post("/divisions", key).status_code == 403


@pytest.mark.parametrize("how", ["machine", "developer"])
def test_scope_confusion_only_a_person_makes_keys(
    gateway: Gateway, worker: Official, how: str
) -> None:
    by_developer = gateway.token("worker-1", ("community_worker", COMMUNITY))
    token = worker.key()[1] if how == "machine" else by_developer
    said = {"name": "平台", "roles": [WORKER], "until": worker.until()}
    must_be(gateway.post("/api-keys", token, **said), 403, "only_by_account")
    assert gateway.post("/tokens", token).status_code == 401


def test_key_of_a_machine_does_nothing_for_its_maker_that_must_be_anothers(
    gateway: Gateway, admin: str, worker: Official
) -> None:
    """It has an id of its own: by that alone its maker would be somebody else."""
    _, key = worker.key()
    given = {
        "issuer": f"community/{COMMUNITY}",
        "title": "热心人",
        "on": worker.until(0),
    }
    own = gateway.post("/commendations", key, person=worker.id, **given)
    must_be(own, 403, "own_hours")
    elder = gateway.done("/people", admin, **RECORD)["id"]
    link = {"holder": worker.id, "kind": "proxy", "until": worker.until()}
    linked = gateway.post(f"/people/{elder}/links", key, consent=CONSENT, **link)
    must_be(linked, 403, "only_by_account")


@pytest.mark.parametrize(
    "more",
    [
        {"hash": "ab" * 32},
        {"person": "A1"},
        {"state": "live"},
        {"roles": [WORKER | {"seq": 1}]},
    ],
)
def test_mass_assignment_nothing_but_name_roles_and_day_is_taken(
    worker: Official, more: dict[str, Any]
) -> None:
    must_be(worker.asks(WORKER, **more), 422, "unknown_field")


def test_a_key_is_no_resident_s_and_ends_within_a_year(worker: Official) -> None:
    resident = {"role": "resident", "scope": COMMUNITY}
    assert worker.asks(resident).status_code == 422
    for days in (-1, 367):
        must_be(worker.asks(WORKER, until=worker.until(days)), 409, "too_long")


@pytest.mark.parametrize("headers", [{"X-CSRF-Token": ""}, {"Origin": "https://x.cn"}])
def test_csrf_another_s_page_makes_no_key(
    worker: Official, headers: dict[str, str]
) -> None:
    answer = worker.browser.post("/api/v1/api-keys", {}, **headers)
    must_be(answer, 403, "bad_csrf_token")
