"""Keys for programs by page: made once seen once, listed with what they may, ended; and nobody else's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_api_keys import Official
from tests.integration.test_signing_in import RECORD, Browser, accept, invite
from tests.integration.test_tokens import STAFFS

MINE = "/me/api-keys"
KEY = re.compile(r"<code>(xfh_[0-9A-Z]{26}_[\w-]{43})</code>")
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with gateway_over(tmp_path) as gateway:
        yield gateway


@pytest.fixture
def worker(gateway: Gateway) -> Official:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    return Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)


def send(official: Official, page: str, **filled: str) -> TestResponse:
    client = official.browser.client
    said = dict(HIDDEN.findall(client.get(page).text))
    said |= {name.replace("__", "/"): value for name, value in filled.items()}
    return client.post(page, data=said, headers=HERE)


def made(worker: Official, **changes: str) -> TestResponse:
    filled = {"name": "街道数据平台", "until": worker.until()}
    return send(worker, f"{MINE}/new", **filled, **changes)


def test_a_key_is_made_seen_once_and_ended_by_page(
    gateway: Gateway, worker: Official
) -> None:
    client = worker.browser.client
    assert f'href="{MINE}"' in client.get("/me").text
    page = made(worker, roles__0__scope=COMMUNITY)
    assert page.status_code == 200, page.text
    assert page.headers["Cache-Control"] == "no-store"
    [key] = KEY.findall(page.text)
    assert gateway.get(STAFFS, key).status_code == 200
    listed = client.get(MINE).text
    assert "街道数据平台" in listed
    assert "社区工作者（望平社区）" in listed
    assert key not in listed
    [end] = re.findall(r'href="(/desk/api-keys/[^"?]+/revoke)', listed)
    assert send(worker, end).headers["Location"] == MINE
    assert "已停用" in client.get(MINE).text


def test_a_form_sent_twice_makes_one_key_and_shows_it_once(worker: Official) -> None:
    client = worker.browser.client
    said = dict(HIDDEN.findall(client.get(f"{MINE}/new").text))
    said |= {"name": "平台", "until": worker.until(), "roles/0/scope": COMMUNITY}
    first, again = (
        client.post(f"{MINE}/new", data=said, headers=HERE) for _ in range(2)
    )
    assert len(KEY.findall(first.text)) == 1
    assert (again.status_code, KEY.findall(again.text)) == (200, [])
    assert client.get(MINE).text.count("/revoke") == 1


def test_what_is_refused_comes_back_as_it_was_filled_in(worker: Official) -> None:
    refused = made(worker)
    assert refused.status_code == 422
    assert 'value="街道数据平台"' in refused.text
    above = made(worker, roles__0__scope=DISTRICT)
    assert above.status_code == 403
    assert "密钥不能比自己的任职多" in above.text


def test_mass_assignment_the_hash_is_nobody_s_to_say(worker: Official) -> None:
    said = made(worker, roles__0__scope=COMMUNITY, hash="ab" * 32)
    assert said.status_code == 422


def test_who_holds_no_role_makes_none(gateway: Gateway) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = gateway.done("/people", admin, **RECORD)["id"]
    browser = Browser(gateway)
    accept(browser, invite(gateway, admin, person))
    assert browser.client.get(MINE).status_code == 200
    assert browser.client.get(f"{MINE}/new").status_code == 403
