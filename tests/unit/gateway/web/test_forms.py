"""What a browser sends comes to what the schema would have loaded from JSON; what it draws is what the schema takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.edge.errors import TooLarge
from gateway.web.drawing import drawn
from gateway.web.forms import MOST_FIELDS, payload_of, typed
from schemas import fields
from schemas.activities.signups import SignUp
from schemas.cobuild.needs import RaiseNeed


class Guest(fields.Schema):
    person = fields.Id(required=True, metadata={"description": "怎么称呼，如 grandma"})
    relation = fields.OneOf(("child", "elder"), {"child": "孩子", "elder": "老人"})
    age = fields.Whole(0, 120)


class Visit(fields.Schema):
    title = fields.Text(20, required=True, metadata={"description": "名称"})
    words = fields.Text(500, metadata={"description": "要说的话；可以删除"})
    starts_at = fields.Instant()
    day = fields.Day()
    quiet = fields.Truth()
    guests = fields.Many(fields.Part(Guest), 0, 6)
    tags = fields.Many(fields.Text(10), 0, 3)
    host = fields.Part(Guest)


def said(**sent: str) -> Any:
    return payload_of([(k.replace("__", "/"), v) for k, v in sent.items()], Visit())


def test_each_field_becomes_what_its_type_loads() -> None:
    payload = said(
        title="包粽子", starts_at="2026-06-13T09:00", day="2026-06-13", quiet="true"
    )
    assert payload == {
        "title": "包粽子",
        "starts_at": "2026-06-13T09:00:00+08:00",
        "day": "2026-06-13",
        "quiet": True,
    }
    assert Visit().load(payload)["starts_at"] == "2026-06-13T01:00:00.000Z"


def test_items_come_in_order_without_those_nobody_filled_in() -> None:
    payload = said(
        guests__10__person="kid",
        guests__10__age="6",
        guests__2__person="grandma",
        guests__2__relation="elder",
        guests__3__relation="child",
        tags__1="b",
        tags__0="a",
        host__person="me",
    )
    assert payload == {
        "guests": [
            {"person": "grandma", "relation": "elder"},
            {"person": "kid", "age": 6},
        ],
        "tags": ["a", "b"],
        "host": {"person": "me"},
    }


@pytest.mark.parametrize("text", ["", "  ", "\r\n"])
def test_an_empty_field_says_nothing(text: str) -> None:
    assert said(title=text, guests__0__person=text) == {}


def test_what_is_no_number_is_left_for_the_schema_to_refuse() -> None:
    payload = said(title="x", guests__0__person="kid", guests__0__age="six")
    errors: Any = Visit().validate(payload)
    assert errors["guests"][0]["age"] == ["应为整数"]


def test_what_nobody_asks_for_stays_and_is_refused() -> None:
    assert said(title="x", by="somebody") == {"title": "x", "by": "somebody"}
    assert "by" in Visit().validate({"title": "x", "by": "somebody"})


def test_more_than_can_be_taken_is_refused_not_cut_off() -> None:
    sent = [(f"tags/{number}", "a") for number in range(MOST_FIELDS)]
    assert len(payload_of(sent, Visit())["tags"]) == MOST_FIELDS
    with pytest.raises(TooLarge, match="最多 500 项"):
        payload_of([*sent, ("title", "x")], Visit())


def test_the_forms_own_fields_are_no_part_of_what_is_asked() -> None:
    assert said(title="x", key="K1", csrf="C1") == {"title": "x"}


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=20)), max_size=30))
def test_whatever_is_sent_comes_to_a_payload_that_is_taken_or_refused(
    sent: list[tuple[str, str]],
) -> None:
    for schema in (Visit(), SignUp()):
        schema.validate(payload_of(sent, schema))


paths = st.lists(
    st.sampled_from(["guests", "0", "1", "person", "host", "tags", "title", "x"]),
    min_size=1,
    max_size=4,
).map("/".join)


@given(st.lists(st.tuples(paths, st.sampled_from(["", "true", "1", "a"])), max_size=12))
def test_paths_that_contradict_each_other_break_nothing(
    sent: list[tuple[str, str]],
) -> None:
    payload = payload_of(sent, Visit())
    Visit().validate(payload)
    assert all(value not in ("", None) for value in typed(payload).values())


def test_a_payload_is_shown_again_by_the_paths_problems_name() -> None:
    payload = said(title="x", guests__0__person="kid", guests__0__age="6", tags__0="a")
    assert typed(payload) == {
        "title": "x",
        "guests/0/person": "kid",
        "guests/0/age": 6,
        "tags/0": "a",
    }


def test_a_field_draws_itself_from_its_schema() -> None:
    title, words, quiet = drawn(Visit(), "title", "words", "quiet")
    assert (title.kind, title.label, title.required) == ("text", "名称", True)
    assert title.limits == {"maxlength": 20}
    assert (words.kind, words.label, words.hint) == ("textarea", "要说的话", "可以删除")
    assert quiet.kind == "checkbox"
    person, relation, age = drawn(
        Guest(), "person", "relation", "age", under="guests/0"
    )
    assert person.path == "guests/0/person"
    assert relation.choices == [("child", "孩子"), ("elder", "老人")]
    assert (age.kind, age.limits) == ("number", {"min": 0, "max": 120})


@pytest.mark.parametrize("number", ["²", "٣", "-1", "0x1", "9" * 90])
def test_what_is_no_number_of_an_item_is_none(number: str) -> None:
    assert said(**{f"guests__{number}__person": "kid"}) == {}


def test_a_moment_comes_back_as_the_browser_typed_it() -> None:
    payload = said(title="包粽子", starts_at="2026-06-13T09:00")
    assert typed(payload)["starts_at"] == "2026-06-13T09:00"


def test_a_choice_is_called_by_its_name_alone() -> None:
    [urgency] = drawn(RaiseNeed(), "urgency")
    assert (urgency.label, urgency.hint) == ("紧急程度", "")
