"""Sessions: what a way in begins, and how it ends."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.accounts import OfAccount
from schemas.people.parts import by, person
from schemas.people.persons import OfPerson
from schemas.resource import Resource

WAYS_IN_WORDS = {
    "desk": "窗口验证码",
    "password": "密码",
    "code": "手机验证码",
    "foreign": "外部登录",
}
WAYS = tuple(WAYS_IN_WORDS)
SESSION_STATES = {"live": "已登录", "ended": "已退出", "expired": "已过期"}


def hashed() -> fields.Code:
    """SHA-256 of 256 random bits, which is all that is kept of them."""
    return fields.Code(
        "[0-9a-f]{64}",
        fields.Complaint("bad_hash", "应为 64 位十六进制数"),
        required=True,
    )


def session() -> fields.Id:
    return fields.Id(required=True, metadata={"description": "登录编号"})


class Entering(fields.Schema):
    """`session` is the hash of what the browser keeps from now on, `network` what is kept of an address that fails."""

    session = hashed()
    network = fields.Text(50, metadata={"personal": True})


class OfSession(fields.Schema):
    session = session()


class FindSession(fields.Schema):
    hash = hashed()


class ListSessions(Paged):
    pass


# Events


@event("session_begun.v1")
class SessionBegun(OfSession, OfAccount):
    """`for_program` where no browser is signed in, but a program that has tokens.

    `limited` to what a resident may, for want of a second factor. Of one, `step` or `recovery` says what was used up.
    """

    person = person()
    way = fields.OneOf(WAYS, WAYS_IN_WORDS, required=True)
    hash = hashed()
    until = fields.Instant(required=True)
    desk_code = fields.Id()
    for_program = fields.Truth()
    limited = fields.Truth()
    step = fields.Whole(0, 2**53)
    recovery = fields.Whole(0, 100)
    sent_code = fields.Id()


@event("sign_in_failed.v1")
class SignInFailed(fields.Schema):
    """`account` is left out where the number is no account's, `counts` false where it was locked already.

    The `note` has what can be seen of whence it was tried and by which number: it goes with whose account it is.
    """

    way = fields.OneOf(WAYS, WAYS_IN_WORDS, required=True)
    account = fields.Id()
    desk_code = fields.Id()
    sent_code = fields.Id()
    counts = fields.Truth(required=True)
    note = fields.Id()


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


# Resources


class SignedIn(Resource):
    """One of somebody's sessions."""

    way = fields.OneOf(
        WAYS, WAYS_IN_WORDS, required=True, metadata={"description": "怎样登录的"}
    )
    way_text = fields.Text(20, required=True, metadata={"description": "怎样登录的"})
    for_program = fields.Truth(metadata={"description": "是程序用的，不是浏览器"})
    begun_at = fields.Instant(required=True, metadata={"description": "什么时候登录的"})
    until = fields.Instant(required=True, metadata={"description": "有效到什么时候"})
    state = fields.OneOf(
        tuple(SESSION_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
