"""Signing in over HTTP: what the cookie lets in, what a page must say besides, and how soon a role is gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.signin import access
from gateway.signin.routes import ACCESS
from gateway.signin.throttle import OF_A_NUMBER
from tests.examples import people as examples
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over

HERE = {"Origin": "http://localhost"}
PHONE, PASSWORD = "138 0000 1234", "correct horse 42"
OTHER_PHONE = "13700007777"
CONSENT = examples.CONSENT
RECORD = {"name": "王秀英", "born": "1950", "community": COMMUNITY, "consent": CONSENT}


class Browser:
    """One browser with its cookies, on a page of the platform."""

    def __init__(self, gateway: Gateway) -> None:
        self.client: FlaskClient = gateway.client.application.test_client()
        self.csrf = ""

    def post(self, path: str, said: Any = None, **headers: str) -> TestResponse:
        sent = HERE | {"X-CSRF-Token": self.csrf} | headers
        return self.client.post(path, json=said or {}, headers=sent)

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def sign_in(self, path: str, **said: str) -> TestResponse:
        answer = self.post(f"/sign-in/{path}", said)
        if answer.status_code == 200:
            self.csrf = answer.get_json()["csrf_token"]
        return answer

    @property
    def cookie(self) -> str:
        cookie = self.client.get_cookie("xfh")
        return cookie.value if cookie else ""


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with gateway_over(tmp_path) as gateway:
        yield gateway


@pytest.fixture
def admin(gateway: Gateway) -> str:
    return gateway.token("A1", ("district_admin", DISTRICT))


@pytest.fixture
def person(gateway: Gateway, admin: str) -> str:
    id: str = gateway.done("/people", admin, **RECORD)["id"]
    return id


@pytest.fixture
def browser(gateway: Gateway) -> Browser:
    return Browser(gateway)


def invite(gateway: Gateway, admin: str, person: str) -> str:
    sent = gateway.done(f"/people/{person}/invitation", admin)
    shown = gateway.get(f"/invitations/{sent['id']}", admin).get_json()
    assert shown["address"].endswith(shown["path"])
    secret: str = shown["path"].partition("=")[2]
    return secret


def accept(browser: Browser, secret: str, phone: str = PHONE) -> TestResponse:
    return browser.sign_in("invitation", secret=secret, phone=phone, password=PASSWORD)


@pytest.fixture
def signed_in(gateway: Gateway, admin: str, person: str, browser: Browser) -> Browser:
    assert accept(browser, invite(gateway, admin, person)).status_code == 200
    return browser


def grant(gateway: Gateway, admin: str, person: str) -> str:
    said = {"role": "community_worker", "scope": COMMUNITY, "basis": "聘用"}
    id: str = gateway.done(f"/people/{person}/roles", admin, **said)["id"]
    return id


def test_who_is_invited_is_in_and_seen_as_who_they_are(
    signed_in: Browser, person: str
) -> None:
    me = signed_in.get("/sign-in/me").get_json()
    assert (me["person"], me["signed_in"]) == (person, True)
    assert me["roles"] == [{"role": "resident", "scope": COMMUNITY}]
    record = signed_in.get("/api/v1/people/me").get_json()
    assert (record["name"], record["login"]) == ("王秀英", "13800001234")


def test_a_password_lets_in_and_a_wrong_one_and_an_unknown_number_do_alike_not(
    gateway: Gateway, signed_in: Browser
) -> None:
    other = Browser(gateway)
    wrong = other.sign_in("password", phone=PHONE, password="wrong password")
    unknown = other.sign_in("password", phone=OTHER_PHONE, password="wrong password")
    assert (wrong.status_code, wrong.data) == (401, unknown.data)
    assert wrong.get_json()["code"] == "wrong_credentials"
    right = other.sign_in("password", phone="+8613800001234", password=PASSWORD)
    assert right.status_code == 200


def test_a_code_from_the_desk_lets_in_who_has_no_password(
    gateway: Gateway, admin: str, person: str, browser: Browser
) -> None:
    gateway.done(f"/people/{person}/account", admin, phone=PHONE)
    given = gateway.done(f"/people/{person}/desk-code", admin)
    shown = gateway.get(f"/desk-codes/{given['id']}", admin).get_json()
    answer = browser.sign_in("desk", phone=PHONE, digits=shown["digits"])
    assert answer.get_json()["person"] == person
    again = Browser(gateway).sign_in("desk", phone=PHONE, digits=shown["digits"])
    assert again.get_json()["code"] == "wrong_credentials"


def test_the_cookie_is_for_the_browser_alone(signed_in: Browser) -> None:
    answer = signed_in.sign_in("password", phone=PHONE, password=PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_cookie_shows_is_kept_by_nobody(signed_in: Browser) -> None:
    answer = signed_in.get("/api/v1/people/me")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_sign_in_begins_a_new_session_whatever_the_browser_had(
    gateway: Gateway, signed_in: Browser
) -> None:
    """Fixation: a secret that somebody put into the browser is never let in."""
    browser = Browser(gateway)
    browser.client.set_cookie("xfh", "planted")
    browser.sign_in("password", phone=PHONE, password=PASSWORD)
    assert browser.cookie not in ("", "planted")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "00" * 32},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_s_page_changes_nothing(
    signed_in: Browser, headers: dict[str, str]
) -> None:
    path = "/api/v1/people/me/sign-out-everywhere"
    refused = signed_in.post(path, **headers)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "bad_csrf_token")
    assert signed_in.get("/sign-in/me").get_json()["signed_in"]
    assert signed_in.post(path).status_code == 200


def test_another_s_page_chooses_no_role_to_work_in(signed_in: Browser) -> None:
    client, role = signed_in.client, {"role": "community_worker~"}
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert client.post("/role", data=role, headers=elsewhere).status_code == 403
    assert client.get_cookie("xfh-role") is None
    assert client.post("/role", data=role, headers=HERE).status_code == 303
    assert client.get_cookie("xfh-role") is not None


def test_another_s_page_signs_nobody_in(gateway: Gateway, signed_in: Browser) -> None:
    other = Browser(gateway)
    said = {"phone": PHONE, "password": PASSWORD}
    refused = other.post("/sign-in/password", said, Origin="https://elsewhere.example")
    assert refused.get_json()["code"] == "bad_csrf_token"


def test_signing_out_ends_the_session_and_may_be_repeated(signed_in: Browser) -> None:
    stolen = signed_in.cookie
    for _ in range(2):
        assert signed_in.post("/sign-out").status_code == 200
        assert signed_in.cookie == ""
        signed_in.csrf = ""
    signed_in.client.set_cookie("xfh", stolen)
    assert signed_in.get("/sign-in/me").get_json() == {"signed_in": False}


def test_signing_out_everywhere_ends_the_other_browser_too(
    gateway: Gateway, signed_in: Browser
) -> None:
    other = Browser(gateway)
    other.sign_in("password", phone=PHONE, password=PASSWORD)
    assert signed_in.post("/api/v1/people/me/sign-out-everywhere").status_code == 200
    access_of(gateway).look_again()
    assert other.get("/sign-in/me").get_json() == {"signed_in": False}


def test_a_role_is_good_at_the_next_look_and_gone_at_the_next(
    gateway: Gateway, admin: str, person: str, signed_in: Browser
) -> None:
    path = f"/api/v1/people?division={COMMUNITY}"
    assert signed_in.get(path).status_code == 403
    held = grant(gateway, admin, person)
    access_of(gateway).look_again()
    assert signed_in.get(path).status_code == 200
    gateway.done(f"/roles/{held}/revoke", admin, reason="离任")
    access_of(gateway).look_again()
    assert signed_in.get(path).status_code == 403


def test_what_is_told_live_ends_with_the_role(
    gateway: Gateway, admin: str, person: str, signed_in: Browser
) -> None:
    held = grant(gateway, admin, person)
    access_of(gateway).look_again()
    told = signed_in.client.get("/live/desk", buffered=False).iter_encoded()
    assert next(told).startswith(b"retry:")
    gateway.done(f"/roles/{held}/revoke", admin, reason="离任")
    access_of(gateway).look_again()
    for _ in range(3):  # What was already on its way, and then no more.
        if not next(told, b""):
            return
    pytest.fail("It goes on.")


def test_a_suspended_account_is_out(
    gateway: Gateway, admin: str, person: str, signed_in: Browser
) -> None:
    account = gateway.get(f"/people/{person}", admin).get_json()["account"]
    gateway.done(f"/accounts/{account}/suspend", admin, reason="手机丢失")
    access_of(gateway).look_again()
    assert signed_in.get("/api/v1/people/me").status_code == 401
    again = signed_in.sign_in("password", phone=PHONE, password=PASSWORD)
    assert again.get_json()["code"] == "wrong_credentials"


def test_a_new_password_ends_every_other_session_and_begins_one(
    gateway: Gateway, signed_in: Browser
) -> None:
    other = Browser(gateway)
    other.sign_in("password", phone=PHONE, password=PASSWORD)
    said = {"old": PASSWORD, "password": "quite another 7"}
    wrong = signed_in.post("/sign-in/password/change", said | {"old": "not it at all"})
    assert wrong.get_json()["code"] == "wrong_credentials"
    assert signed_in.post("/sign-in/password/change", said).status_code == 200
    assert signed_in.get("/sign-in/me").get_json()["signed_in"]
    assert not other.get("/sign-in/me").get_json()["signed_in"]


def test_whoever_tries_too_often_is_not_asked_any_more(browser: Browser) -> None:
    said = {"phone": PHONE, "password": "wrong password"}
    codes = [browser.sign_in("password", **said).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_an_invitation_accepted_is_good_for_nobody_else(
    gateway: Gateway, admin: str, person: str, browser: Browser
) -> None:
    secret = invite(gateway, admin, person)
    accept(browser, secret)
    again = accept(Browser(gateway), secret, OTHER_PHONE)
    assert (again.status_code, again.get_json()["code"]) == (404, "not_found")


def test_a_worker_finds_somebody_by_name_without_writing_it_in_an_address(
    gateway: Gateway, person: str
) -> None:
    worker = gateway.token("W1", ("community_worker", COMMUNITY))
    found = gateway.post("/people/find", worker, division=COMMUNITY, name="王秀")
    assert [each["id"] for each in found.get_json()["items"]] == [person]
    resident = gateway.token("R7", ("resident", COMMUNITY))
    refused = gateway.post("/people/find", resident, division=COMMUNITY, name="王")
    assert refused.status_code == 403


def access_of(gateway: Gateway) -> access.Access:
    known: access.Access = gateway.client.application.extensions[ACCESS]
    return known


def test_an_invitation_asks_of_few_numbers_whose_they_are(
    gateway: Gateway, admin: str, person: str
) -> None:
    """What is refused after that tells whether a number was free, and uses nothing up."""
    secret = invite(gateway, admin, person)
    refused = [
        Browser(gateway)
        .sign_in(
            "invitation",
            secret=secret,
            phone=f"137000000{number:02}",
            password="王秀英王秀英王秀英1950",
        )
        .get_json()["code"]
        for number in range(OF_A_NUMBER.tries + 1)
    ]
    assert refused == ["easy_password"] * OF_A_NUMBER.tries + ["too_many_tries"]
