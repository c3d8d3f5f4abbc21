"""Cursors survive the way to the caller and back, tell nothing on it, and nothing else passes for one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.edge.cursors import Cursors
from services.kit.errors import Invalid

CURSORS = Cursors(b"the key of the tests, 32 bytes..")
PLACES = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.integers(0, 2**53),
    st.text("abc"),
)


@given(place=PLACES)
def test_a_cursor_leads_back_to_its_place(place: tuple[str | int, str]) -> None:
    cursor = CURSORS.after("list_units", list(place))
    assert cursor.isascii()
    assert CURSORS.place("list_units", cursor) == list(place)
    assert CURSORS.after("list_units", list(place)) == cursor, (
        "an unchanged page is not sent again"
    )


@given(place=PLACES)
def test_a_cursor_of_another_question_or_another_key_is_refused(
    place: tuple[str | int, str],
) -> None:
    for cursors, question in (
        (CURSORS, "list_partners"),
        (Cursors(bytes(32)), "list_units"),
    ):
        with pytest.raises(Invalid) as refused:
            CURSORS.place("list_units", cursors.after(question, list(place)))
        assert refused.value.code == "bad_cursor"


def test_a_cursor_does_not_tell_where_it_leads() -> None:
    cursor = CURSORS.after(
        "list_activities", ["2026-06-13T01:00:00.000Z", "01K0ACT0000000000000000001"]
    )
    sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert b"2026" not in sealed
    assert b"01K0ACT" not in sealed


def test_a_cursor_changed_anywhere_is_none() -> None:
    cursor = CURSORS.after("list_units", ["2026-06-13", "U1"])
    for place, letter in enumerate(
        cursor[:-1]
    ):  # The last letter may have bits that say nothing.
        changed = cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(Invalid):
            CURSORS.place("list_units", changed)


@given(text=st.text())
def test_nothing_else_is_a_cursor(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        CURSORS.place("list_units", text)
    assert (refused.value.code, refused.value.errors[0]["path"]) == (
        "bad_cursor",
        "after",
    )
