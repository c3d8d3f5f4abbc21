"""What is refused, by whatever part, is told as a page to a browser and as a problem document to a program."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.edge.rpc import Services
from gateway.signin.access import Access
from services.kit.errors import Unavailable
from tests.integration.gateway_stage import Gateway, gateway

SHOWN = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
OURS = SHOWN | {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
TOO_MUCH = {"phone": "1" * 1_200_000}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(Path(tmp_path_factory.mktemp("refused"))) as front:
        yield front


@pytest.mark.parametrize("address", ["/nowhere", "//nowhere", "/signups/x/cancel"])
def test_an_address_that_is_none_is_told_as_a_page(
    front: Gateway, address: str
) -> None:
    told = front.client.get(f"http://localhost{address}", headers=SHOWN)
    assert told.status_code in (404, 405)
    assert told.mimetype == "text/html"
    assert 'role="alert"' in told.text
    assert "default-src 'none'" in told.headers["Content-Security-Policy"]
    assert told.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/sign-in", "/invite", "/display", "/needs/new"])
def test_a_form_that_is_too_large_is_told_as_a_page(front: Gateway, path: str) -> None:
    told = front.client.post(path, data=TOO_MUCH, headers=OURS)
    assert (told.status_code, told.mimetype) == (413, "text/html")
    assert "内容太大" in told.text


def no_place(*_: Any) -> None:
    raise Unavailable("现在人多，请稍后再试")


def test_what_the_door_refuses_is_told_as_a_page(
    front: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Services, "place", no_place)
    told = front.client.get("/", headers=SHOWN)
    assert (told.status_code, told.mimetype) == (503, "text/html")
    assert "现在人多" in told.text
    assert told.headers["Retry-After"] == "1"


def not_told(*_: Any) -> None:
    raise Unavailable("暂时无法核对您的权限，请稍后再试")


def test_who_is_signed_in_is_not_asked_to_sign_in_when_that_cannot_be_told(
    front: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Access, "of", not_told)
    client = front.client.application.test_client()
    client.set_cookie("xfh", "s" * 43)
    told = client.get("/me", headers=SHOWN)
    assert (told.status_code, told.mimetype) == (503, "text/html")
    assert "暂时无法核对" in told.text


@pytest.mark.parametrize("address", ["/nowhere", "/api/v1/nowhere"])
@pytest.mark.parametrize("accept", ["*/*", "application/json", ""])
def test_a_program_is_told_a_problem(front: Gateway, address: str, accept: str) -> None:
    told = front.client.get(address, headers={"Accept": accept})
    assert told.mimetype == "application/problem+json"


def test_the_api_answers_programs_whatever_they_wish_for(front: Gateway) -> None:
    told = front.client.get("/api/v1/nowhere", headers=SHOWN)
    assert told.mimetype == "application/problem+json"
