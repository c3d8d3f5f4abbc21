"""Passwords that are tried first are not taken, in whatever they are dressed."""

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.people.common import SHORTEST, common, is_common
from schemas.people.passwords import EASY, Password, is_easy
from services.people.model.own_words import is_own_word

GOOD = (
    "correct horse 42",
    "云南的蘑菇真的很好吃呀",
    "kZ8#mQ2vLp",
    "蓝桥下第三棵树2019",
    "tr0mb0ne-Quokka",
)


def test_there_are_ten_thousand_as_they_are_compared() -> None:
    words = common()
    assert len(words) == 10_000
    assert all(len(word) >= SHORTEST and word == word.casefold() for word in words)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD1234",
        "Passw0rd!!!!",
        "P@$$w0rd2024",
        "ｐａｓｓｗｏｒｄ１２",
        "passwordpassword",
        "iloveyouiloveyou",
        "1qaz2wsx3edc",
        "woaini1314!!",
        "zhangwei1990",
        "!!qwertyuiop",
        "xianfenghui1",
    ],
)
def test_what_is_tried_first_is_not_taken(password: str) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        Password().deserialize(password)
    assert caught.value.messages == [EASY]


@pytest.mark.parametrize("password", GOOD)
def test_what_is_not_easily_guessed_is_taken(password: str) -> None:
    assert Password().deserialize(password) == password


@given(st.sampled_from(sorted(common())), st.text("0123456789!?.", max_size=4))
def test_no_common_password_is_good_for_what_stands_around_it(
    word: str, around: str
) -> None:
    assert is_common(word + around)
    assert is_common(around + word)
    assert is_common(word.upper() + around) or word.upper().casefold() != word


@given(st.text(max_size=100))
def test_any_text_at_all_is_judged(password: str) -> None:
    assert is_common(password) in (True, False)
    assert is_easy(password) in (True, False)


RECORD = {
    "name": "王秀英",
    "born": "1950",
    "contacts": ["+8613900005678"],
    "login": "+8613800001234",
}


@pytest.mark.parametrize(
    "password",
    [
        "王秀英王秀英的密码",
        "13900005678abc",
        "x0000567812",
        "王秀英1950!!!!",
        "a00001234a!",
        "王秀英abcdabcd",
    ],
)
def test_one_made_of_one_s_own_words_is_not_good(password: str) -> None:
    assert is_own_word(password, RECORD)


@pytest.mark.parametrize(
    "password", [*GOOD, "王秀英爱吃云南的蘑菇啊啊", "王秀英abcdeabcde", "abababab"]
)
def test_one_that_says_more_than_that_is(password: str) -> None:
    assert not is_own_word(password, RECORD)
    assert not is_own_word(password, {})
