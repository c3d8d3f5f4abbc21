"""Whether a number is somebody's is not to be told by how long the answer takes.

Compared is the processor's time of requests that alternate, by their medians; measured on until noise has evened out.
"""

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

import pytest
from werkzeug.test import TestResponse

from gateway.signin.codes import CODES
from gateway.signin.routes import THROTTLE
from services.kit.ways.configured import ways_in
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD, SMS
from tests.integration.test_signing_in import PASSWORD, Browser, accept, invite

KNOWN, UNKNOWN = "13800001234", "13700007777"
ALIKE = 0.05
PAIRS, ROUNDS = 15, 8
HOURS = count(3, 3)
Ask = Callable[[str], TestResponse]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("times")
    with gateway_over(folder, ways=ways_in(SMS)) as gateway:
        admin = gateway.token("A1", ("district_admin", DISTRICT))
        person = gateway.done("/people", admin, **RECORD)["id"]
        invited = accept(Browser(gateway), invite(gateway, admin, person), KNOWN)
        assert invited.status_code == 200
        yield gateway


def cost_s(gateway: Gateway, ask: Ask, phone: str) -> float:
    """Of one request, three hours after the one before: nobody has asked too often."""
    Path(gateway.settings.clock_file).write_text(str(next(HOURS) * 3600))
    for name in (CODES, THROTTLE):
        kept = gateway.client.application.extensions[name]
        getattr(kept, "throttle", kept).forget()
    began = time.process_time()
    answer = ask(phone)
    took_s = time.process_time() - began
    assert answer.status_code in (200, 401)
    return took_s


def difference(gateway: Gateway, ask: Ask) -> float:
    """The part by which one takes longer than the other; of the first round that is small, else of all."""
    known: list[float] = []
    unknown: list[float] = []
    apart = 1.0
    for _ in range(ROUNDS):
        for _ in range(PAIRS):
            known.append(cost_s(gateway, ask, KNOWN))
            unknown.append(cost_s(gateway, ask, UNKNOWN))
        apart = abs(median(known) / median(unknown) - 1)
        if apart < ALIKE:
            break
    return apart


def test_a_wrong_password_takes_as_long_for_a_number_of_nobody_s(
    gateway: Gateway,
) -> None:
    def ask(phone: str) -> TestResponse:
        return browser.post(
            "/sign-in/password", {"phone": phone, "password": f"not {PASSWORD}"}
        )

    browser = Browser(gateway)
    assert difference(gateway, ask) < ALIKE


def test_a_code_takes_as_long_to_ask_for(gateway: Gateway) -> None:
    def ask(phone: str) -> TestResponse:
        browser = Browser(gateway)
        return browser.post("/sign-in/code/ask", {"phone": phone, "sender": "sms"})

    assert difference(gateway, ask) < ALIKE


def test_a_wrong_code_from_the_desk_takes_as_long(gateway: Gateway) -> None:
    def ask(phone: str) -> TestResponse:
        return browser.post("/sign-in/desk", {"phone": phone, "digits": "000000"})

    browser = Browser(gateway)
    assert difference(gateway, ask) < ALIKE
