"""An invitation: a link, good once and for a week, by which somebody makes an account."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.people.accounts import OfAccount
from schemas.people.parts import by, person, phone
from schemas.people.passwords import EASY, password
from schemas.resource import Resource

INVITATION_STATES = {
    "open": "待接受",
    "accepted": "已接受",
    "withdrawn": "已撤回",
    "expired": "已过期",
}


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
