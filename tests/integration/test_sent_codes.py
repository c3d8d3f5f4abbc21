"""Signing in by a code that was sent, over HTTP: only where it is set up, and alike whether the number is known."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from gateway.signin.codes import CODES, OF_AN_ADDRESS
from services.kit.actor import SYSTEM
from services.kit.clock import Deadline
from services.kit.ways.configured import ways_in
from tests.clocks import HUNG_S
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_signing_in import CONSENT, Browser

SMS = """
[senders.sms]
by = "http"
url = "http://127.0.0.1/send"
body = '{"mobile": "{phone}", "code": "{code}"}'
secret_file = "none"
"""
PHONE, NOBODY_S = "１３８ 0000-1234", "+86 137 0000 7777"
RECORD = {"name": "王秀英", "born": "1950", "community": COMMUNITY, "consent": CONSENT}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("codes")
    with gateway_over(folder, ways=ways_in(SMS)) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def person(gateway: Gateway) -> str:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    id: str = gateway.done("/people", admin, **RECORD)["id"]
    gateway.done(f"/people/{id}/account", admin, phone="13800001234")
    return id


MOMENTS = count(600, 7200)


@pytest.fixture(autouse=True)
def some_time_later(gateway: Gateway) -> None:
    """Two hours a test, so that no number has been asked for too often."""
    clock = Path(gateway.settings.clock_file)
    clock.write_text(str(next(MOMENTS)))
    gateway.client.application.extensions[CODES].throttle.forget()


@pytest.fixture
def browser(gateway: Gateway, person: str) -> Browser:
    return Browser(gateway)


def people(gateway: Gateway, name: str, said: Any, key: str = "") -> Any:
    deadline = Deadline.after(HUNG_S)
    return gateway.bus.call(
        "people", name, said, actor=SYSTEM, deadline=deadline, key=key
    )


def sent(gateway: Gateway, key: str) -> Any:
    """What the sender is to send now; None when there is nothing."""
    code = people(gateway, "take_code", {"sender": "sms"}, key)["document"]
    if code is None:
        return None
    return people(gateway, "read_code", {"sent_code": code["id"]})


def ask(browser: Browser, phone: str = PHONE) -> TestResponse:
    return browser.post("/sign-in/code/ask", {"phone": phone, "sender": "sms"})


def test_a_code_lets_in_who_typed_it_in_the_browser_that_asked(
    gateway: Gateway, browser: Browser, person: str
) -> None:
    assert ask(browser).get_json() == {"asked": True}
    message = sent(gateway, "K1")
    assert message["address"] == "+8613800001234"
    elsewhere = Browser(gateway).sign_in("code", digits=message["digits"])
    assert elsewhere.get_json()["code"] == "wrong_credentials"
    entered = browser.sign_in("code", digits=message["digits"])
    assert entered.get_json()["person"] == person
    assert browser.get("/sign-in/me").get_json()["signed_in"]
    again = browser.sign_in("code", digits=message["digits"])
    assert again.get_json()["code"] == "wrong_credentials"


def test_an_unknown_number_is_answered_byte_for_byte_the_same(
    gateway: Gateway, browser: Browser
) -> None:
    known, unknown = ask(browser), ask(Browser(gateway), NOBODY_S)
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert list(known.headers.keys()) == list(unknown.headers.keys())
    assert len(known.headers["Set-Cookie"]) == len(unknown.headers["Set-Cookie"])
    assert sent(gateway, "K2") is not None
    assert sent(gateway, "K3") is None
    wrong = [
        asker.sign_in("code", digits="000000") for asker in (browser, Browser(gateway))
    ]
    assert wrong[0].data == wrong[1].data


def test_a_number_however_it_is_written_is_asked_for_once_a_minute(
    gateway: Gateway,
) -> None:
    for number in (NOBODY_S, "13800001234"):
        assert ask(Browser(gateway), number).status_code == 200
    for number in ("008613700007777", "１３７ ００００ ７７７７", "+86138-0000-1234"):
        answer = ask(Browser(gateway), number)
        assert (answer.status_code, answer.get_json()["code"]) == (
            429,
            "too_many_tries",
        )
        assert answer.headers["Retry-After"] == "60"


def test_an_address_asks_so_often_whatever_the_number(browser: Browser) -> None:
    statuses = [
        ask(browser, f"139{number:08}").status_code
        for number in range(OF_AN_ADDRESS.tries + 1)
    ]
    assert statuses == [200] * OF_AN_ADDRESS.tries + [429]


@pytest.mark.parametrize(
    "phone", ["+1 555 0100", "+852 5123 4567", "12345", "", "13800001234\r\nX: 1"]
)
def test_no_number_but_one_of_the_mainland_is_asked_for(
    browser: Browser, phone: str
) -> None:
    assert ask(browser, phone).status_code == 422


def test_nobody_else_s_page_has_a_code_sent(browser: Browser) -> None:
    for path in ("code/ask", "code"):
        answer = browser.post(
            f"/sign-in/{path}", {}, Origin="https://elsewhere.example"
        )
        assert answer.get_json()["code"] == "bad_csrf_token"


def test_what_makes_a_code_good_is_for_the_browser_alone(browser: Browser) -> None:
    cookie = ask(browser).headers["Set-Cookie"]
    assert cookie.startswith("xfh-code=")
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Max-Age=300"))


def test_the_ways_are_those_that_are_set_up(browser: Browser, tmp_path: Path) -> None:
    ways = browser.get("/sign-in/ways").get_json()["items"]
    assert [way["way"] for way in ways] == ["desk", "password", "code"]
    assert ways[-1]["senders"] == [{"sender": "sms", "text": "短信"}]
    assert "/sign-in/sent" in browser.get("/sign-in").text
    with gateway_over(tmp_path) as bare:
        other = Browser(bare)
        ways = other.get("/sign-in/ways").get_json()["items"]
        assert [way["way"] for way in ways] == ["desk", "password"]
        assert "/sign-in/sent" not in other.get("/sign-in").text
        assert "没有开通" in other.get("/sign-in/sent").text
        assert ask(other).status_code == 404


def test_by_page_somebody_asks_types_the_code_and_is_where_they_wanted(
    gateway: Gateway, browser: Browser
) -> None:
    here = {"Origin": "http://localhost"}
    form = {"phone": PHONE, "sender": "sms", "back": "/inbox"}
    asked = browser.client.post("/sign-in/sent", data=form, headers=here)
    assert asked.status_code == 303
    assert asked.headers["Location"].endswith("/sign-in/sent/code?back=%2Finbox")
    form = {"digits": "000000", "back": "/inbox"}
    wrong = browser.client.post("/sign-in/sent/code", data=form, headers=here)
    assert wrong.status_code == 401
    form["digits"] = sent(gateway, "K4")["digits"]
    entered = browser.client.post("/sign-in/sent/code", data=form, headers=here)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/inbox")


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"],
)
def test_no_page_of_somebody_else_s_is_led_to(browser: Browser, back: str) -> None:
    here = {"Origin": "http://localhost"}
    form = {"phone": NOBODY_S, "sender": "sms", "back": back}
    asked = browser.client.post("/sign-in/sent", data=form, headers=here)
    assert "evil" not in asked.headers["Location"]
