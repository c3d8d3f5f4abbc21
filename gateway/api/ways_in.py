"""账号与登录：人员服务的一部分."""

from gateway.api import made
from gateway.api.routes import bringing, changes, creates, lists, shows
from schemas.people import (
    accounts,
    api_keys,
    desk_codes,
    invitations,
    persons,
    second_factors,
    sessions,
)
from schemas.people.accounts import Account
from schemas.people.api_keys import ApiKey
from schemas.people.desk_codes import DeskCode
from schemas.people.invitations import Invitation
from schemas.people.persons import OfPerson, Person
from schemas.people.second_factors import SecondFactor

ONE = "/people/<person>"
ONE_ACCOUNT = "/accounts/<account>"
ONE_API_KEY = "/api-keys/<api_key>"
MY_SECOND = "/people/me/second-factor"
ONE_INVITATION = "/invitations/<invitation>"

OF_ACCOUNTS = (
    creates(
        f"{ONE}/account",
        "open_account",
        accounts.OpenAccount,
        Account,
        "开通账号",
        at="/accounts/{id}",
    ),
    shows(ONE_ACCOUNT, "get_account", accounts.OfAccount, Account, "查看一个账号"),
    changes(
        f"{ONE_ACCOUNT}/login",
        "change_login",
        accounts.ChangeLogin,
        Account,
        "更换登录手机号",
    ),
    changes(
        f"{ONE_ACCOUNT}/suspend",
        "suspend_account",
        accounts.SuspendAccount,
        Account,
        "停用账号，所有登录随之失效",
    ),
    changes(
        f"{ONE_ACCOUNT}/reinstate",
        "reinstate_account",
        accounts.OfAccount,
        Account,
        "恢复账号",
    ),
)
OF_WAYS = (
    creates(
        f"{ONE}/invitation",
        "invite",
        OfPerson,
        Invitation,
        "邀请设置账号，链接 7 天内有效",
        at="/invitations/{id}",
    ),
    shows(
        ONE_INVITATION,
        "get_invitation",
        invitations.OfInvitation,
        Invitation,
        "查看一份邀请，发出的人看得到链接",
    ),
    changes(
        f"{ONE_INVITATION}/withdraw",
        "withdraw_invitation",
        invitations.OfInvitation,
        Invitation,
        "撤回邀请",
    ),
    creates(
        f"{ONE}/desk-code",
        "give_desk_code",
        OfPerson,
        DeskCode,
        "给面前的人开一个登录验证码，10 分钟内有效",
        at="/desk-codes/{id}",
    ),
    shows(
        "/desk-codes/<desk_code>",
        "get_desk_code",
        desk_codes.OfDeskCode,
        DeskCode,
        "查看验证码，只给开出的人看",
    ),
    lists(
        "/people/me/sessions",
        "list_signed_in",
        sessions.ListSessions,
        sessions.SignedIn,
        "我在哪里登录着",
    ),
    changes(
        "/people/me/sessions/end",
        "end_session",
        sessions.OfSession,
        sessions.SignedIn,
        "退出一处登录",
    ),
    changes(
        "/people/me/sign-out-everywhere",
        "sign_out_everywhere",
        persons.OfMine,
        Person,
        "在所有设备上退出",
    ),
)
OF_SECOND_FACTORS = (
    shows(
        MY_SECOND,
        "get_second_factor",
        second_factors.AskSecondFactor,
        SecondFactor,
        "我的动态口令",
    ),
    changes(
        f"{MY_SECOND}/offer",
        "offer_second_factor",
        second_factors.OfferSecondFactor,
        SecondFactor,
        "开始设置动态口令，扫码后确认",
    ),
    bringing(
        changes(
            f"{MY_SECOND}/confirm",
            "confirm_second_factor",
            second_factors.ConfirmSecondFactor,
            SecondFactor,
            "确认动态口令，得到恢复码，只显示这一次",
        ),
        made.RECOVERY,
    ),
    changes(
        f"{ONE}/second-factor/take-off",
        "take_off_second_factor",
        second_factors.TakeOffSecondFactor,
        SecondFactor,
        "取消一个人的动态口令，由区管理员说明原因",
    ),
)
OF_API_KEYS = (
    bringing(
        creates(
            "/api-keys",
            "make_api_key",
            api_keys.MakeApiKey,
            ApiKey,
            "给程序做一把接口密钥，只显示这一次",
        ),
        made.API_KEY,
    ),
    lists(
        "/api-keys",
        "list_api_keys",
        api_keys.ListApiKeys,
        ApiKey,
        "我给程序做的接口密钥",
    ),
    shows(ONE_API_KEY, "get_api_key", api_keys.OfApiKey, ApiKey, "查看一把接口密钥"),
    changes(
        f"{ONE_API_KEY}/revoke",
        "revoke_api_key",
        api_keys.OfApiKey,
        ApiKey,
        "停用一把接口密钥，立即生效",
    ),
)

ROUTES = (*OF_ACCOUNTS, *OF_WAYS, *OF_SECOND_FACTORS, *OF_API_KEYS)
