"""A browser whose session is over is led to sign in, and keeps nothing of the old one."""

from collections.abc import Iterator

import pytest

from gateway.signin.routes import ACCESS
from services.kit.errors import Unavailable
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import Browser, accept, invite


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway_over(tmp_path_factory.mktemp("over")) as gateway:
        yield gateway


@pytest.fixture
def browser(gateway: Gateway) -> Browser:
    return Browser(gateway)


def test_it_is_led_to_sign_in_and_its_cookie_is_cleared(browser: Browser) -> None:
    browser.client.set_cookie("xfh", "of a session that is over")
    led = browser.client.get("/me", headers={"Accept": "text/html"})
    assert led.status_code == 303
    assert led.headers["Location"].endswith("/sign-in?back=%2Fme")
    page = browser.get("/sign-in")
    assert (page.status_code, browser.cookie) == (200, "")


def test_one_that_is_good_is_kept_and_so_is_one_nobody_can_tell(
    gateway: Gateway, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = gateway.done("/people", admin, **RECORD)["id"]
    accept(browser, invite(gateway, admin, person))
    kept = browser.cookie
    browser.get("/sign-in")
    assert browser.cookie == kept

    def unknown(hash: str) -> None:
        raise Unavailable("people does not answer")

    access = gateway.client.application.extensions[ACCESS]
    monkeypatch.setattr(access, "of", unknown)
    browser.get("/sign-in")
    assert browser.cookie == kept


def test_who_has_no_cookie_is_told_nothing_of_one(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.get("/sign-in").headers
