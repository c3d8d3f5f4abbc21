"""Another password by page: with the old one, from a page of ours; who has a second factor signs in anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.integration.gateway_stage import COMMUNITY, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_second_factor import Somebody
from tests.integration.test_signing_in import PASSWORD, Browser

PAGE = "/me/password"
NEW = "quite another 7"
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text("0")
    with gateway_over(tmp_path) as gateway:
        yield gateway


@pytest.fixture
def somebody(gateway: Gateway) -> Somebody:
    return Somebody(gateway, "13700000001", "community_worker", COMMUNITY)


def choose(somebody: Somebody, **changes: str) -> TestResponse:
    said = {"csrf": somebody.browser.csrf, "old": PASSWORD, "password": NEW}
    client = somebody.browser.client
    return client.post(PAGE, data=said | changes, headers=HERE)


def signed_in(somebody: Somebody) -> bool:
    return bool(somebody.browser.get("/sign-in/me").get_json()["signed_in"])


def test_it_is_chosen_by_page_and_this_browser_stays_in(somebody: Somebody) -> None:
    client = somebody.browser.client
    assert f'href="{PAGE}"' in client.get("/me").text
    shown = client.get(PAGE).text
    assert shown.count('type="password"') == 2
    done = choose(somebody)
    assert (done.status_code, done.headers["Location"]) == (303, "/me/signed-in")
    assert signed_in(somebody)
    said = {"phone": somebody.phone, "password": NEW}
    assert Browser(somebody.gateway).sign_in("password", **said).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"old": "not the old one"}, 401),
        ({"password": "1234567890"}, 422),
        ({"csrf": ""}, 403),
        ({"person": "P9"}, 422),
    ],
)
def test_what_is_wrong_changes_nothing_and_comes_back_without_a_word(
    somebody: Somebody, changes: dict[str, str], status: int
) -> None:
    refused = choose(somebody, **changes)
    assert refused.status_code == status
    assert NEW not in refused.text
    assert PASSWORD not in refused.text
    assert somebody.signs_in().status_code == 200


def test_a_page_of_somebody_else_s_changes_none(somebody: Somebody) -> None:
    client = somebody.browser.client
    said = {"csrf": somebody.browser.csrf, "old": PASSWORD, "password": NEW}
    other = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post(PAGE, data=said, headers=other).status_code == 403
    assert somebody.signs_in().status_code == 200


def test_who_is_not_signed_in_is_led_to_do_so(gateway: Gateway) -> None:
    client = gateway.client.application.test_client()
    led = client.get(PAGE, headers={"Accept": "text/html"})
    assert (led.status_code, led.headers["Location"]) == (
        303,
        "/sign-in?back=%2Fme%2Fpassword",
    )


@pytest.mark.parametrize("by", ["page", "program"])
def test_who_has_a_second_factor_signs_in_anew(somebody: Somebody, by: str) -> None:
    """It is done, and no failure on record: the new session would need the digits."""
    assert somebody.sets_up().status_code == 200
    if by == "page":
        assert choose(somebody).headers["Location"] == "/sign-in"
    else:
        said = {"old": PASSWORD, "password": NEW}
        done = somebody.browser.post("/sign-in/password/change", said)
        assert (done.status_code, done.get_json()) == (200, {"signed_in": False})
    assert not somebody.browser.cookie
    log = somebody.gateway.bus.hosts["people"].store.log
    types = [event.type for event in log.read(0, 1000)]
    assert "sign_in_failed.v1" not in types
    somebody.later(30)
    said = {"phone": somebody.phone, "password": NEW, "code": somebody.digits()}
    assert Browser(somebody.gateway).sign_in("password", **said).status_code == 200


@pytest.mark.parametrize("by", ["page", "program"])
def test_whoever_guesses_at_the_old_one_locks_the_account(
    somebody: Somebody, by: str
) -> None:
    """A session that somebody has taken is no better a place to guess than the door, and each try is on record."""

    def tried(old: str) -> int:
        somebody.gateway.client.application.extensions["throttle"].forget()
        if by == "page":
            return choose(somebody, old=old).status_code
        said = {"old": old, "password": NEW}
        return somebody.browser.post("/sign-in/password/change", said).status_code

    assert [tried(f"not the old one {n}") for n in range(5)] == [401] * 5
    log = somebody.gateway.bus.hosts["people"].store.log
    failed = [e.data for e in log.read(0, 1000) if e.type == "sign_in_failed.v1"]
    assert [one["counts"] for one in failed] == [True] * 5
    assert tried(PASSWORD) == 401
    assert somebody.signs_in().status_code == 401
    somebody.later(61)
    assert tried(PASSWORD) in (200, 303)
