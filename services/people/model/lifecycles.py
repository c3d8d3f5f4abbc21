"""The lives of all that people knows, from a person's record to a key of a program."""

from schemas.people import (
    accounts,
    api_keys,
    consents,
    desk_codes,
    invitations,
    links,
    persons,
    roles,
    sent_codes,
    sessions,
)
from services.kit.lifecycle import LifeCycle, Step

PERSON = LifeCycle(
    "person",
    "人员",
    persons.STATES_IN_WORDS,
    {
        "change": Step("修改资料", ("recorded",)),
        "move": Step("转到另一社区", ("recorded",)),
        "reveal": Step("查看完整资料", ("recorded",)),
        "erase": Step("删除", ("recorded",), "erased"),
    },
)
ACCOUNT = LifeCycle(
    "account",
    "账号",
    accounts.STATES_IN_WORDS,
    {
        "change_login": Step("更换登录手机号", ("open",)),
        "suspend": Step("停用", ("open",), "suspended"),
        "reinstate": Step("恢复", ("suspended",), "open"),
        "close": Step("注销", ("open", "suspended"), "closed", cause="step"),
    },
)
LINK = LifeCycle(
    "link",
    "代办关系",
    links.STATES_IN_WORDS,
    {
        "end": Step("结束", ("active",), "ended"),
        "lapse": Step("到期", ("active",), "lapsed", cause="time"),
        "vanish": Step("随删除结束", ("active",), "ended", cause="step"),
    },
)
GRANT = LifeCycle(
    "grant",
    "任职",
    roles.STATES_IN_WORDS,
    {
        "begin": Step("开始", ("planned",), "held", cause="time"),
        "revoke": Step("撤销", ("planned", "held"), "revoked"),
        "expire": Step("到期", ("held",), "expired", cause="time"),
        "vanish": Step("随删除结束", ("planned", "held"), "revoked", cause="step"),
        "give_way": Step("由他人接任", ("planned", "held"), "revoked", cause="step"),
    },
)
INVITATION = LifeCycle(
    "invitation",
    "邀请",
    invitations.INVITATION_STATES,
    {
        "accept": Step("接受", ("open",), "accepted"),
        "withdraw": Step("撤回", ("open",), "withdrawn"),
        "expire": Step("过期", ("open",), "expired", cause="time"),
        "vanish": Step("随删除作废", ("open",), "withdrawn", cause="step"),
    },
)
DESK_CODE = LifeCycle(
    "desk_code",
    "窗口验证码",
    desk_codes.CODE_STATES,
    {
        "use": Step("使用", ("open",), "used", cause="step"),
        "fail": Step("试错用尽", ("open",), "dead", cause="step"),
        "replace": Step("开出新的", ("open",), "dead", cause="step"),
        "expire": Step("过期", ("open",), "expired", cause="time"),
    },
)
SENT_CODE = LifeCycle(
    "sent_code",
    "发送的验证码",
    sent_codes.CODE_STATES,
    {
        "use": Step("使用", ("open",), "used", cause="step"),
        "fail": Step("试错用尽", ("open",), "dead", cause="step"),
        "vanish": Step("作废", ("open",), "dead", cause="step"),
        "expire": Step("过期", ("open",), "expired", cause="time"),
    },
)
SESSION = LifeCycle(
    "session",
    "登录",
    sessions.SESSION_STATES,
    {
        "end": Step("退出", ("live",), "ended"),
        "end_all": Step("在所有设备退出", ("live",), "ended", cause="step"),
        "expire": Step("过期", ("live",), "expired", cause="time"),
    },
)
API_KEY = LifeCycle(
    "api_key",
    "接口密钥",
    api_keys.STATES_IN_WORDS,
    {
        "revoke": Step("停用", ("live",), "revoked"),
        "expire": Step("到期", ("live",), "expired", cause="time"),
        "vanish": Step("随删除停用", ("live",), "revoked", cause="step"),
    },
)
CONSENT = LifeCycle(
    "consent",
    "同意",
    consents.STATES_IN_WORDS,
    {
        "withdraw": Step("撤回", ("given",), "withdrawn"),
        "vanish": Step("随删除撤回", ("given",), "withdrawn", cause="step"),
    },
)
ALL = (
    PERSON,
    ACCOUNT,
    LINK,
    CONSENT,
    GRANT,
    INVITATION,
    DESK_CODE,
    SENT_CODE,
    SESSION,
    API_KEY,
)
