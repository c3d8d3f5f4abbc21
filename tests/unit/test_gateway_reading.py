"""Whatever the bytes are, reading them ends in a JSON value or a problem."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import BadRequest, to_json
from gateway.reading import key_of, parse, trace_of
from services.kit.errors import Invalid

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=10,
)


@given(value=JSON)
def test_json_is_read_as_it_was_written(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value


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
