"""A guest's id is no actor's, and says who named it."""

import marshmallow as ma
import pytest

from schemas import persons
from schemas.token import Claims


def test_a_guest_is_known_by_who_named_it() -> None:
    grandma = persons.guest("lin-mei", "grandma")
    assert (persons.is_guest(grandma), persons.principal(grandma)) == (True, "lin-mei")
    assert (persons.is_guest("lin-mei"), persons.principal("lin-mei")) == (
        False,
        "lin-mei",
    )
    assert (persons.called(grandma), persons.called("lin-mei")) == (
        "grandma",
        "lin-mei",
    )


@pytest.mark.parametrize(
    "text", ["lin-mei", "lin-mei~grandma", "a" * 64 + "~" + "b" * 64]
)
def test_persons_and_guests_have_ids(text: str) -> None:
    assert persons.Person().deserialize(text) == text


@pytest.mark.parametrize(
    "text", ["~grandma", "lin-mei~", "lin~mei~grandma", "lin-mei~13800000000", "a" * 65]
)
def test_nothing_else_is_taken_for_one(text: str) -> None:
    with pytest.raises(ma.ValidationError):
        persons.Person().deserialize(text)


def test_no_token_is_a_guests() -> None:
    with pytest.raises(ma.ValidationError):
        Claims().fields["sub"].deserialize("lin-mei~grandma")
