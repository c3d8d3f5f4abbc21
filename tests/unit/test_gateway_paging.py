"""Cursors survive the way to the caller and back, and nothing else passes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.paging import from_cursor, to_cursor
from services.kit.errors import Invalid

PLACES = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.integers(0, 2**53), st.text("abc")
)


@given(place=PLACES)
def test_a_cursor_leads_back_to_its_place(place: tuple[str | int, str]) -> None:
    cursor = to_cursor("list_units", list(place))
    assert cursor.isascii()
    assert from_cursor("list_units", cursor) == list(place)


@given(place=PLACES)
def test_a_cursor_of_another_question_is_refused(place: tuple[str | int, str]) -> None:
    with pytest.raises(Invalid) as refused:
        from_cursor("list_units", to_cursor("list_partners", list(place)))
    assert refused.value.code == "bad_cursor"


@given(text=st.text())
def test_nothing_else_is_a_cursor(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        from_cursor("list_units", text)
    assert (refused.value.code, refused.value.errors[0]["path"]) == ("bad_cursor", "after")
