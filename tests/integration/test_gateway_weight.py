"""What pages weigh and what they may not say: budgets for a slow network, and one secret that is never said alike."""

import gzip
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.signin.cookies import csrf_of, is_csrf, masked
from schemas.fields import instant
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_forms import CONTENT, Visitor

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
TAKES = {"Accept-Encoding": "gzip, deflate, br"}
KB = 1024
FIRST_VIEW, DASHBOARD = 40 * KB, 60 * KB
SESSIONS = 20  # As many as the first page of the list has.
ULID = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b")
LATIN = re.compile(r"[A-Za-z]{2,}")
# What may stand in Latin letters on a Chinese page.
ALLOWED = {"CSV", "English", "Excel", "GB", "MB"}
NAMES = (
    ("resident", DISTRICT),
    ("community_worker", COMMUNITY),
    ("street_admin", STREET),
    ("district_admin", DISTRICT),
)
PUBLIC = ("/", "/calendar", "/display", "/help", "/privacy", "/search?q=粽子")
OWN = ("/me", "/me/record", "/me/looks", "/me/calendar", "/inbox", "/needs/new", "/units")  # fmt: skip
STAFF = (
    *("/desk", "/approve", "/role", "/desk/activities", "/desk/activities/new"),
    *("/desk/people", "/desk/people/new"),
    *("/desk/imports", "/district", "/district/compare?with=2026-05", "/ops"),
)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("weight"))
    (folder / "clock").write_text(str(NOON.timestamp() - time.time()))
    with gateway(folder) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        for number in range(SESSIONS):
            _opened(front, worker, number)
        resident = front.token("lin-mei", ("resident", DISTRICT))
        need = {"category": "零距离便民", "audience": "老人", "urgency": "urgent"}
        need |= {"community": COMMUNITY, "words": "楼道的灯不亮"}
        front.done("/needs", resident, **need)
        yield front


def _opened(front: Gateway, worker: str, number: int) -> None:
    starts = NOON + timedelta(days=2 + number)
    times = {"starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2))}  # fmt: skip
    content = CONTENT | times | {"title": f"端午包粽子·第{number}场"}
    one = front.done("/activities", worker, **content)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", worker)


def staff(front: Gateway) -> Visitor:
    return Visitor(front, "A1", *NAMES)


def weight(front: Gateway, address: str, headers: dict[str, str]) -> int:
    """Bytes on the wire of a page and all it loads from us."""
    answer = front.client.get(address, headers=TAKES | headers)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.data).decode()
    loaded = re.findall(r'(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"', page)  # fmt: skip
    assert loaded
    return len(answer.data) + sum(len(gzipped(sent(front, one))) for one in loaded)


def sent(front: Gateway, path: str) -> bytes:
    answer = front.client.get(path, headers=TAKES)
    data: bytes = answer.data
    answer.close()
    return data


def gzipped(data: bytes) -> bytes:
    return data if data[:2] == b"\x1f\x8b" else gzip.compress(data)


def test_the_first_view_of_a_resident_is_light(front: Gateway) -> None:
    assert weight(front, "/", {}) <= FIRST_VIEW


def test_the_dashboard_is_light(front: Gateway) -> None:
    headers = staff(front)._headers
    assert weight(front, "/district?period=2026-06", headers) <= DASHBOARD


def test_who_does_not_take_it_gets_the_page_as_it_is(front: Gateway) -> None:
    answer = front.client.get("/", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.text.startswith("<!doctype html>")


def test_what_is_remembered_for_all_goes_out_as_it_is(front: Gateway) -> None:
    [page, *_] = re.findall(r'href="(/activities/\w+)"', front.client.get("/").text)
    assert "Content-Encoding" not in front.client.get(page, headers=TAKES).headers


def test_a_token_is_said_differently_each_time_and_means_the_same() -> None:
    token = csrf_of("secret")
    first, second = masked(token), masked(token)
    assert first != second
    assert token not in first + second
    for said in (first, second, token):
        assert is_csrf(said, "secret")
        assert not is_csrf(said, "another")
    assert not is_csrf(first[:-1], "secret")
    assert masked("") == ""


@pytest.mark.parametrize("address", [*PUBLIC, *OWN, *STAFF])
def test_no_page_says_what_only_programs_read(front: Gateway, address: str) -> None:
    page = staff(front).look(address)
    assert page.status_code == 200
    words = visible(page.text)
    assert ULID.findall(words) == []
    assert [word for word in LATIN.findall(words) if word not in ALLOWED] == []


def visible(page: str) -> str:
    """What a reader sees or hears of a page: its text, and what its fields are called."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", page)
    spoken = re.findall(r'(?:aria-label|placeholder|alt|title)="([^"]*)"', body)
    return " ".join([re.sub(r"(?s)<[^>]*>", " ", body), *spoken])
