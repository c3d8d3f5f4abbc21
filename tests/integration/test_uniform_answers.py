"""Whether a number is somebody's is in no answer to who is not let in: by no way in, for programs or by page."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.signin.codes import CODES
from gateway.signin.routes import THROTTLE
from services.kit.ways.configured import ways_in
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD, SMS
from tests.integration.test_signing_in import Browser, accept, invite

OPEN, SUSPENDED, BARE, LOCKED, GONE, UNKNOWN = (f"1380000123{n}" for n in range(6))
PAGE = {"Accept": "text/html"}
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
WRONG, DIGITS, RECOVERY = "not the password 42", "000000", "abcd-efgh-ijkl"
# Of an answer, what is made anew each time; for how long it holds is compared by `Max-Age`.
FRESH = re.compile(r"=[\w-]{43};|(?<=Expires=)[^;]+")
Way = Callable[[FlaskClient, str], TestResponse]


def said(path: str, **what: str) -> Way:
    def ask(client: FlaskClient, phone: str) -> TestResponse:
        headers = HERE | {"Idempotency-Key": "once"}
        return client.post(path, json={"phone": phone} | what, headers=headers)

    return ask


def filled_in(path: str, **what: str) -> Way:
    def ask(client: FlaskClient, phone: str) -> TestResponse:
        return client.post(path, data={"phone": phone} | what, headers=HERE | PAGE)

    return ask


def code_tried(client: FlaskClient, phone: str) -> TestResponse:
    """One that was asked for in the same browser."""
    said("/sign-in/code/ask", sender="sms")(client, phone)
    return client.post("/sign-in/code", json={"digits": DIGITS}, headers=HERE)


WAYS: dict[str, Way] = {
    "password": said("/sign-in/password", password=WRONG),
    "recovery": said("/sign-in/password", password=WRONG, code=RECOVERY),
    "desk": said("/sign-in/desk", digits=DIGITS),
    "code": said("/sign-in/code/ask", sender="sms"),
    "code tried": code_tried,
    "program": said("/api/v1/tokens", password=WRONG),
    "program, recovery": said("/api/v1/tokens", password=WRONG, code=RECOVERY),
    "password, page": filled_in("/sign-in", way="password", password=WRONG),
    "second step, page": filled_in(
        "/sign-in", way="password", password=WRONG, code=RECOVERY
    ),
    "desk, page": filled_in("/sign-in", way="desk", digits=DIGITS),
    "code, page": filled_in("/sign-in/sent", sender="sms"),
}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("answers")
    with gateway_over(folder, ways=ways_in(SMS)) as gateway:
        admin = gateway.token("A1", ("district_admin", DISTRICT))
        accounts = {phone: opened(gateway, admin, phone) for phone in (OPEN, LOCKED)}
        accounts |= {
            phone: opened(gateway, admin, phone) for phone in (SUSPENDED, GONE)
        }
        bare = gateway.done("/people", admin, **RECORD)["id"]
        gateway.done(f"/people/{bare}/account", admin, phone=BARE)
        account = gateway.get(f"/people/{accounts[SUSPENDED]}", admin).get_json()
        suspend = f"/accounts/{account['account']}/suspend"
        gateway.done(suspend, admin, reason="可疑登录")
        gateway.done(f"/people/{accounts[GONE]}/erase", admin, wish="本人要求")
        for _ in range(6):
            WAYS["password"](gateway.client.application.test_client(), LOCKED)
        yield gateway


def opened(gateway: Gateway, admin: str, phone: str) -> str:
    person: str = gateway.done("/people", admin, **RECORD)["id"]
    invited = accept(Browser(gateway), invite(gateway, admin, person), phone)
    assert invited.status_code == 200, invited.text
    return person


def answered(gateway: Gateway, way: str, phone: str) -> tuple[int, str, set[str]]:
    app = gateway.client.application
    for name in (CODES, THROTTLE):
        kept = app.extensions[name]
        getattr(kept, "throttle", kept).forget()
    answer = WAYS[way](app.test_client(), phone)
    headers = {f"{name}: {FRESH.sub('', text)}" for name, text in answer.headers}
    about_itself = {one for one in headers if one.lower().startswith("trace")}
    return answer.status_code, answer.text.replace(phone, ""), headers - about_itself


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_tells_whose_a_number_is(gateway: Gateway, way: str) -> None:
    nobody = answered(gateway, way, UNKNOWN)
    for known in (OPEN, SUSPENDED, BARE, LOCKED, GONE):
        assert answered(gateway, way, known) == nobody, known
