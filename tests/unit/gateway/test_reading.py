"""Whatever the bytes are, reading them ends in a JSON value or a problem."""

import json
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from gateway.edge.errors import BadRequest, to_json
from gateway.edge.etags import LONGEST_LIST, is_known
from gateway.edge.reading import (
    MOST_BYTES,
    MOST_VALUES,
    key_of,
    parse,
    query,
    trace_of,
)
from gateway.pages import html
from schemas.activities.postings import ListActivities
from services.kit.errors import Invalid
from tests.clocks import cost_s

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=10,
)


@given(value=JSON)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value


def test_the_mark_with_which_windows_begins_a_text_is_none_of_it() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    "said", ["2026-06-13T09:00:00+08:00", "2026-06-13T09:00:00+0800"]
)
def test_a_plus_that_was_not_written_as_one_in_an_address_is_meant(said: str) -> None:
    app = Flask(__name__)
    for written in (said, said.replace("+", "%2B"), said.replace("+", "%20")):
        with app.test_request_context(f"/?since={written}&text=9:00+08:00"):
            told = query(request, ListActivities())
        assert told == {"since": said, "text": "9:00 08:00"}


@given(body=st.binary())
def test_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(BadRequest):
        parse(body)


def test_a_refusal_says_where_the_text_stops_being_json() -> None:
    with pytest.raises(BadRequest, match="第 2 行第 3 列"):
        parse(b'{"a": 1,\n  b}')


@given(value=st.text(st.characters()))
def test_every_text_can_be_answered_even_a_lone_surrogate(value: str) -> None:
    json.loads(to_json({"title": value}))


def test_a_key_is_made_where_none_is_given_and_differs_each_time() -> None:
    assert key_of({}) != key_of({})


@given(key=st.text(st.characters(max_codepoint=255), max_size=140))
def test_a_key_is_taken_as_it_is_or_refused(key: str) -> None:
    with suppress(Invalid):
        assert key_of({"HTTP_IDEMPOTENCY_KEY": key}) == key
        assert 1 <= len(key) <= 128
        assert key.isascii()
        assert key.isprintable()


@given(trace=st.text())
def test_a_trace_is_always_one(trace: str) -> None:
    assert len(trace_of({"HTTP_TRACEPARENT": trace}).split("-")) == 4


MANY = MOST_VALUES + 2  # With one comma more than there may be.


@pytest.mark.parametrize(
    "body",
    [
        b"{" + b",".join(b'"%x":1' % number for number in range(MANY)) + b"}",
        b"[" + b'{"a":1},' * MANY + b"{}]",
        b"[" + b"1," * MANY + b"1]",
        b"," * MOST_BYTES,
    ],
    ids=["names", "objects", "numbers", "commas"],
)
def test_more_values_than_any_body_has_are_refused_before_they_are_made(
    body: bytes,
) -> None:
    with pytest.raises(BadRequest) as caught:
        parse(body)
    assert caught.value.code == "too_many_values"


def test_as_many_values_as_may_be_are_read() -> None:
    assert len(parse(b"[" + b"1," * MOST_VALUES + b"1]")) == MOST_VALUES + 1


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MOST_BYTES,
        b'{"a":' * 200_000,
        b"9" * MOST_BYTES,
        b"1." + b"9" * MOST_BYTES,
        b'"' + b"\\u0041" * 170_000 + b'"',
        b"\n" * MOST_BYTES,
    ],
    ids=["brackets", "braces", "digits", "decimals", "escapes", "lines"],
)
def test_a_megabyte_of_one_value_costs_no_more_than_its_length(body: bytes) -> None:
    with suppress(BadRequest):
        parse(body)
    whole, quarter = (
        cost_s(partial(try_to_parse, body[:length]))
        for length in (len(body), len(body) // 4)
    )
    assert whole < 8 * quarter + 0.01


def try_to_parse(body: bytes) -> None:
    with suppress(BadRequest):
        parse(body)


@pytest.mark.parametrize(
    "wish", ["text/html" + "\t" * 16_000 + "x", "application/json;q=1" + " ," * 400_000]
)
def test_who_wishes_for_too_much_gets_a_page_at_once(wish: str) -> None:
    with Flask(__name__).test_request_context(headers={"Accept": wish}):
        assert not html.wants_json()
        long = cost_s(html.wants_json)
    with Flask(__name__).test_request_context(headers={"Accept": "text/html"}):
        assert long < 20 * cost_s(html.wants_json) + 0.01


def test_an_etag_is_known_unless_too_many_are_named() -> None:
    assert is_known('W/"1", "2"', "2")
    assert not is_known('"1"', "2")
    assert not is_known('"2",' * LONGEST_LIST, "2")
    assert not is_known("", "2")
