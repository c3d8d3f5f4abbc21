"""Signing in by OpenID Connect, against a provider in a process of its own; and what is tried against it."""

import re
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from werkzeug.test import TestResponse

from services.kit.ways.configured import ways_in
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import PASSWORD, Browser, accept, invite
from tests.servers import free_address, running, text

HOME = "http://127.0.0.1:8000"
BACK = f"{HOME}/sign-in/with/city/back"
CLIENT, SECRET = "xianfenghui", "s3cr3t"
WAYS = """
[providers.city]
by = "oidc"
text = "市统一身份认证"
issuer = "{issuer}"
client = "{client}"
secret_file = "{folder}/city.secret"
"""
HERE = {"Origin": "http://localhost"}
SUBJECTS = count(1)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("oidc")
    (folder / "city.secret").write_text(SECRET)
    address = free_address()
    issuer = f"http://{text(address)}"
    command = [sys.executable, "-m", "tests.provider", text(address)]
    with (
        running(
            [*command, CLIENT, SECRET, BACK],
            {"AUTHLIB_INSECURE_TRANSPORT": "1"},
            address,
        ),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        ways = ways_in(WAYS.format(issuer=issuer, client=CLIENT, folder=folder))
        with gateway_over(folder, ways=ways) as gateway:
            yield gateway


@pytest.fixture
def subject() -> str:
    return f"u-{next(SUBJECTS)}"


def begin(browser: Browser, back: str = "/inbox") -> str:
    """Where the provider is, for this browser."""
    answer = browser.client.get("/sign-in/with/city", query_string={"back": back})
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.headers["Location"]


def consented(location: str, subject: str) -> str:
    """What the provider leads back to, once somebody has said yes there."""
    answer = requests.get(
        f"{location}&login_hint={subject}", allow_redirects=False, timeout=30
    )
    assert answer.headers["Location"].startswith(BACK)
    return answer.headers["Location"].removeprefix(HOME)


def come_back(browser: Browser, subject: str, back: str = "/inbox") -> TestResponse:
    return browser.client.get(consented(begin(browser, back), subject))


def signed_in(gateway: Gateway, phone: str) -> Browser:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = gateway.done("/people", admin, **RECORD)["id"]
    browser = Browser(gateway)
    assert accept(browser, invite(gateway, admin, person), phone).status_code == 200
    return browser


def link(browser: Browser, subject: str) -> TestResponse:
    answer = come_back(browser, subject)
    assert answer.headers["Location"] == "/sign-in/linking"
    form = {"csrf": browser.get("/sign-in/me").get_json()["csrf_token"]}
    return browser.client.post("/sign-in/linking", data=form, headers=HERE)


def who(browser: Browser) -> str:
    me = browser.get("/sign-in/me").get_json()
    return str(me.get("person", ""))


def test_who_linked_it_while_signed_in_comes_in_by_it_from_any_browser(
    gateway: Gateway, subject: str
) -> None:
    one = signed_in(gateway, "13800000001")
    linked = link(one, subject)
    assert (linked.status_code, linked.headers["Location"]) == (303, "/me")
    other = Browser(gateway)
    entered = come_back(other, subject)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/inbox")
    assert who(other) == who(one)


def test_what_is_linked_is_seen_and_ended_by_page(
    gateway: Gateway, subject: str
) -> None:
    one = signed_in(gateway, "13800000010")
    shown = one.get("/me/linked").text
    assert 'href="/sign-in/with/city?back=/me/linked"' in shown
    link(one, subject)
    shown = one.get("/me/linked").text
    assert "/sign-in/with/city" not in shown
    form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    others = signed_in(gateway, "13800000011")
    theirs = {"identity": form["identity"], "csrf": others.csrf}
    end = others.client.post("/me/linked", data=theirs, headers=HERE)
    assert end.status_code == 404
    bare = {"identity": form["identity"]}
    assert one.client.post("/me/linked", data=bare, headers=HERE).status_code == 403
    ended = one.client.post("/me/linked", data=form, headers=HERE)
    assert ended.headers["Location"] == "/me/linked"
    assert (
        come_back(Browser(gateway), subject).headers["Location"] == "/sign-in/linking"
    )
    assert Browser(gateway).get("/me/linked").status_code in (303, 401)


def test_who_is_not_linked_gets_no_account_and_is_asked_to_sign_in(
    gateway: Gateway, subject: str
) -> None:
    browser = Browser(gateway)
    people = len(gateway.bus.hosts["people"].store.log.read(0, 10_000))
    answer = come_back(browser, subject)
    assert answer.headers["Location"] == "/sign-in/linking"
    assert not who(browser)
    assert "用别的方式登录" in browser.get("/sign-in/linking").text
    events = gateway.bus.hosts["people"].store.log.read(people, 100)
    assert [event.type for event in events] == ["sign_in_failed.v1"]


def test_after_signing_in_another_way_it_can_be_linked_and_is_then_a_way_in(
    gateway: Gateway, subject: str
) -> None:
    signed_in(gateway, "13800000002")
    browser = Browser(gateway)
    come_back(browser, subject)
    browser.sign_in("password", phone="13800000002", password=PASSWORD)
    page = browser.get("/sign-in/linking")
    assert "市统一身份认证" in page.text
    form = {"csrf": browser.csrf}
    browser.client.post("/sign-in/linking", data=form, headers=HERE)
    other = Browser(gateway)
    come_back(other, subject)
    assert who(other) == who(browser)


def test_an_identity_that_is_another_account_s_is_not_taken(
    gateway: Gateway, subject: str
) -> None:
    one, other = (signed_in(gateway, f"1380000000{last}") for last in (3, 4))
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    mine = come_back(one, subject)
    theirs = come_back(other, subject)
    assert mine.headers["Location"] == theirs.headers["Location"] == "/sign-in/linking"
    assert admin
    for browser, status in ((one, 303), (other, 409)):
        form = {"csrf": browser.csrf}
        answer = browser.client.post("/sign-in/linking", data=form, headers=HERE)
        assert answer.status_code == status


def test_what_is_linked_is_told_and_can_be_unlinked(
    gateway: Gateway, subject: str
) -> None:
    browser = signed_in(gateway, "13800000005")
    link(browser, subject)
    (shown,) = browser.get("/sign-in/linked").get_json()["items"]
    assert shown["text"] == "市统一身份认证"
    assert subject not in browser.get("/sign-in/linked").text
    ended = browser.post("/sign-in/linked/end", {"identity": shown["id"]})
    assert ended.get_json() == {"linked": False}
    come_back(other := Browser(gateway), subject)
    assert not who(other)


def test_nobody_else_s_page_links_or_unlinks(gateway: Gateway, subject: str) -> None:
    """And none without the token of the form."""
    browser = signed_in(gateway, "13800000006")
    come_back(browser, subject)
    for headers in (HERE, {"Origin": "https://evil.example"}):
        answer = browser.client.post("/sign-in/linking", data={}, headers=headers)
        assert answer.status_code == 403
    assert browser.get("/sign-in/linked").get_json()["items"] == []
    browser.csrf = ""
    assert (
        browser.post("/sign-in/linked/end", {"identity": "ab" * 32}).status_code == 403
    )


def test_an_answer_is_good_in_the_browser_that_went_to_get_it_alone(
    gateway: Gateway, subject: str
) -> None:
    """Fixation: somebody leads a victim to where they themself have consented."""
    victim = signed_in(gateway, "13800000007")
    mine = victim.cookie
    attacker = consented(begin(Browser(gateway)), subject)
    for path in (attacker, attacker.partition("?")[0], f"{attacker}x"):
        assert victim.client.get(path).status_code == 403
    begin(victim)
    assert victim.client.get(attacker).status_code == 403
    assert victim.cookie == mine


def test_an_answer_is_good_once(gateway: Gateway, subject: str) -> None:
    browser = Browser(gateway)
    path = consented(begin(browser), subject)
    assert browser.client.get(path).status_code == 303
    assert browser.client.get(path).status_code == 403


def test_a_session_somebody_had_is_not_the_one_they_come_in_with(
    gateway: Gateway, subject: str
) -> None:
    link(signed_in(gateway, "13800000008"), subject)
    browser = Browser(gateway)
    browser.client.set_cookie("xfh", "planted")
    come_back(browser, subject)
    assert browser.cookie not in ("", "planted")


@pytest.mark.parametrize(
    "said",
    ["error=access_denied", "code=forged", "code=", "", "code=x&iss=https://evil"],
)
def test_what_the_provider_does_not_confirm_lets_in_nobody(
    gateway: Gateway, said: str
) -> None:
    browser = Browser(gateway)
    state = parse_qs(urlsplit(begin(browser)).query)["state"][0]
    answer = browser.client.get(f"/sign-in/with/city/back?{said}&state={state}")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "wrong_credentials")


def test_each_time_state_nonce_and_challenge_are_new_and_the_secret_is_not_said(
    gateway: Gateway,
) -> None:
    browser = Browser(gateway)
    once, again = (parse_qs(urlsplit(begin(browser)).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert once[name] != again[name]
    assert once["code_challenge_method"] == ["S256"]
    assert SECRET not in str(once)


def test_a_code_is_worth_nothing_without_the_browser_s_verifier(
    gateway: Gateway, subject: str
) -> None:
    """A code that somebody else has seen on the way."""
    path = consented(begin(Browser(gateway)), subject)
    code = parse_qs(urlsplit(path).query)["code"][0]
    thief = Browser(gateway)
    state = parse_qs(urlsplit(begin(thief)).query)["state"][0]
    answer = thief.client.get(f"/sign-in/with/city/back?code={code}&state={state}")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil",
        "x" * 400,
    ],
)
def test_nobody_is_led_to_a_page_of_somebody_else_s(
    gateway: Gateway, subject: str, back: str
) -> None:
    link(signed_in(gateway, f"1390000{next(SUBJECTS):04}"), subject)
    assert come_back(Browser(gateway), subject, back).headers["Location"] == "/start"


def test_what_may_be_linked_cannot_be_made_up_or_kept(
    gateway: Gateway, subject: str
) -> None:
    browser = signed_in(gateway, "13800000009")
    form = {"csrf": browser.csrf}
    for sealed in ("", "x", "AAAA" * 20):
        browser.client.set_cookie("xfh-linking", sealed)
        answer = browser.client.post("/sign-in/linking", data=form, headers=HERE)
        assert answer.status_code == 401
    come_back(browser, subject)
    Path(gateway.settings.clock_file).write_text("660")
    answer = browser.client.post("/sign-in/linking", data=form, headers=HERE)
    assert answer.status_code == 401


def test_a_provider_that_is_not_set_up_is_none(gateway: Gateway) -> None:
    browser = Browser(gateway)
    for path in ("with/other", "with/other/back"):
        assert browser.get(f"/sign-in/{path}").status_code == 404
    ways = browser.get("/sign-in/ways").get_json()["items"]
    assert ways[-1]["providers"] == [{"provider": "city", "text": "市统一身份认证"}]
    assert "/sign-in/with/city" in browser.get("/sign-in").text
