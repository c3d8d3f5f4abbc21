"""Ways in: an invitation, a code from the desk, a password; and the sessions they begin."""

from itertools import pairwise
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.accounts import OfAccount
from schemas.people.parts import by, person, phone
from schemas.people.persons import OfPerson
from schemas.resource import Resource

WAYS_IN_WORDS = {"desk": "窗口验证码", "password": "密码"}
WAYS = tuple(WAYS_IN_WORDS)
SESSION_STATES = {"live": "已登录", "ended": "已退出", "expired": "已过期"}
INVITATION_STATES = {
    "open": "待接受",
    "accepted": "已接受",
    "withdrawn": "已撤回",
    "expired": "已过期",
}
CODE_STATES = {"open": "可用", "used": "已使用", "dead": "已作废", "expired": "已过期"}
TRIES = 5
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 100
FEWEST_CHARACTERS = 5  # Different ones: neither 1111111111 nor 1212121212.
EASY = fields.Complaint(
    "easy_password",
    "这个密码太容易猜，请换一个：不要用手机号、连号或几个字反复",
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
        if is_easy(password):
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


def hashed() -> fields.Code:
    """SHA-256 of 256 random bits, which is all that is kept of them."""
    return fields.Code(
        "[0-9a-f]{64}",
        fields.Complaint("bad_hash", "应为 64 位十六进制数"),
        required=True,
    )


def session() -> fields.Id:
    return fields.Id(required=True, metadata={"description": "登录编号"})


class OfInvitation(fields.Schema):
    invitation = fields.Id(required=True, metadata={"description": "邀请编号"})


class AcceptInvitation(fields.Schema):
    secret = fields.Text(
        100, required=True, metadata={"description": "邀请链接里的密文", "proof": True}
    )
    phone = phone("登录手机号", personal=True)
    password = password("以后登录用的密码")

    @ma.validates_schema
    def is_not_the_phone(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["phone"][-8:] in data["password"]:
            raise ma.ValidationError(EASY, "password")


class OfDeskCode(fields.Schema):
    desk_code = fields.Id(required=True, metadata={"description": "验证码的编号"})


class Entering(fields.Schema):
    """`session` is the hash of what the browser keeps from now on."""

    session = hashed()


class DeskSignIn(fields.Schema):
    phone = phone("登录手机号", personal=True)
    digits = fields.Code(
        "[0-9]{6}",
        fields.Complaint("bad_digits", "验证码应为 6 位数字"),
        required=True,
        metadata={"description": "窗口给的 6 位验证码", "proof": True},
    )


class EnterByDesk(DeskSignIn, Entering):
    pass


class PasswordSignIn(fields.Schema):
    phone = phone("登录手机号", personal=True)
    password = spoken("密码")


class EnterByPassword(Entering):
    """Asked once the password was looked at; without an account there is none with that number."""

    account = fields.Id()
    right = fields.Truth(required=True)


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


class OfSession(fields.Schema):
    session = session()


class FindSession(fields.Schema):
    hash = hashed()


class ListSessions(Paged):
    pass


# Events


@event("person_invited.v1")
class PersonInvited(OfInvitation):
    """The secret of the link is nowhere: it follows from the invitation and a key."""

    person = person()
    until = fields.Instant(required=True)
    by = by()


@event("invitation_accepted.v1")
class InvitationAccepted(OfInvitation, OfAccount):
    """The person has an account from now on, or had one, and a new password."""

    person = person()


@event("invitation_withdrawn.v1")
class InvitationWithdrawn(OfInvitation):
    by = by()


@event("invitation_expired.v1")
class InvitationExpired(OfInvitation):
    pass


@event("desk_code_given.v1")
class DeskCodeGiven(OfDeskCode, OfAccount):
    """The digits are nowhere: they follow from the code's id and a key."""

    person = person()
    until = fields.Instant(required=True)
    by = by()


@event("desk_code_expired.v1")
class DeskCodeExpired(OfDeskCode):
    pass


@event("session_begun.v1")
class SessionBegun(OfSession, OfAccount):
    person = person()
    way = fields.OneOf(WAYS, WAYS_IN_WORDS, required=True)
    hash = hashed()
    until = fields.Instant(required=True)
    desk_code = fields.Id()


@event("sign_in_failed.v1")
class SignInFailed(fields.Schema):
    """`account` is left out where the number is no account's, `counts` false where it was locked already."""

    way = fields.OneOf(WAYS, WAYS_IN_WORDS, required=True)
    account = fields.Id()
    desk_code = fields.Id()
    counts = fields.Truth(required=True)


@event("session_ended.v1")
class SessionEnded(OfSession):
    person = person()
    by = by()


@event("session_expired.v1")
class SessionExpired(OfSession):
    person = person()


@event("signed_out_everywhere.v1")
class SignedOutEverywhere(OfPerson):
    by = by()


@event("password_set.v1")
class PasswordSet(OfAccount):
    """Ends every session: whoever had the old one is out."""

    person = person()
    by = by()


# Resources


class Invitation(Resource):
    person = person()
    until = fields.Instant(required=True, metadata={"description": "有效到什么时候"})
    path = fields.Text(
        200, metadata={"description": "邀请链接，只给发出邀请的人看，接受前有效"}
    )
    address = fields.Text(300, metadata={"description": "邀请链接的完整网址"})
    by = by()
    state = fields.OneOf(
        tuple(INVITATION_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )


class DeskCode(Resource):
    person = person()
    digits = fields.Text(
        6, metadata={"description": "6 位验证码，只给开出的人看，使用前有效"}
    )
    tries_left = fields.Whole(
        0, TRIES, required=True, metadata={"description": "还可以试几次"}
    )
    until = fields.Instant(required=True, metadata={"description": "有效到什么时候"})
    state = fields.OneOf(
        tuple(CODE_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )


class SignedIn(Resource):
    """One of somebody's sessions."""

    way = fields.OneOf(
        WAYS, WAYS_IN_WORDS, required=True, metadata={"description": "怎样登录的"}
    )
    way_text = fields.Text(20, required=True, metadata={"description": "怎样登录的"})
    begun_at = fields.Instant(required=True, metadata={"description": "什么时候登录的"})
    until = fields.Instant(required=True, metadata={"description": "有效到什么时候"})
    state = fields.OneOf(
        tuple(SESSION_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
