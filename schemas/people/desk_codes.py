"""A code that a worker gives to somebody who stands before the desk."""

from schemas import fields
from schemas.events import event
from schemas.people.accounts import OfAccount
from schemas.people.parts import by, person, phone
from schemas.people.sessions import Entering
from schemas.resource import Resource

CODE_STATES = {"open": "可用", "used": "已使用", "dead": "已作废", "expired": "已过期"}
TRIES = 5


class OfDeskCode(fields.Schema):
    desk_code = fields.Id(required=True, metadata={"description": "验证码的编号"})


def digits(description: str) -> fields.Code:
    return fields.Code(
        "[0-9]{6}",
        fields.Complaint("bad_digits", "验证码应为 6 位数字"),
        required=True,
        metadata={"description": description, "proof": True},
    )


class DeskSignIn(fields.Schema):
    phone = phone("登录手机号", personal=True)
    digits = digits("窗口给的 6 位验证码")


class EnterByDesk(DeskSignIn, Entering):
    pass


# Events


@event("desk_code_given.v1")
class DeskCodeGiven(OfDeskCode, OfAccount):
    """The digits are nowhere: they follow from the code's id and a key."""

    person = person()
    until = fields.Instant(required=True)
    by = by()


@event("desk_code_expired.v1")
class DeskCodeExpired(OfDeskCode):
    pass


# Resources


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
