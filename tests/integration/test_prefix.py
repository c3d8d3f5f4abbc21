"""Under a prefix, behind a proxy that takes it off or passes it on, whatever the platform says of itself leads home."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from werkzeug.test import Client, TestResponse

from gateway.app import create
from gateway.edge.rpc import Services
from schemas.fields import instant
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.config.values import BadSetting
from services.xfh import registry
from tests.integration.gateway_stage import COMMUNITY, Gateway, gateway

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ORIGIN, PREFIX = "https://www.example.cn", "/city/xfh"
HOME = ORIGIN + PREFIX
DAY = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(
    days=7
)
LINKS = re.compile(r"""(?:href|src|action)=["']([^"'#][^"']*)["']""")


class Proxy:
    """A server with other things on it besides, which has the platform under a prefix."""

    def __init__(self, app: "WSGIApplication", *, takes_it_off: bool):
        self._app, self._takes_it_off = app, takes_it_off

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not f"{path}/".startswith(f"{PREFIX}/"):
            start_response("418 NOT OURS", [])
            return [b""]
        if self._takes_it_off:
            environ["PATH_INFO"] = path.removeprefix(PREFIX) or "/"
        environ.pop("RAW_URI", None)
        return self._app(environ, start_response)


class Browser:
    """Goes where it is led, from one address to the next, through the proxy."""

    def __init__(self, front: Gateway, *, takes_it_off: bool):
        self.front = front
        self._client = Client(
            Proxy(front.client.application, takes_it_off=takes_it_off)
        )

    def ask(
        self, url: str, token: str = "", method: str = "GET", **more: Any
    ) -> TestResponse:
        assert url.startswith(f"{HOME}/") or url == HOME, f"{url} leads away"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._client.open(
            url.removeprefix(ORIGIN),
            method=method,
            headers=headers,
            buffered=True,
            **more,
        )

    def links(self, url: str, token: str = "") -> list[str]:
        """Where the page leads; fails unless it is there."""
        answer = self.ask(url, token)
        assert answer.status_code == 200, f"{url}: {answer.text}"
        return [urljoin(url, unescape(link)) for link in LINKS.findall(answer.text)]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway"), public_url=HOME) as made:
        yield made


@pytest.fixture(params=[True, False], ids=["taken off", "passed on"])
def browser(front: Gateway, request: pytest.FixtureRequest) -> Browser:
    return Browser(front, takes_it_off=request.param)


def keeper(browser: Browser) -> str:
    return browser.front.token("W1", ("community_worker", COMMUNITY))


def drafted(browser: Browser) -> TestResponse:
    about = {
        "host": f"community/{COMMUNITY}", "title": "义诊", "category": "义诊", "community": COMMUNITY, "place": "院内",
        "capacity": 2, "starts_at": instant(DAY), "ends_at": instant(DAY + timedelta(hours=1)),
    }  # fmt: skip
    return browser.ask(f"{HOME}/api/v1/activities", keeper(browser), "POST", json=about)


def published(browser: Browser) -> str:
    id = str(drafted(browser).get_json()["document"]["id"])
    assert (
        browser.ask(
            f"{HOME}/api/v1/activities/{id}/publish", keeper(browser), "POST"
        ).status_code
        == 200
    )
    return id


def test_every_page_leads_to_what_is_there(browser: Browser) -> None:
    activity = published(browser)
    begin = [HOME, f"{HOME}/", f"{HOME}/api/docs", f"{HOME}/api/v1/", f"{HOME}/activities/{activity}",
             f"{HOME}/activities/{activity}/sign-in"]  # fmt: skip
    found = {link for page in begin for link in browser.links(page, keeper(browser))}
    assert len(found) >= 5
    for link in sorted(found):
        assert browser.ask(link, keeper(browser)).status_code == 200, link


def test_a_problem_told_as_a_page_is_styled_from_home(browser: Browser) -> None:
    for path in (
        "/verify/NOBODYHASTHIS",
        "/activities/nobody",
        "/reports/510108/2026-06",
        "/certificates/nobody",
    ):
        answer = browser.ask(f"{HOME}{path}")
        assert answer.status_code >= 400
        style, *_ = LINKS.findall(answer.text)
        assert browser.ask(urljoin(f"{HOME}{path}", style)).status_code == 200


def test_the_facts_of_a_figure_are_styled_from_home(browser: Browser) -> None:
    page = f"{HOME}/reports/{COMMUNITY}/2026-06/facts?figure=person_times"
    style, *_ = browser.links(page, keeper(browser))
    assert browser.ask(style).status_code == 200


def test_what_was_made_is_found_where_the_answer_says(browser: Browser) -> None:
    answer = drafted(browser)
    where = urljoin(f"{HOME}/api/v1/activities", answer.headers["Location"])
    assert (
        browser.ask(where, keeper(browser)).get_json()["id"]
        == answer.get_json()["document"]["id"]
    )


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/activities/nobody",
        "/api/v1/nowhere",
        "//",
        "/api/v1/needs/x",
        "/api/v1/activities?x=1",
    ],
)
def test_the_type_of_a_problem_is_explained_at_home(
    browser: Browser, path: str
) -> None:
    problem = browser.ask(f"{HOME}{path}").get_json()
    told = urljoin(f"{HOME}{path}", problem["type"])
    assert told == f"{HOME}/api/docs#{problem['code']}"


def test_the_description_says_where_its_paths_are(browser: Browser) -> None:
    description = browser.ask(f"{HOME}/api/v1/openapi.json").get_json()
    (server,) = description["servers"]
    assert server["url"] == HOME
    assert browser.ask(f"{server['url']}/api/v1/activities").status_code == 200


def test_the_next_page_is_found(browser: Browser) -> None:
    published(browser)
    published(browser)
    first = browser.ask(f"{HOME}/api/v1/activities?limit=1").get_json()
    second = browser.ask(f"{HOME}/api/v1/activities?limit=1&after={first['next']}")
    assert second.get_json()["items"][0]["id"] != first["items"][0]["id"]


def test_calendars_lead_home_and_one_s_own_is_where_it_says(browser: Browser) -> None:
    activity = published(browser)
    feed = browser.ask(
        f"{HOME}/api/v1/calendars/activities/{activity}.ics"
    ).text.replace("\r\n ", "")
    assert f"URL:{HOME}/activities/{activity}" in feed
    resident = browser.front.token("R1", ("resident", COMMUNITY))
    browser.ask(f"{HOME}/api/v1/me/calendar", resident, "POST")
    address = browser.ask(f"{HOME}/api/v1/me/calendar", resident).get_json()["address"]
    assert browser.ask(address).mimetype == "text/calendar"


def test_no_cookie_is_set_and_no_header_says_where_home_is(browser: Browser) -> None:
    strange = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "host=evil.example",
    }
    for path in ("/", "/api/v1/activities", f"/activities/{published(browser)}"):
        answer = browser._client.get(f"{PREFIX}{path}", headers=strange)
        assert "Set-Cookie" not in answer.headers
        assert "evil" not in f"{answer.text}{answer.headers}"


def test_it_still_answers_those_who_ask_it_directly(front: Gateway) -> None:
    for path in ("/readyz", "/healthz", "/api/v1/activities"):
        assert front.client.get(path).status_code == 200


@pytest.mark.parametrize(
    "prefix", ["/api", "/api/v1", "/static", "/verify", "/activities", "/healthz"]
)
def test_a_prefix_that_reads_like_one_of_our_addresses_is_refused(
    front: Gateway, prefix: str
) -> None:
    services = Services(LocalBus(), list(registry.SERVICES), 1.0, 8)
    with pytest.raises(BadSetting, match="XFH_PUBLIC_URL"):
        create(
            services,
            tokens.Verifier(tokens.public_key(front.settings)),
            ORIGIN + prefix,
        )


def test_what_only_begins_alike_is_not_under_the_prefix(front: Gateway) -> None:
    assert front.client.get(f"{PREFIX}x/api/v1/activities").status_code == 404
    assert front.client.get(f"{PREFIX}/api/v1/activities").status_code == 200
