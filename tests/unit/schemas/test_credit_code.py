"""Unified social credit codes: which are taken, which refused, which worth a second look."""

import marshmallow as ma
import pytest

from schemas import fields
from schemas.credit_code import CreditCode, is_doubtful


class Form(fields.Schema):
    code = CreditCode(required=True)


def load(code: object) -> str:
    return str(Form().load({"code": code})["code"])


def code_of_refusal(value: object) -> str:
    with pytest.raises(ma.ValidationError) as caught:
        load(value)
    return fields.complaints(caught.value)[0]["code"]


def test_a_code_whose_check_character_is_0_is_valid() -> None:
    assert load("91510108MA60004970") == "91510108MA60004970"


def test_a_code_that_begins_with_a_letter_is_valid() -> None:
    assert load("N2510108MF00000139") == "N2510108MF00000139"


@pytest.mark.parametrize(
    "value",
    [
        "91510108ma6dem014d",
        " 91510108 ma6dem014d ",
        "91510108-MA6DEM014-D",
        "９１５１０１０８ＭＡ６ＤＥＭ０１４Ｄ",
        "９１５１０１０８　ｍａ６ｄｅｍ０１４ｄ",
    ],
)
def test_lower_case_full_width_and_separators_are_put_right(value: str) -> None:
    assert load(value) == "91510108MA6DEM014D"


@pytest.mark.parametrize(
    "value",
    [
        "91510108MA6DEM014E",  # a wrong check character
        "91510108MA6DEM014",
        "91510108MA6DEM014DD",
        "9151010 MA6DEM014I",
        "91٥10108MA6DEM014D",  # a digit, but not one of ours
        "九一五一零一零八零零零零零零零零零零",
    ],
)
def test_anything_else_is_a_bad_credit_code(value: str) -> None:
    assert code_of_refusal(value) == "bad_credit_code"


@pytest.mark.parametrize("letter", "IOSVZiosvzＩＯＳＶＺ")
@pytest.mark.parametrize("place", range(18))
def test_no_code_has_a_letter_that_looks_like_a_digit(place: int, letter: str) -> None:
    assert (
        code_of_refusal(
            f"{'91510108MA6DEM014D'[:place]}{letter}{'91510108MA6DEM014D'[place + 1 :]}"
        )
        == "bad_credit_code"
    )


@pytest.mark.parametrize("length", [0, 1, 8, 15, 17, 19, 20, 36, 65])
def test_a_code_has_18_characters(length: int) -> None:
    assert code_of_refusal(("91510108MA60004970" * 4)[:length]) in {
        "bad_credit_code",
        "empty_text",
        "too_long",
    }


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_is_found(place: int) -> None:
    code = "91510108MA60004970"
    wrong = "1" if code[place] != "1" else "2"
    assert (
        code_of_refusal(f"{code[:place]}{wrong}{code[place + 1 :]}")
        == "bad_credit_code"
    )


@pytest.mark.parametrize("value", [91510108, None, [], {}])
def test_what_is_no_text_is_no_code(value: object) -> None:
    assert code_of_refusal(value) in {"wrong_type", "missing_field"}


def test_a_wrong_inner_check_is_doubtful_but_taken() -> None:
    assert not is_doubtful(load("91110000600037341L"))
    assert is_doubtful(load("91510108MAC84HU4H0"))
