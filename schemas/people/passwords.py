"""Passwords: which are good enough, and what is asked with one."""

from itertools import pairwise
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.people.accounts import OfAccount
from schemas.people.common import is_common
from schemas.people.parts import Phone, by, person, phone
from schemas.people.persons import OfPerson
from schemas.people.second_factors import said_at_sign_in
from schemas.people.sessions import Entering

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 100
FEWEST_CHARACTERS = 5  # Different ones: neither 1111111111 nor 1212121212.
EASY = fields.Complaint(
    "easy_password",
    "这个密码太容易猜，请换一个：不要用常见的密码、手机号、姓名、连号或几个字反复",
)
SHORT = fields.Complaint("short_password", f"密码至少 {SHORTEST_PASSWORD} 位")


class Password(fields.Text):
    """A password that is not easily guessed; whoever chose it may use any characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LONGEST_PASSWORD, required=True, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        password = super()._deserialize(value, *args, **kwargs)
        if len(password) < SHORTEST_PASSWORD:
            raise ma.ValidationError(SHORT)
        if is_easy(password) or is_common(password):
            raise ma.ValidationError(EASY)
        return password


def is_easy(password: str) -> bool:
    """True for few different characters, and for a run of neighbours, up or down, broken once at most."""
    places = [ord(char) for char in password]
    steps = [after - before for before, after in pairwise(places)]
    longest_run = max(steps.count(1), steps.count(-1))
    return len(set(places)) < FEWEST_CHARACTERS or longest_run >= len(steps) - 1


def password(description: str) -> Password:
    return Password(
        metadata={
            "description": description,
            "example": "correct horse 42",
            "proof": True,
        }
    )


def spoken(description: str) -> fields.Text:
    """A password as it is typed to sign in: whether it is a good one was asked when it was chosen."""
    return fields.Text(
        LONGEST_PASSWORD,
        required=True,
        metadata={"description": description, "proof": True},
    )


class PasswordSignIn(fields.Schema):
    phone = phone("登录手机号", personal=True)
    password = spoken("密码")
    code = said_at_sign_in()


class EnterByPassword(Entering):
    """Asked once the password was looked at; without an account there is none with that number."""

    account = fields.Id()
    phone = Phone(metadata={"personal": True})
    right = fields.Truth(required=True)
    for_program = fields.Truth()
    code = said_at_sign_in()


class ChoosePassword(fields.Schema):
    old = spoken("现在的密码")
    password = password("新密码")


class CheckPassword(fields.Schema):
    phone = phone("登录手机号", personal=True)
    password = spoken("密码")


class CheckOwnPassword(OfPerson):
    password = spoken("密码")


class SetPassword(OfPerson):
    password = password("新密码")


# Events


@event("password_set.v1")
class PasswordSet(OfAccount):
    """Ends every session: whoever had the old one is out."""

    person = person()
    by = by()
