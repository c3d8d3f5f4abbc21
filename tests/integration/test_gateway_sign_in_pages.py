"""Signing in by page: what is asked, what a browser is given, and what a page of somebody else's cannot do with it."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.signin.routes import THROTTLE
from gateway.signin.throttle import OF_A_NUMBER, OF_AN_ADDRESS
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
PHONE, PASSWORD = "13800138000", "红旗渠边的柳树 42"
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("entrance"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        yield front


@pytest.fixture(scope="module")
def invitation(front: Gateway) -> str:
    """What stands after the # of the link of somebody invited to work for the community."""
    admin = front.token("A1", ("district_admin", DISTRICT))
    consent = {"how": "书面", "on": "2026-06-01"}
    record = {"name": "李工", "community": COMMUNITY, "consent": consent}
    person = front.done("/people", admin, **record)["id"]
    role = {"role": "community_worker", "scope": COMMUNITY, "basis": "任命"}
    front.done(f"/people/{person}/roles", admin, **role)
    one = front.done(f"/people/{person}/invitation", admin)["id"]
    path: str = front.get(f"/invitations/{one}", admin).get_json()["path"]
    page, _, secret = path.partition("#invitation=")
    assert page == "/invite"
    return secret


@pytest.fixture(scope="module")
def browser(front: Gateway, invitation: str) -> FlaskClient:
    """Of the worker, who has accepted the invitation."""
    client: FlaskClient = front.client.application.test_client()
    said = {"secret": invitation, "phone": PHONE, "password": PASSWORD}
    answer = client.post("/invite", data=said, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/start"), (
        answer.text
    )
    return client


def csrf(page: TestResponse) -> str:
    [token] = set(re.findall(r'name="csrf" value="([0-9a-f]*)"', page.text))
    return str(token)


def test_an_invitation_lets_in_once_and_the_page_is_of_ones_own_role(
    front: Gateway, browser: FlaskClient, invitation: str
) -> None:
    assert "等我办的事" in browser.get("/desk").text
    again = {"secret": invitation, "phone": "13900139000", "password": PASSWORD}
    other = front.client.application.test_client()
    refused = other.post("/invite", data=again, headers=OURS)
    assert refused.status_code in (401, 403, 404, 409)
    assert PASSWORD not in refused.text


def test_the_cookie_is_for_our_pages_alone(
    front: Gateway, browser: FlaskClient
) -> None:
    client: FlaskClient = front.client.application.test_client()
    said = {"way": "password", "phone": PHONE, "password": PASSWORD, "back": "/desk"}
    answer = client.post("/sign-in", data=said, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert answer.headers["Cache-Control"] in ("no-store", "private, no-store")


def test_a_cookie_lasts_by_whatever_clock_the_browser_has(
    front: Gateway, browser: FlaskClient
) -> None:
    client: FlaskClient = front.client.application.test_client()
    said = {"way": "password", "phone": PHONE, "password": PASSWORD}
    cookie = client.post("/sign-in", data=said, headers=OURS).headers["Set-Cookie"]
    lasts = re.search(r"Max-Age=([0-9]+)", cookie)
    assert lasts is not None
    assert 11 * 3600 < int(lasts[1]) <= 12 * 3600


def test_a_form_of_somebody_elses_page_changes_nothing(
    front: Gateway, browser: FlaskClient
) -> None:
    resident = front.token("lin-mei", ("resident", DISTRICT))
    need = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
    one = front.done("/needs", resident, community=COMMUNITY, words="灯", **need)
    page = f"/desk/needs/{one['id']}/verify"
    said: dict[str, Any] = {"title": "楼道照明", "urgency": "routine"}
    token = csrf(browser.get(page))
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for data, headers in (
        (said, OURS),
        (said | {"csrf": "0" * 64}, OURS),
        (said | {"csrf": token}, evil),
        (said | {"csrf": token}, {}),
    ):
        assert browser.post(page, data=data, headers=headers).status_code == 403
    done = browser.post(page, data=said | {"csrf": token}, headers=OURS)
    assert done.status_code == 303


def test_one_sentence_for_whatever_is_wrong_and_no_secret_comes_back(
    front: Gateway, browser: FlaskClient
) -> None:
    client: FlaskClient = front.client.application.test_client()
    texts = set()
    for phone in (PHONE, "13700137000"):
        said = {"way": "password", "phone": phone, "password": "不对的密码 1234"}
        answer = client.post("/sign-in", data=said, headers=OURS)
        assert answer.status_code == 401
        assert "不对的密码" not in answer.text
        texts.add(answer.text.replace(phone, "…"))
    assert len(texts) == 1


def test_who_has_tried_too_often_is_told_when_to_come_again(front: Gateway) -> None:
    front.client.application.extensions[THROTTLE].forget()
    said = {"way": "password", "phone": "13700137000", "password": "不是这个密码 1"}
    for _ in range(OF_A_NUMBER.tries):
        assert front.client.post("/sign-in", data=said, headers=OURS).status_code == 401
    refused = front.client.post("/sign-in", data=said, headers=OURS)
    assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert 0 < int(refused.headers["Retry-After"]) <= OF_A_NUMBER.within_s
    assert "试得太多了" in refused.text
    front.client.application.extensions[THROTTLE].forget()


@pytest.mark.parametrize(("proxies", "of_others"), [(1, 401), (0, 429)])
def test_behind_a_proxy_of_ours_nobody_tries_on_behalf_of_others(
    tmp_path: Path, proxies: int, of_others: int
) -> None:
    """Without the setting what stands in the header is anybody's word."""
    with gateway(tmp_path, proxies=proxies) as front:
        for each in range(OF_AN_ADDRESS.tries):
            assert tried(front, each, "203.0.113.5") == 401
        assert tried(front, 61, f"198.51.100.7, 203.0.113.{4 + proxies}") == 429
        assert tried(front, 62, "203.0.113.5, 198.51.100.7") == of_others


def tried(front: Gateway, number: int, forwarded_for: str) -> int:
    """What comes of a wrong code for somebody's number, sent through the proxy."""
    headers = OURS | {"X-Forwarded-For": forwarded_for}
    said = {"way": "desk", "phone": str(13700137000 + number), "digits": "000000"}
    return front.client.post("/sign-in", data=said, headers=headers).status_code


def test_a_browser_offers_a_new_password_to_who_is_invited(front: Gateway) -> None:
    assert 'autocomplete="new-password"' in front.client.get("/invite").text
    assert 'autocomplete="current-password"' in front.client.get("/sign-in").text


def test_leaving_ends_the_session_and_takes_the_cookie(
    front: Gateway, browser: FlaskClient
) -> None:
    client: FlaskClient = front.client.application.test_client()
    said = {"way": "password", "phone": PHONE, "password": PASSWORD}
    client.post("/sign-in", data=said, headers=OURS)
    token = csrf(client.get("/needs/new"))
    kept = client.get_cookie("xfh") or client.get_cookie("__Host-xfh")
    assert kept is not None
    left = client.post("/leave", data={"csrf": token}, headers=OURS)
    assert (left.status_code, left.headers["Location"]) == (303, "/")
    client.set_cookie(kept.key, kept.value)
    assert client.get("/desk").headers["Location"].startswith("/sign-in")


BACKS = [
    "//evil.example",
    "https://evil.example",
    "/\\evil",
    "/\t/evil.example",
    "/\n/evil.example",
    "/me\r\nSet-Cookie: xfh=theirs",
    "/\0",
    "",
]


@pytest.mark.parametrize("back", BACKS)
def test_signing_in_leads_to_nobody_elses_address(
    front: Gateway, browser: FlaskClient, back: str
) -> None:
    front.client.application.extensions[THROTTLE].forget()
    client: FlaskClient = front.client.application.test_client()
    said = {"way": "password", "phone": PHONE, "password": PASSWORD, "back": back}
    answer = client.post("/sign-in", data=said, headers=OURS)
    assert answer.headers["Location"] == "/start"


def test_an_invitation_refused_for_what_was_chosen_can_be_sent_again(
    front: Gateway,
) -> None:
    client: FlaskClient = front.client.application.test_client()
    said = {"secret": "01JXA3V9Q2.proof", "phone": PHONE, "password": "短"}
    refused = client.post("/invite", data=said, headers=OURS)
    assert refused.status_code == 422
    assert 'value="01JXA3V9Q2.proof"' in refused.text
    assert "短" not in refused.text
    assert "no-store" in refused.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/sign-out", "/api/v1/people/me/sign-out-everywhere"])
def test_what_reads_no_form_believes_none(
    front: Gateway, browser: FlaskClient, path: str
) -> None:
    kind = "application/x-www-form-urlencoded"
    answer = browser.post(path, content_type=kind, headers=OURS)
    assert answer.status_code == 403, answer.text
    assert answer.get_json()["code"] == "bad_csrf_token"


NEED = {
    "words": "三号楼的灯<b>不亮</b>",
    "category": "零距离便民",
    "audience": "一老一小",
    "urgency": "routine",
    "community": COMMUNITY,
}


def test_what_was_filled_in_when_the_session_was_over_is_not_lost_without_a_word(
    front: Gateway, browser: FlaskClient
) -> None:
    front.client.application.extensions[THROTTLE].forget()
    client: FlaskClient = front.client.application.test_client()
    said = {"way": "password", "phone": PHONE, "password": PASSWORD}
    client.post("/sign-in", data=said, headers=OURS)
    token = csrf(client.get("/needs/new"))
    elsewhere = {"X-CSRF-Token": token} | OURS
    kept = client.get_cookie("xfh")
    assert kept is not None
    client.post("/sign-out", headers=elsewhere)
    client.set_cookie("xfh", kept.value)
    over = client.post("/needs/new", data=NEED | {"csrf": token}, headers=OURS)
    assert over.status_code == 401
    assert "没有提交" in over.text
    assert "三号楼的灯&lt;b&gt;不亮&lt;/b&gt;" in over.text
    assert 'href="/sign-in?back=%2Fneeds%2Fnew"' in over.text
    assert "no-store" in over.headers["Cache-Control"]


def test_what_was_filled_in_for_another_session_is_not_lost_without_a_word(
    front: Gateway, browser: FlaskClient
) -> None:
    wrong = browser.post("/needs/new", data=NEED | {"csrf": "0" * 64}, headers=OURS)
    assert wrong.status_code == 403
    assert "三号楼的灯" in wrong.text
    assert 'href="/needs/new">重新打开这一页' in wrong.text


def test_a_page_of_somebody_elses_puts_no_words_on_ours(front: Gateway) -> None:
    client: FlaskClient = front.client.application.test_client()
    for headers in ({}, {"Origin": "https://evil.example"}):
        answer = client.post("/needs/new", data=NEED, headers=headers)
        assert answer.status_code == 401
        assert "三号楼" not in answer.text


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        ("resident", "/me"),
        ("community_worker", "/desk"),
        ("street_admin", "/desk"),
        ("district_admin", "/desk"),
        ("district_analyst", "/district"),
        ("grid_member", "/desk/doorstep"),
        ("unit_liaison", "/unit"),
        ("partner_manager", "/partner"),
        ("branch_secretary", "/branch"),
    ],
)
def test_who_has_come_in_is_led_to_the_page_of_their_work(
    front: Gateway, role: str, begins: str
) -> None:
    bearer = {"Authorization": f"Bearer {front.token('B1', (role, DISTRICT))}"}
    assert front.client.get("/start", headers=bearer).headers["Location"] == begins


@pytest.mark.parametrize(
    ("page", "said", "says"),
    [
        ("/search", {"q": "没有这样的人"}, "没有找到"),
        ("/desk/for", {"name": "没有这样的人"}, "没有"),
        ("/desk/imports", {"kind": "units", "file": (BytesIO(b"?"), "a.csv")}, "文件"),
    ],
)
def test_who_has_a_cookie_is_answered_by_the_page_of_the_form(
    browser: FlaskClient, page: str, said: dict[str, Any], says: str
) -> None:
    said |= {"csrf": csrf(browser.get("/search"))}
    answer = browser.post(page, data=said, headers=OURS)
    assert answer.status_code != 403, answer.text
    assert says in answer.text
