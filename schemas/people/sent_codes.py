"""A code that is sent to somebody: six digits, for one sign-in in the browser that asked for it."""

from schemas import fields
from schemas.events import event
from schemas.people.desk_codes import digits
from schemas.people.parts import phone
from schemas.people.sessions import Entering, hashed

CODE_STATES = {"open": "可用", "used": "已使用", "dead": "已作废", "expired": "已过期"}
OUTCOMES = ("made", "failed", "unknown")
WHY_NOT = "[a-z0-9_-]{1,40}"


def sender() -> fields.Code:
    return fields.Code(
        "[a-z][a-z0-9-]{0,19}",
        fields.Complaint("bad_sender", "没有这种发送方式"),
        required=True,
        metadata={"description": "用哪种方式发送", "example": "sms"},
    )


def why_not(**about: bool) -> fields.Code:
    return fields.Code(WHY_NOT, fields.Complaint("bad_code", "应为英文代号"), **about)


class OfSentCode(fields.Schema):
    sent_code = fields.Id(required=True)


class CodeWanted(fields.Schema):
    """What somebody says who wants a code."""

    phone = phone("登录手机号", personal=True)
    sender = sender()


class AskForCode(CodeWanted):
    """`browser` is the hash of what the asking browser keeps until it comes with the code."""

    browser = hashed()


class CodeSignIn(fields.Schema):
    digits = digits("收到的 6 位验证码")


class EnterByCode(CodeSignIn, Entering):
    browser = hashed()


class TakeCode(fields.Schema):
    sender = sender()


class ReportCode(OfSentCode):
    outcome = fields.OneOf(OUTCOMES, required=True)
    code = why_not()


# Events


@event("sign_in_code_asked.v1")
class CodeAsked(OfSentCode):
    """`number` is a keyed hash of the number. Without an account nothing is sent, and all else is the same."""

    sender = sender()
    number = hashed()
    browser = hashed()
    until = fields.Instant(required=True)
    account = fields.Id()
    person = fields.Id()


@event("sign_in_code_taken.v1")
class CodeTaken(OfSentCode):
    """Somebody is sending it; who has not heard what came of it by `again_at` may send it again."""

    again_at = fields.Instant(required=True)


@event("sign_in_code_sent.v1")
class CodeSent(OfSentCode):
    pass


@event("sign_in_code_not_sent.v1")
class CodeNotSent(OfSentCode):
    code = why_not(required=True)
    again_at = fields.Instant(required=True)


@event("sign_in_code_expired.v1")
class CodeExpired(OfSentCode):
    pass
