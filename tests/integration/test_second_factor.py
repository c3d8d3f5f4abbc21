"""The second factor over HTTP: set up, asked for with a password, good once, taken off by an administrator alone."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pyotp import TOTP
from werkzeug.test import TestResponse

from services.kit.clock import system
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, STREET, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_signing_in import (
    PASSWORD,
    RECORD,
    Browser,
    accept,
    access_of,
    invite,
)
from tests.integration.test_tokens import must_be

MINE = "/api/v1/people/me/second-factor"
WRONG = "000000"


class Somebody:
    """With an account and perhaps an office; `clock` moves the platform's, so that no half minute is waited for."""

    def __init__(self, gateway: Gateway, phone: str, role: str, scope: str) -> None:
        self.gateway, self.phone, self.secret = gateway, phone, ""
        self.codes: list[str] = []
        self.browser = Browser(gateway)
        self.admin = gateway.token("A1", ("district_admin", DISTRICT))
        self.id = gateway.done("/people", self.admin, **RECORD)["id"]
        if role:
            office = {"role": role, "scope": scope, "basis": "任命"}
            gateway.done(f"/people/{self.id}/roles", self.admin, **office)
        accept(self.browser, invite(gateway, self.admin, self.id), phone)

    def sets_up(self) -> TestResponse:
        offered = self.browser.post(f"{MINE}/offer")
        assert offered.status_code == 200, offered.text
        uri = self.browser.get(MINE).get_json()["uri"]
        [self.secret] = parse_qs(urlsplit(uri).query)["secret"]
        answer = self.browser.post(f"{MINE}/confirm", {"code": self.digits()})
        self.codes = answer.get_json().get("recovery_codes", [])
        return answer

    def digits(self) -> str:
        return TOTP(self.secret).at(int(self.gateway.settings.now().timestamp()))

    def signs_in(self, browser: Browser | None = None, **more: str) -> TestResponse:
        self.gateway.client.application.extensions["throttle"].forget()
        said = {"phone": self.phone, "password": PASSWORD} | more
        return (browser or Browser(self.gateway)).sign_in("password", **said)

    def later(self, seconds: float) -> None:
        later_by(self.gateway, seconds)


def later_by(gateway: Gateway, seconds: float) -> None:
    clock = Path(gateway.settings.clock_file)
    shift = float(clock.read_text()) if clock.exists() else 0.0
    clock.write_text(str(shift + seconds))
    before = system().timestamp() + shift
    while gateway.settings.now().timestamp() < before + seconds:
        time.sleep(0.01)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("second"))
    (folder / "clock").write_text("0")
    with gateway_over(folder) as gateway:
        yield gateway


PHONES = (f"1370000{each:04}" for each in range(1000))


@pytest.fixture
def worker(gateway: Gateway) -> Somebody:
    return Somebody(gateway, next(PHONES), "community_worker", COMMUNITY)


@pytest.fixture
def street(gateway: Gateway) -> Somebody:
    return Somebody(gateway, next(PHONES), "street_admin", STREET)


def roles_of(answer: TestResponse) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {role["role"] for role in answer.get_json()["roles"]}


def test_who_has_set_one_up_is_asked_for_it_with_the_password(worker: Somebody) -> None:
    assert "community_worker" in roles_of(worker.signs_in())
    assert worker.sets_up().status_code == 200
    must_be(worker.signs_in(), 401, "second_factor_needed")
    must_be(worker.signs_in(code=WRONG), 401, "wrong_credentials")
    worker.later(30)
    assert "community_worker" in roles_of(worker.signs_in(code=worker.digits()))


def test_a_replayed_code_of_the_same_step_is_refused(worker: Somebody) -> None:
    """Those said to confirm it as well."""
    worker.sets_up()
    must_be(worker.signs_in(code=worker.digits()), 401, "wrong_credentials")
    worker.later(30)
    code = worker.digits()
    assert worker.signs_in(code=code).status_code == 200
    must_be(worker.signs_in(code=code), 401, "wrong_credentials")


def test_a_code_on_paper_is_good_once_and_kept_by_nobody(worker: Somebody) -> None:
    worker.sets_up()
    assert len(set(worker.codes)) == 10
    first, second, *_ = worker.codes
    assert worker.signs_in(code=first.upper()).status_code == 200
    must_be(worker.signs_in(code=first), 401, "wrong_credentials")
    assert worker.signs_in(code=second.replace("-", "")).status_code == 200
    assert worker.browser.get(MINE).get_json()["recovery_left"] == 8
    files = Path(worker.gateway.settings.data).rglob("*")
    kept = b"".join(file.read_bytes() for file in files if file.is_file())
    for secret in (worker.secret, *worker.codes):
        assert secret.encode() not in kept


def test_whether_the_password_is_right_is_not_told_while_the_account_is_locked(
    worker: Somebody,
) -> None:
    worker.sets_up()
    for _ in range(5):
        must_be(worker.signs_in(code=WRONG), 401, "wrong_credentials")
    must_be(worker.signs_in(), 401, "wrong_credentials")
    must_be(worker.signs_in(code=worker.codes[0]), 401, "wrong_credentials")
    worker.later(61)
    assert worker.signs_in(code=worker.codes[0]).status_code == 200


def test_an_administrator_without_one_comes_in_by_password_as_a_resident(
    street: Somebody,
) -> None:
    """The minute after the invitation is another thing: who chose the password had the link as well."""
    assert "street_admin" in roles_of(street.browser.get("/sign-in/me"))
    street.later(61)
    assert roles_of(street.signs_in(street.browser)) == {"resident"}
    refused = street.browser.get(f"/api/v1/people?division={COMMUNITY}")
    assert refused.status_code == 403
    program = street.browser.post("/api/v1/tokens").get_json()["access_token"]
    listed = street.gateway.get(f"/people?division={COMMUNITY}", program)
    assert listed.status_code == 403
    assert street.sets_up().status_code == 200
    assert roles_of(street.browser.get("/sign-in/me")) == {"resident"}
    street.later(30)
    assert "street_admin" in roles_of(street.signs_in(code=street.digits()))


def test_a_program_says_it_as_well(worker: Somebody) -> None:
    worker.sets_up()
    said = {"phone": worker.phone, "password": PASSWORD}
    must_be(worker.gateway.post("/tokens", **said), 401, "second_factor_needed")
    wrong = worker.gateway.post("/tokens", **said, code=WRONG)
    must_be(wrong, 401, "wrong_credentials")
    right = worker.gateway.post("/tokens", **said, code=worker.codes[0])
    assert right.status_code == 201


def taken_off(by: str, whose: Somebody) -> TestResponse:
    path = f"/people/{whose.id}/second-factor/take-off"
    return whose.gateway.post(path, by, reason="手机丢失")


def test_an_administrator_of_the_district_takes_it_off_and_nobody_else(
    gateway: Gateway, worker: Somebody, street: Somebody
) -> None:
    for somebody in (worker, street):
        somebody.sets_up()
    colleague = gateway.token("worker-1", ("community_worker", COMMUNITY))
    of_street = gateway.token("street-1", ("street_admin", STREET))
    elsewhere = gateway.token("admin-9", ("district_admin", "510104"))
    own = worker.browser.post(
        f"/api/v1/people/{worker.id}/second-factor/take-off", {"reason": "本人要求"}
    )
    assert own.status_code == 403
    for by in (colleague, of_street, elsewhere):
        for whose in (worker, street):
            assert taken_off(by, whose).status_code in (403, 404)
    missing = gateway.post(f"/people/{worker.id}/second-factor/take-off", worker.admin)
    assert missing.status_code == 422
    assert taken_off(worker.admin, worker).status_code == 200
    access_of(gateway).look_again()
    assert worker.browser.get("/sign-in/me").get_json() == {"signed_in": False}
    assert worker.signs_in().status_code == 200


def test_one_that_is_on_is_not_replaced_by_who_has_the_session(
    worker: Somebody,
) -> None:
    worker.sets_up()
    must_be(worker.browser.post(f"{MINE}/offer"), 409, "already_on")
    again = worker.browser.post(f"{MINE}/confirm", {"code": worker.digits()})
    must_be(again, 409, "nothing_offered")
    assert "uri" not in worker.browser.get(MINE).get_json()


def test_asked_again_with_the_same_key_the_codes_are_not_shown_again(
    worker: Somebody,
) -> None:
    worker.browser.post(f"{MINE}/offer")
    uri = worker.browser.get(MINE).get_json()["uri"]
    [worker.secret] = parse_qs(urlsplit(uri).query)["secret"]
    said, once = {"code": worker.digits()}, {"Idempotency-Key": "once"}
    first = worker.browser.post(f"{MINE}/confirm", said, **once).get_json()
    again = worker.browser.post(f"{MINE}/confirm", said, **once).get_json()
    assert (len(first["recovery_codes"]), again["recovery_codes"]) == (10, [])


@pytest.mark.parametrize("more", [{"hashes": ["ab" * 32] * 10}, {"step": 1}])
def test_mass_assignment_nothing_but_the_digits_is_taken(
    worker: Somebody, more: dict[str, Any]
) -> None:
    answer = worker.browser.post(f"{MINE}/confirm", {"code": WRONG} | more)
    must_be(answer, 422, "unknown_field")


def test_it_goes_with_an_erased_person(gateway: Gateway, worker: Somebody) -> None:
    worker.sets_up()
    notes = gateway.bus.hosts["people"].notes
    before = {note["id"] for note in notes.kept() if note["of"] == worker.id}
    assert {id.partition(".")[0] for id in before} >= {"totp", "recovery"}
    gateway.done(f"/people/{worker.id}/erase", worker.admin, wish="本人要求")
    assert not [note for note in notes.kept() if note["of"] == worker.id]


def test_by_page_it_is_set_up_and_asked_as_a_second_step(worker: Somebody) -> None:
    browser = worker.browser.client
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    form = {"csrf": worker.browser.csrf}
    begun = browser.post("/me/second-factor/offer", data=form, headers=ours)
    assert begun.headers["Location"] == "/me/second-factor"
    page = browser.get("/me/second-factor")
    assert "<svg" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    found = re.search(r"secret=([A-Z2-7]{32})", page.text)
    assert found is not None
    worker.secret = found[1]
    path, said = "/me/second-factor/confirm", {"code": worker.digits()}
    assert browser.post(path, data=said, headers=ours).status_code == 403
    done = browser.post(path, data=form | said, headers=ours)
    codes = re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){2})</code>", done.text)
    assert len(codes) == 10
    assert "已设置" in browser.get("/me/second-factor").text
    other = worker.gateway.client.application.test_client()
    way = {"way": "password", "phone": worker.phone, "password": PASSWORD}
    second = other.post("/sign-in", data=way, headers=ours)
    assert second.status_code == 401
    assert 'name="code"' in second.text
    assert PASSWORD not in second.text
    worker.later(30)
    way["code"] = worker.digits()
    entered = other.post("/sign-in", data=way, headers=ours)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/start")


def test_whoever_administers_from_now_on_is_sent_another_link(
    gateway: Gateway, worker: Somebody
) -> None:
    """Whoever sent the one before may have chosen password and second factor."""
    worker.sets_up()
    office = {"role": "street_admin", "scope": STREET, "basis": "任命"}
    other = gateway.token("A2", ("district_admin", DISTRICT))
    gateway.done(f"/people/{worker.id}/roles", other, **office)
    worker.later(30)
    browser = Browser(gateway)
    assert roles_of(worker.signs_in(browser, code=worker.digits())) == {"resident"}
    assert browser.get(MINE).get_json()["invitation_needed"]
    assert "重新发一份邀请" in browser.get("/me/second-factor").text
    accept(browser, invite(gateway, worker.admin, worker.id), worker.phone)
    worker.later(30)
    assert "street_admin" in roles_of(worker.signs_in(browser, code=worker.digits()))
    assert "invitation_needed" not in browser.get(MINE).get_json()
