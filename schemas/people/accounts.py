"""Accounts: with what a person signs in. A person has one at most, and many have none."""

from schemas import fields
from schemas.events import event
from schemas.people.parts import by, mail, person, phone
from schemas.resource import Resource

STATES_IN_WORDS = {"open": "可登录", "suspended": "已停用", "closed": "已注销"}
STATES = tuple(STATES_IN_WORDS)
REASONS_TO_SUSPEND = ("本人要求", "手机丢失", "不再任职", "可疑登录", "其他")


class OfAccount(fields.Schema):
    account = fields.Id(required=True, metadata={"description": "账号编号"})


class OpenAccount(fields.Schema):
    person = person()
    phone = phone("登录手机号，一个号码只登录一个账号", personal=True)
    mail = mail()


class ChangeLogin(OfAccount):
    """Both anew: an address that is left out is kept no more."""

    phone = phone("新的登录手机号", personal=True)
    mail = mail()


class SuspendAccount(OfAccount):
    reason = fields.OneOf(
        REASONS_TO_SUSPEND, required=True, metadata={"description": "为什么停用"}
    )


# Events


class OfSomebody(OfAccount):
    person = person()
    by = by()


@event("account_opened.v1")
class AccountOpened(OfSomebody):
    pass


@event("login_changed.v1")
class LoginChanged(OfSomebody):
    pass


@event("account_suspended.v1")
class AccountSuspended(OfSomebody):
    reason = fields.OneOf(REASONS_TO_SUSPEND, required=True)


@event("account_reinstated.v1")
class AccountReinstated(OfSomebody):
    pass


# Resources


class Account(Resource):
    person = person()
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    has_password = fields.Truth(metadata={"description": "设了密码"})
    reason = fields.OneOf(REASONS_TO_SUSPEND, metadata={"description": "停用的原因"})
