"""Bad input is answered by a problem document with its code, the path of the value and a sentence; never by a 500."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.fields import instant
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

HOST = f"community/{COMMUNITY}"
APPLICATION: dict[str, Any] = {
    "name": "青禾书店",
    "kind": "社区商家",
    "categories": ["亲子教育"],
    "contact_role": "店长",
    "credit_code": "91510108MA6DEM014D",
    "community": COMMUNITY,
}
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def everybody(front: Gateway) -> str:
    """Somebody with every role, so that it is the input that is refused."""
    roles = (
        "district_admin",
        "community_worker",
        "resident",
        "partner_manager",
        "unit_liaison",
        "branch_secretary",
    )
    return front.token("E1", *((role, "*") for role in roles))


def problem(answer: Any, status: int, code: str, path: str | None = None) -> None:
    document = answer.get_json()
    assert (answer.status_code, document["code"]) == (status, code), answer.text
    assert answer.mimetype == "application/problem+json"
    assert document["status"] == status
    assert CHINESE.search(document["title"])
    assert "Traceback" not in answer.text
    if path is not None:
        assert [(error["path"], error["code"]) for error in document["errors"]][:1] == [
            (path, code)
        ], answer.text


def posting(**other: Any) -> dict[str, Any]:
    starts = datetime.now(UTC) + timedelta(hours=1)
    return {
        "host": HOST, "title": "包粽子", "category": "邻里节庆", "community": COMMUNITY, "place": "广场",
        "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)), "capacity": 5, **other,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("other", "code", "path"),
    [
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"name": 7}, "wrong_type", "name"),
        ({"name": True}, "wrong_type", "name"),
        ({"name": ["x"]}, "wrong_type", "name"),
        ({"name": None}, "missing_field", "name"),
        ({"name": "长" * 61}, "too_long", "name"),
        ({"name": "  "}, "empty_text", "name"),
        ({"name": "a\0b"}, "control_character", "name"),
        ({"name": "\ud800"}, "control_character", "name"),
        ({"name": "\ue000"}, "control_character", "name"),
        ({"name": "\ufdd0"}, "control_character", "name"),
        ({"name": "甲\u202e乙"}, "direction_override", "name"),
        ({"name": "\u200b\u3164"}, "shows_nothing", "name"),
        ({"name": "甲\r\n乙"}, "line_break", "name"),
        ({"categories": "亲子教育"}, "wrong_type", "categories"),
        ({"categories": []}, "list_length", "categories"),
        ({"categories": ["摆摊"]}, "not_allowed", "categories/0"),
        ({"credit_code": "91510108MA6DEM0140"}, "bad_credit_code", "credit_code"),
        ({"community": "51010800200"}, "bad_division", "community"),
        ({"partner": "P1"}, "unknown_field", "partner"),
    ],
)
def test_a_bad_value_is_named_by_its_path(
    front: Gateway, everybody: str, other: dict[str, Any], code: str, path: str
) -> None:
    problem(
        front.post("/partners", everybody, **{**APPLICATION, **other}), 422, code, path
    )


def test_a_text_is_kept_with_plain_line_ends_and_characters_of_any_age(
    front: Gateway,
) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    wanted = {
        "category": "零距离便民",
        "audience": "老人",
        "urgency": "routine",
        "community": COMMUNITY,
    }
    words = f"一\r\n二\r三\n\n{chr(0x31350)}{chr(0x1FAE9)}\r\n"
    need = front.done("/needs", worker, **wanted, words=words)["id"]
    assert (
        front.get(f"/needs/{need}", worker).get_json()["words"]
        == f"一\n二\n三\n\n{chr(0x31350)}{chr(0x1FAE9)}"
    )


def test_a_place_nobody_recorded_is_refused(front: Gateway, everybody: str) -> None:
    answer = front.post(
        "/partners", everybody, **{**APPLICATION, "community": "510108999001"}
    )
    problem(answer, 409, "unknown_division", "community")


@pytest.mark.parametrize(
    ("other", "status", "code", "path"),
    [
        ({"ends_at": "2020-01-01T09:00:00+08:00"}, 422, "ends_before_start", "ends_at"),
        (
            {
                "starts_at": "2020-01-01T09:00:00+08:00",
                "ends_at": "2020-01-01T10:00:00+08:00",
            },
            422,
            "in_the_past",
            "starts_at",
        ),
        ({"starts_at": "tomorrow"}, 422, "bad_time", "starts_at"),
        ({"capacity": 0}, 422, "capacity_out_of_range", "capacity"),
        ({"capacity": 10**9}, 422, "capacity_out_of_range", "capacity"),
        ({"capacity": 1.5}, 422, "wrong_type", "capacity"),
        ({"capacity": "5"}, 422, "wrong_type", "capacity"),
        ({"host": "branch/B9"}, 409, "unknown_branch", "host"),
        ({"host": "moon/B9"}, 422, "bad_host", "host"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(
    front: Gateway,
    everybody: str,
    other: dict[str, Any],
    status: int,
    code: str,
    path: str | None,
) -> None:
    problem(
        front.post("/activities", everybody, **posting(**other)), status, code, path
    )


def test_a_secretary_cannot_post_for_a_foreign_branch(front: Gateway) -> None:
    secretary = front.token("S9", ("branch_secretary", "branch/B1"))
    problem(
        front.post("/activities", secretary, **posting(host="branch/B2")),
        403,
        "not_your_host",
        "host",
    )


def test_what_no_longer_stands_or_never_did_is_refused(
    front: Gateway, everybody: str
) -> None:
    activity = front.done("/activities", everybody, **posting())["id"]
    one = f"/activities/{activity}"
    resident = front.token("R1", ("resident", DISTRICT))
    party = [{"person": "R1"}]
    problem(
        front.post(f"{one}/signups", resident, party=party),
        404,
        "not_found",
        "activity",
    )
    front.done(f"{one}/publish", everybody)
    problem(front.post(f"{one}/signups", resident, party=party), 409, "not_open")
    front.done(f"{one}/open", everybody)
    for size in (0, 7):
        answer = front.post(
            f"{one}/signups", resident, party=[{"person": f"R{n}"} for n in range(size)]
        )
        problem(answer, 422, "party_size", "party")
    signup = front.done(f"{one}/signups", resident, party=party)["id"]
    front.done(f"/signups/{signup}/cancel", resident)
    problem(front.post(f"/signups/{signup}/cancel", resident), 409, "cannot_cancel")
    front.done(f"{one}/start", everybody)
    problem(
        front.post(f"{one}/checkins", everybody, person="R404"),
        409,
        "not_signed_up",
        "person",
    )
    problem(front.post(f"{one}/ratings", resident, score=5), 409, "not_attended")
    problem(
        front.post(f"{one}/ratings", resident, score=6),
        422,
        "score_out_of_range",
        "score",
    )


def test_nobody_signs_up_to_an_activity_that_is_cancelled(
    front: Gateway, everybody: str
) -> None:
    one = f"/activities/{front.done('/activities', everybody, **posting())['id']}"
    resident = front.token("R2", ("resident", DISTRICT))
    for step, more in (
        ("publish", {}),
        ("open", {}),
        ("cancel", {"reason": "暴雨预警"}),
    ):
        front.done(f"{one}/{step}", everybody, **more)
    problem(
        front.post(f"{one}/signups", resident, party=[{"person": "R2"}]),
        409,
        "activity_cancelled",
    )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b'{"name": NaN}', 400, "malformed_json"),
        (b'{"name": -Infinity}', 400, "malformed_json"),
        (b'{"name": ' + b"9" * 5000 + b"}", 400, "malformed_json"),
        (b"[" * 100_000, 400, "malformed_json"),
        (b'{"a":' * 100_000, 400, "malformed_json"),
        (b'{"name": "a", "name": "b"}', 400, "repeated_name"),
        (b'{"a": [{"name": 1, "x": 2, "name": 1}]}', 400, "repeated_name"),
        ('{"name": "青禾"}'.encode("gb18030"), 400, "not_utf8"),
        (b"\xff", 400, "not_utf8"),
        (b"[]", 422, "wrong_type"),
        (b"null", 422, "wrong_type"),
        (b'"text"', 422, "wrong_type"),
        (b"", 422, "missing_field"),
        (b"{}", 422, "missing_field"),
        (b'{"\\ud800": 1}', 422, "missing_field"),
        (b" " * (1024 * 1024 + 1), 413, "body_too_large"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_body_that_is_no_command_is_refused(
    front: Gateway, everybody: str, body: bytes, status: int, code: str
) -> None:
    problem(
        front.ask(
            "POST", "/partners", everybody, data=body, content_type="application/json"
        ),
        status,
        code,
    )


def test_a_name_said_twice_is_told_and_nothing_is_done(
    front: Gateway, everybody: str
) -> None:
    body = json.dumps(APPLICATION)[:-1].encode() + b', "name": "Another"}'
    answer = front.ask(
        "POST", "/partners", everybody, data=body, content_type="application/json"
    )
    problem(answer, 400, "repeated_name", "name")
    assert "Another" not in front.get("/partners?limit=100", everybody).text


def test_a_body_in_chunks_is_refused_when_it_grows_too_long_even_if_its_beginning_would_do(
    front: Gateway, everybody: str
) -> None:
    body = json.dumps(APPLICATION).encode() + b" " * (1024 * 1024)
    in_chunks = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = front.ask(
        "POST",
        "/partners",
        everybody,
        data=body,
        content_type="application/json",
        environ_overrides=in_chunks,
    )
    problem(answer, 413, "body_too_large")


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""],
)
def test_only_json_is_read(front: Gateway, everybody: str, media_type: str) -> None:
    answer = front.ask(
        "POST", "/partners", everybody, data=b"{}", content_type=media_type
    )
    problem(answer, 415, "unsupported_media_type", "Content-Type")


def test_a_compressed_body_is_refused(front: Gateway, everybody: str) -> None:
    packed = {"Content-Encoding": "gzip"}
    answer = front.ask("POST", "/partners", everybody, json=APPLICATION, headers=packed)
    problem(answer, 415, "unsupported_media_type", "Content-Encoding")


@pytest.mark.parametrize(
    "key", ["", "k" * 129, "é", "a\tb", "钥匙".encode().decode("latin-1")]
)
def test_a_bad_key_is_refused(front: Gateway, everybody: str, key: str) -> None:
    answer = front.ask(
        "POST",
        "/partners",
        everybody,
        json=APPLICATION,
        headers={"Idempotency-Key": key},
    )
    problem(answer, 422, "bad_idempotency_key", "Idempotency-Key")


@pytest.mark.parametrize(
    ("query", "code", "path"),
    [
        ("limit=0", "bad_page_size", "limit"),
        ("limit=101", "bad_page_size", "limit"),
        ("limit=" + "9" * 90, "bad_page_size", "limit"),
        ("limit=" + "9" * 9000, "wrong_type", "limit"),
        ("limit=ten", "wrong_type", "limit"),
        ("limit=", "wrong_type", "limit"),
        ("limit=1&limit=2", "repeated_parameter", "limit"),
        ("text=%B6%CB%CE%E7", "not_utf8", "text"),
        ("text=%E7%AB%AF%E5", "not_utf8", "text"),
        ("after=", "bad_cursor", "after"),
        ("after=%00", "bad_cursor", "after"),
        ("after=%ff", "bad_cursor", "after"),
        ("after=" + "A" * 9000, "bad_cursor", "after"),
        ("after=W10", "bad_cursor", "after"),
        ("division=%00", "control_character", "division"),
        ("division=510108%zz", "bad_division", "division"),
        ("colour=red", "unknown_field", "colour"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_bad_question_is_refused(
    front: Gateway, everybody: str, query: str, code: str, path: str
) -> None:
    problem(front.get(f"/partners?{query}", everybody), 422, code, path)


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("%00", "control_character"),
        ("1", "bad_id"),
        ("a%ff", "bad_id"),
        ("x" * 3000, "too_long"),
    ],
)
def test_a_bad_id_in_the_address_is_refused(
    front: Gateway, everybody: str, id: str, code: str
) -> None:
    problem(front.get(f"/partners/{id}", everybody), 422, code, "partner")


def test_what_the_address_says_is_not_said_again_in_the_body(
    front: Gateway, everybody: str
) -> None:
    problem(
        front.post("/partners/P1/approve", everybody, partner="P1"),
        422,
        "unknown_field",
        "partner",
    )


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/api/v1//partners", 404, "not_found"),
        ("GET", "/static/../app.py", 404, "not_found"),
        ("GET", "/static/%00", 404, "not_found"),
        ("PUT", "/api/v1/partners", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_a_wrong_address_or_method_is_a_problem_too(
    front: Gateway, method: str, address: str, status: int, code: str
) -> None:
    with front.client.open(address, method=method) as answer:
        problem(answer, status, code)


def test_who_asks_which_methods_an_address_has_is_told(front: Gateway) -> None:
    for address, methods in (
        ("/api/v1/partners", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/api/v1/activities/A1/signups", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/healthz", {"GET", "HEAD", "OPTIONS"}),
    ):
        answer = front.client.options(address)
        assert (answer.status_code, set(answer.allow)) == (200, methods)


def test_a_method_not_allowed_says_which_are(front: Gateway) -> None:
    allowed = front.client.put("/api/v1/partners").headers["Allow"]
    assert {"GET", "POST"} <= set(allowed.split(", "))


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Basic dTpw", "unauthenticated"),
        ("Bearer", "token_forged"),
        ("Bearer e30.e30.e30", "token_forged"),
        ("Bearer " + "a" * 9000, "token_forged"),
        ("Bearer é.é.é", "token_forged"),
    ],
)
def test_a_token_that_proves_nothing_is_refused_even_where_none_is_needed(
    front: Gateway, header: str, code: str
) -> None:
    answer = front.get("/activities", headers={"Authorization": header})
    problem(answer, 401, code, "Authorization")
    assert "WWW-Authenticate" in answer.headers


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.text(st.characters()), inside, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [*posting(), "summary", "cutoff", "party", "person", "code", "at"]
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.dictionaries(FIELDS, JSON, max_size=6))
def test_no_json_makes_a_defect(
    front: Gateway, everybody: str, values: dict[str, Any]
) -> None:
    for path, sent in (
        ("/activities", {**posting(), **values}),
        ("/activities/A1/signups", values),
    ):
        answer = front.ask(
            "POST",
            path,
            everybody,
            data=json.dumps(sent),
            content_type="application/json",
        )
        assert answer.status_code in {201, 400, 403, 404, 409, 422}, answer.text


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=st.binary(max_size=200))
def test_no_bytes_make_a_defect(front: Gateway, everybody: str, body: bytes) -> None:
    answer = front.ask(
        "POST", "/activities", everybody, data=body, content_type="application/json"
    )
    assert answer.status_code in {400, 422}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    query=st.dictionaries(
        st.sampled_from(["after", "limit", "division", "host", "since", "x"]), st.text()
    )
)
def test_no_query_makes_a_defect(
    front: Gateway, everybody: str, query: dict[str, str]
) -> None:
    answer = front.get("/activities", everybody, query_string=query)
    assert answer.status_code in {200, 422}
