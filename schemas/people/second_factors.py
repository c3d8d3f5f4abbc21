"""A second factor: six digits that change every half minute, and ten codes on paper in case the telephone is lost."""

from hashlib import sha256

from schemas import fields
from schemas.events import event
from schemas.people.accounts import OfAccount
from schemas.people.parts import by, person
from schemas.people.persons import OfPerson
from schemas.resource import Resource

STATES_IN_WORDS = {"off": "没有设置", "offered": "待确认", "on": "已设置"}
STATES = tuple(STATES_IN_WORDS)
REASONS = ("手机丢失", "更换手机", "本人要求", "可疑登录", "其他")
RECOVERY_CODES = 10
BAD_CODE = fields.Complaint("bad_code", "动态口令应为 6 位数字")


def hash_of_code(code: str) -> str:
    """Of a code on paper as it is typed, with or without its strokes, small or large."""
    plain = code.strip().replace("-", "").replace(" ", "").lower()
    return sha256(f"recovery.{plain}".encode("utf-8", "replace")).hexdigest()


def all_of(hashes: list[str]) -> str:
    """One hash of all of them: tells two lots apart, and nothing of either."""
    return sha256("".join(hashes).encode()).hexdigest()


def _hash() -> fields.Code:
    return fields.Code(
        "[0-9a-f]{64}",
        fields.Complaint("bad_hash", "应为 64 位十六进制数"),
        required=True,
    )


def digits() -> fields.Code:
    return fields.Code(
        "[0-9]{6}",
        BAD_CODE,
        required=True,
        metadata={"description": "验证器上现在的 6 位动态口令", "proof": True},
    )


def said_at_sign_in() -> fields.Text:
    """The six digits, or one of the codes on paper."""
    words = "动态口令；手机不在时用一个恢复码"
    return fields.Text(40, metadata={"description": words, "proof": True})


class OfferSecondFactor(fields.Schema):
    pass


class ConfirmSecondFactor(fields.Schema):
    """`hashes` are of the codes on paper, which nobody keeps but who is given them; the gateway says them."""

    code = digits()
    hashes = fields.Many(
        _hash(),
        RECOVERY_CODES,
        RECOVERY_CODES,
        required=True,
        metadata={"proof": True},
    )


class TakeOffSecondFactor(OfPerson):
    reason = fields.OneOf(
        REASONS, required=True, metadata={"description": "为什么取消"}
    )


class AskSecondFactor(fields.Schema):
    pass


# Events. Neither the secret nor a code is in any of them.


@event("second_factor_offered.v1")
class SecondFactorOffered(OfAccount):
    person = person()


@event("second_factor_confirmed.v1")
class SecondFactorConfirmed(OfAccount):
    """`step` is the half minute of the digits that were said: used up.

    `codes` is one hash of the codes on paper, all together.
    """

    person = person()
    step = fields.Whole(0, 2**53, required=True)
    codes = _hash()


@event("second_factor_taken_off.v1")
class SecondFactorTakenOff(OfAccount):
    """Ends every session."""

    person = person()
    reason = fields.OneOf(REASONS, required=True)
    by = by()


# Resources


class SecondFactor(Resource):
    """`id` is the account's. The secret is told while it is offered, and then no more."""

    second_factor = fields.OneOf(
        STATES, required=True, metadata={"description": "动态口令"}
    )
    second_factor_text = fields.Text(
        20, required=True, metadata={"description": "动态口令，给人看的"}
    )
    uri = fields.Text(
        400, metadata={"description": "otpauth 地址，画成二维码给验证器扫"}
    )
    invitation_needed = fields.Truth(
        metadata={
            "description": "密码是担任管理员以前设的，登录后只能当居民用；有人重新发邀请、用链接换了密码就好"
        }
    )
    recovery_left = fields.Whole(
        0, RECOVERY_CODES, metadata={"description": "还有几个恢复码没用过"}
    )
