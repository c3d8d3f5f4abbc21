"""Tokens for programs: one that is good for minutes, and one to get the next with, which changes each time.

A program is signed in by a session like a browser's. What it keeps is no cookie, and a cookie is nothing it could say.
"""

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.people.parts import Phone, person
from schemas.people.passwords import LONGEST_PASSWORD
from schemas.people.persons import OfPerson
from schemas.people.second_factors import said_at_sign_in
from schemas.people.sessions import Entering, FindSession, OfSession

LASTS_S = 300
LONGEST_SECRET = 200
BOTH = fields.Complaint(
    "both_or_none", "手机号和密码要一起填写；在页面上登录的两样都不填"
)


def turn() -> fields.Whole:
    """How many times a new one has been had."""
    return fields.Whole(1, 2**53, required=True)


class AskTokens(fields.Schema):
    """Whoever is signed in by page says nothing."""

    phone = Phone(metadata={"description": "登录手机号", "personal": True})
    password = fields.Text(
        LONGEST_PASSWORD, metadata={"description": "密码", "proof": True}
    )

    code = said_at_sign_in()

    @ma.validates_schema
    def both_or_none(self, data: dict[str, str], **_: object) -> None:
        if ("phone" in data) != ("password" in data):
            raise ma.ValidationError({"password": [BOTH]})


class AskAgain(fields.Schema):
    refresh_token = fields.Text(
        LONGEST_SECRET,
        required=True,
        metadata={
            "description": "上次得到的 refresh_token，只能用一次；没收到回答可以马上再试",
            "proof": True,
        },
    )


class BeginTokens(Entering, OfPerson):
    """Asked for who has the session `rests_on`, of a browser."""

    rests_on = fields.Id(required=True)


class RefreshTokens(FindSession):
    """`proof` shows that this turn was given."""

    turn = turn()
    proof = fields.Text(LONGEST_SECRET, required=True, metadata={"proof": True})


# Events


@event("session_refreshed.v1")
class SessionRefreshed(OfSession):
    """`turn` is the one that is good now."""

    person = person()
    turn = turn()


@event("session_replayed.v1")
class SessionReplayed(OfSession):
    """What was good once was said again: somebody has a copy. Ends the session, since nobody can tell who."""

    person = person()
    turn = turn()


# Resources


class Tokens(fields.Schema):
    token_type = fields.OneOf(("Bearer",), required=True)
    access_token = fields.Text(
        8192, required=True, metadata={"description": "放在 Authorization: Bearer 后面"}
    )
    expires_in = fields.Whole(
        1, 3600, required=True, metadata={"description": "有效多少秒"}
    )
    refresh_token = fields.Text(
        LONGEST_SECRET,
        required=True,
        metadata={
            "description": "换下一对令牌用，只能用一次；十秒内重试回答相同，此后再用就全部作废"
        },
    )
    until = fields.Instant(required=True, metadata={"description": "到这时要重新登录"})
    person = person()
    session = fields.Id(
        required=True, metadata={"description": "登录编号，可在登录列表里退出"}
    )
