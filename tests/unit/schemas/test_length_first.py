"""What is sent is measured before it is worked on: no text, list or object costs more than it is long."""

import sys
import unicodedata
from typing import Any

import marshmallow as ma
import pytest

from schemas import characters, fields
from schemas.activities.certificates import CertificateCode
from schemas.credit_code import CreditCode
from schemas.opening_hours import OpeningHours
from schemas.recurrence import Rule
from tests.clocks import cost_s

LONG = 80_000
PILES = {
    "in need of order": "\u0301\u0316" * LONG,
    "with no class of their own": "\u0f73" * LONG,
    "after a letter": "e" + "\u0316\u0301" * LONG,
    "apart": ("\u0316\u0301" * 40 + "a") * 2_000,
}
TEXTS: dict[str, fields.Text] = {
    "text": fields.Text(2_000),
    "code": fields.Code("[a-z]+", fields.Complaint("bad", "不对")),
    "id": fields.Id(),
    "division": fields.Division(),
    "word": fields.OneOf(("老人", "儿童")),
    "rule": Rule(),
    "credit code": CreditCode(),
    "certificate code": CertificateCode(),
}


def refused(field: ma.fields.Field[Any], value: object) -> str:
    with pytest.raises(ma.ValidationError) as caught:
        field.deserialize(value)
    return fields.complaints(caught.value)[0]["code"]


@pytest.mark.parametrize("field", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("pile", PILES.values(), ids=PILES.keys())
def test_a_long_pile_of_marks_is_refused_for_its_length(
    field: fields.Text, pile: str
) -> None:
    plain = "a" * len(pile)
    assert refused(field, plain) == refused(field, pile) == "too_long"
    assert (
        cost_s(lambda: refused(field, pile))
        < 20 * cost_s(lambda: refused(field, plain)) + 0.01
    )


@pytest.mark.parametrize("pile", PILES.values(), ids=PILES.keys())
def test_a_pile_of_marks_that_is_short_enough_is_refused_as_a_pile(pile: str) -> None:
    assert refused(fields.Text(2_000), pile[:2_000]) == "piled_marks"


def test_as_many_marks_as_a_script_may_need_are_taken() -> None:
    text = "e" + "\u0301\u0316" * 15
    assert fields.Text(100).deserialize(text) == unicodedata.normalize("NFC", text)


def test_every_mark_there_is_counts_as_one() -> None:
    begins_with_a_mark = [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if unicodedata.combining(unicodedata.normalize("NFD", char)[0])
    ]
    taken = [
        char
        for char in begins_with_a_mark
        if not characters.has_piled_marks(f"a{char * 31}")
    ]
    assert not taken


def test_the_longest_text_that_is_taken_costs_as_its_length() -> None:
    """With marks that have to be put in order, as many in a row as may be."""
    word = "a" + "\u0301\u0316" * 15
    short, long = word * 32, word * 256
    field = fields.Text(10_000)
    assert (
        cost_s(lambda: field.deserialize(long))
        < 8 * 4 * cost_s(lambda: field.deserialize(short)) + 0.005
    )


def test_spaces_around_a_text_and_letters_taken_apart_do_not_make_it_too_long() -> None:
    assert (
        fields.Text(3).deserialize(f"  {unicodedata.normalize('NFD', '한국어')}  ")
        == "한국어"
    )


def test_a_list_is_refused_before_any_of_it_is_looked_at() -> None:
    class Untouchable(ma.fields.Field[Any]):
        def deserialize(self, *args: Any, **kwargs: Any) -> Any:
            raise AssertionError("looked at")

    assert refused(fields.Many(Untouchable(), 1, 20), [1] * 21) == "list_length"
    assert refused(OpeningHours(), [{}] * 100_000) == "list_length"
    assert refused(fields.AnyOf(("a", "b")), "a," * LONG) == "too_long"


@pytest.mark.parametrize(
    "value", ["2026-06-13T09:00:00+08:00" * 9, "9" * LONG, "\u0301" * LONG]
)
def test_a_time_or_a_day_is_as_long_as_it_can_be(value: str) -> None:
    assert refused(fields.Instant(), value) == "bad_time"
    assert refused(fields.Day(), value) == "bad_date"


def test_an_object_of_very_many_names_is_refused_as_one() -> None:
    class Outer(fields.Schema):
        inner = fields.Part(fields.Schema)

    many = {f"name{number}": 1 for number in range(100_000)}
    for said, path in ((many, ""), ({"inner": many}, "inner")):
        with pytest.raises(ma.ValidationError) as caught:
            Outer().load(said)
        assert [
            (one["path"], one["code"]) for one in fields.complaints(caught.value)
        ] == [(path, "too_many_fields")]
