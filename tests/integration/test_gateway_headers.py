"""What every answer says besides its content: nothing personal is kept on its way, and nothing is guessed at."""

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.app import GATES
from gateway.edge.gates import OPEN
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

VALUES = {
    "<scope>": DISTRICT,
    "<month>": "2026-05",
    "<community>": COMMUNITY,
    "<division>": DISTRICT,
    "<kind>": "branch",
}
ADDRESSES = sorted(
    {
        *GATES,
        *(("GET", path) for path in OPEN),
        ("GET", "/nowhere"),
        ("POST", "/healthz"),
    }
)
BY_SECRET = (
    "/calendars/me/",
    "/verify/",
    "/called/",
    "/metrics/open-report",
    "/metrics/open-facts",
)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


def real(path: str) -> str:
    """With something in the place of each parameter."""
    for name, value in VALUES.items():
        path = path.replace(name, value)
    path = path.replace("<path:filename>", "docs.css")
    return path.replace("<", "").replace(">", "")


def must_have_them(answer: Any, limited: bool) -> None:
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Traceparent"].startswith("00-")
    assert "Cache-Control" in headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    for source in ("default-src 'none'", "frame-ancestors 'none'"):
        assert source in headers["Content-Security-Policy"]
    if answer.status_code >= 400:
        assert "no-store" in headers["Cache-Control"]
        assert answer.mimetype in ("application/problem+json", "text/html")
    if limited:
        assert "RateLimit-Policy" in headers


@pytest.mark.parametrize(("method", "path"), ADDRESSES, ids=lambda said: said)
def test_every_answer_of_every_address_has_them(
    front: Gateway, method: str, path: str
) -> None:
    """Served, refused and not understood; for somebody unknown, somebody forged and everybody's administrator."""
    admin = front.token(
        "A1", ("district_admin", "*"), ("community_worker", "*"), ("resident", "*")
    )
    gate = GATES.get((method, path))
    asks, limited = gate is not None, gate is not None and bool(gate.rooms)
    for token in ("", admin, "forged"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for query in ("", "?x=1", "?limit=1&limit=2"):
            with front.client.open(
                real(path) + query, method=method, headers=headers
            ) as answer:
                must_have_them(answer, limited)
                kept = answer.headers["Cache-Control"]
                assert "no-store" in kept or not (token or method == "POST")
                if any(part in path for part in BY_SECRET):
                    assert kept == "private, no-store"
                elif asks:
                    assert "Authorization" in answer.headers["Vary"]


def test_what_everybody_is_shown_may_be_asked_for_again_by_its_etag(
    front: Gateway,
) -> None:
    for path in (
        "/api/v1/offerings",
        "/api/v1/divisions",
        f"/api/v1/calendars/divisions/{DISTRICT}.ics",
    ):
        answer = front.client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (
            200,
            "no-cache",
        ), path
        again = front.client.get(
            path, headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304
        must_have_them(again, limited=True)


def test_a_refusal_at_the_door_has_them_and_says_the_key(front: Gateway) -> None:
    answer = front.client.post("/api/v1/needs", headers={"Idempotency-Key": "k-1"})
    assert (answer.status_code, answer.headers["Idempotency-Key"]) == (401, "k-1")
    must_have_them(answer, limited=True)
    answer = front.client.get(
        "//api/v1/needs", headers={"Idempotency-Key": "钥匙".encode().decode("latin-1")}
    )
    must_have_them(answer, limited=False)


def test_a_server_error_is_kept_by_nobody(
    front: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = front.bus.hosts["cobuild"].ask

    def broken(method: str, *rest: Any, **more: Any) -> Any:
        if method == "list_offerings":
            raise ZeroDivisionError
        return asked(method, *rest, **more)

    monkeypatch.setattr(front.bus.hosts["cobuild"], "ask", broken)
    answer = front.client.get("/api/v1/offerings")
    assert answer.status_code == 500
    must_have_them(answer, limited=True)
