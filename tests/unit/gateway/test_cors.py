"""Pages of other origins ask only where the operator has named them, and each is told for itself."""

from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import Client, TestResponse

from gateway.edge.cors import Cors

PAGE, OTHER = "https://page.example.cn", "https://other.example.cn"


def client(*origins: str) -> Client:
    app = Flask(__name__)

    @app.route("/api/v1/activities", methods=["GET", "POST"])
    def activities() -> Response:
        return Response("{}", headers={"Vary": "Authorization"})

    return Client(Cors(app, origins))


def ask(
    of: Client, origin: str = "", method: str = "GET", **headers: str
) -> TestResponse:
    said = {**({"Origin": origin} if origin else {}), **headers}
    return of.open("/api/v1/activities", method=method, headers=said)


def preflight(of: Client, origin: str) -> TestResponse:
    wish: dict[str, Any] = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    return ask(of, origin, "OPTIONS", **wish)


def test_it_is_off_by_default() -> None:
    for answer in (ask(client(), PAGE), preflight(client(), PAGE)):
        assert not [
            name for name in answer.headers if name[0].startswith("Access-Control")
        ]
        assert "Origin" not in answer.headers.get("Vary", "")


def test_an_origin_that_is_named_is_told_that_it_may() -> None:
    answer = ask(client(PAGE), PAGE)
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert {"ETag", "Location", "Idempotency-Key", "Retry-After"} <= set(
        answer.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert answer.headers.getlist("Vary") == ["Authorization", "Origin"]
    before = preflight(client(PAGE), PAGE)
    assert (before.status_code, before.headers["Access-Control-Allow-Origin"]) == (
        204,
        PAGE,
    )
    assert before.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert "Idempotency-Key" in before.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in before.headers


@pytest.mark.parametrize("origin", [OTHER, "", "null", f"{PAGE}.evil.cn", PAGE.upper()])
def test_any_other_is_told_nothing_and_may_not_be_told_from_a_cache(
    origin: str,
) -> None:
    for answer in (ask(client(PAGE), origin), preflight(client(PAGE), origin)):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers.getlist("Vary")


def test_everybody_may_where_the_operator_says_so() -> None:
    assert ask(client("*"), OTHER).headers["Access-Control-Allow-Origin"] == "*"
    assert preflight(client("*"), OTHER).status_code == 204


def test_options_that_no_page_asks_before_are_answered_as_ever() -> None:
    answer = ask(client(PAGE), PAGE, "OPTIONS")
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (200, True)
