"""While nobody can tell who may do what: staff is told so on every page of work, everybody goes on with their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.signin.access import GOOD_FOR_S
from gateway.web.serve import PAGES
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, STREET, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_api_keys import Official
from tests.integration.test_signing_in import access_of
from tests.integration.test_tokens import must_be

WORK = ("/desk", "/approve", "/ops", "/unit", "/partner", "/branch")
OPEN_TO_ALL = ("/", "/calendar", "/help", "/privacy")
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with gateway_over(tmp_path) as gateway:
        yield gateway


@pytest.fixture
def street(gateway: Gateway) -> Official:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    return Official(gateway, admin, "13700000002", "street_admin", STREET)


@pytest.fixture
def away(
    gateway: Gateway, street: Official, monkeypatch: pytest.MonkeyPatch
) -> Official:
    """Signed in and seen, and then people goes away for longer than what is known is good for."""
    assert street.browser.get("/sign-in/me").get_json()["signed_in"]
    gateway.bus.hosts.pop("people").stop()
    access = access_of(gateway)
    later = access._now() + GOOD_FOR_S + 1
    monkeypatch.setattr(access, "_now", lambda: later)
    assert not access.is_fresh
    return street


def said(away: Official, page: str) -> tuple[int, bool]:
    """The status, and whether it is said that nobody can tell."""
    answer = away.browser.client.get(page, headers=BROWSER)
    return answer.status_code, "暂时无法核对您的权限" in answer.text


def test_every_page_of_work_says_that_it_is_not_known(away: Official) -> None:
    """None says instead that there is nothing to do, or that one may not."""
    paths = {row.path for row in PAGES if "<" not in row.path}
    work = [path for path in paths if path.startswith(WORK)]
    assert len(work) > len(WORK)
    wrong = {path: said(away, path) for path in work}
    left = {path for path, answer in wrong.items() if answer[0] in (200, 403)}
    assert left <= {"/units"}
    assert said(away, "/desk") == said(away, "/approve") == (503, True)


def test_what_needs_a_role_is_unknown_and_not_forbidden(away: Official) -> None:
    asked = away.browser.get(f"/api/v1/contests?community={COMMUNITY}")
    must_be(asked, 503, "access_unknown")


def test_everybody_goes_on_with_what_is_open_and_their_own(away: Official) -> None:
    assert {page: said(away, page)[0] for page in OPEN_TO_ALL} == dict.fromkeys(
        OPEN_TO_ALL, 200
    )
    assert away.browser.get("/api/v1/me/signups").status_code == 200
    assert away.browser.client.get("/inbox", headers=BROWSER).status_code == 200
