"""A filter that takes several words of a list: each once, in the order given, and never one that is not among them."""

import marshmallow as ma
import pytest

from schemas import fields
from schemas.cobuild.needs import STATES, ListNeeds


def states(said: object) -> object:
    return ListNeeds().load({"state": said})["state"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("claimed", ["claimed"]),
        ("claimed,verified", ["claimed", "verified"]),
        (" claimed , verified,claimed", ["claimed", "verified"]),
    ],
)
def test_words_are_told_apart_by_commas(said: str, meant: list[str]) -> None:
    assert states(said) == meant


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("nothing", "not_allowed"),
        ("claimed,nothing", "not_allowed"),
        ("claimed;verified", "not_allowed"),
        ("claimed,", "empty_text"),
        ("", "empty_text"),
        (",".join(["claimed"] * 100), "too_long"),
        ("cla\x00imed", "control_character"),
        (["claimed"], "wrong_type"),
        (7, "wrong_type"),
        (None, "missing_field"),
    ],
)
def test_what_is_not_a_list_of_them_is_refused(said: object, code: str) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        states(said)
    (complaint,) = fields.complaints(caught.value)
    assert (complaint["path"], complaint["code"]) == ("state", code)


def test_what_is_shown_when_nobody_says_is_in_the_description() -> None:
    assert ListNeeds().load({})["state"] == STATES
    assert ListNeeds().fields["state"].metadata["default"] == ",".join(STATES)


def test_a_list_of_fixed_words_has_each_word_once_in_the_order_said() -> None:
    words = fields.Many(fields.OneOf(("甲", "乙", "丙")), 1, 3)
    assert words.deserialize(["乙", "甲", "乙 "]) == ["乙", "甲"]
    with pytest.raises(ma.ValidationError):
        words.deserialize(["甲"] * 4)
    assert fields.Many(fields.Text(5), 1, 3).deserialize(["甲", "甲"]) == ["甲", "甲"]
