"""人员、账号与任职."""

from gateway.api.routes import Table, changes, creates, finds, lists, shows
from schemas.people import (
    accounts,
    api_keys,
    consents,
    desk_codes,
    invitations,
    links,
    persons,
    roles,
    sessions,
)
from schemas.people.accounts import Account
from schemas.people.api_keys import ApiKey
from schemas.people.desk_codes import DeskCode
from schemas.people.invitations import Invitation
from schemas.people.links import Link
from schemas.people.persons import OfPerson, Person
from schemas.people.roles import Grant
from schemas.seals import ListSeals, Seal

ONE = "/people/<person>"
ONE_LINK = "/links/<link>"
ONE_ACCOUNT = "/accounts/<account>"
ONE_ROLE = "/roles/<grant>"
ONE_API_KEY = "/api-keys/<api_key>"
ONE_INVITATION = "/invitations/<invitation>"

OF_PERSONS = (
    creates("/people", "record_person", persons.RecordPerson, Person, "登记一个人"),
    lists("/people", "list_persons", persons.ListPersons, Person, "查看登记的人"),
    finds(
        "/people/find",
        "find_persons",
        persons.FindPersons,
        Person,
        "按姓名查找登记的人",
    ),
    shows("/people/me", "get_me", persons.OfMine, Person, "我的资料"),
    shows(ONE, "get_person", OfPerson, Person, "查看一个人，姓名和电话遮住一部分"),
    changes(f"{ONE}/change", "change_person", persons.ChangePerson, Person, "修改资料"),
    changes(f"{ONE}/move", "move_person", persons.MovePerson, Person, "转到另一社区"),
    changes(
        f"{ONE}/reveal",
        "reveal_person",
        persons.RevealPerson,
        Person,
        "查看完整资料，说明原因，5 分钟内有效",
    ),
    changes(
        f"{ONE}/erase",
        "erase_person",
        persons.ErasePerson,
        Person,
        "删除一个人的全部资料",
    ),
    lists(
        f"{ONE}/looks",
        "list_looks",
        persons.ListLooks,
        persons.Look,
        "谁看过完整资料",
    ),
)
OF_LINKS = (
    creates(
        f"{ONE}/links",
        "begin_link",
        links.BeginLink,
        Link,
        "登记谁可以代为办理",
        at="",
    ),
    lists(f"{ONE}/links", "list_links", links.ListLinks, Link, "谁可以代为办理"),
    lists("/links", "list_my_links", links.ListMyLinks, Link, "我可以替谁办理"),
    changes(f"{ONE_LINK}/end", "end_link", links.EndLink, Link, "结束代办关系"),
)
OF_CONSENTS = (
    creates(
        f"{ONE}/consents",
        "give_consent",
        consents.GiveConsent,
        consents.ConsentShown,
        "记下对一个用途的同意",
        at="",
    ),
    lists(
        f"{ONE}/consents",
        "list_consents",
        consents.ListConsents,
        consents.ConsentShown,
        "同意过哪些用途，撤回了哪些",
    ),
    changes(
        "/consents/<consent>/withdraw",
        "withdraw_consent",
        consents.WithdrawConsent,
        consents.ConsentShown,
        "撤回对一个用途的同意",
    ),
)
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
OF_ROLES = (
    creates(
        f"{ONE}/roles", "grant_role", roles.GrantRole, Grant, "任命", at="/roles/{id}"
    ),
    lists(f"{ONE}/roles", "list_grants", roles.ListGrants, Grant, "一个人的任职"),
    lists("/roles", "list_holders", roles.ListHolders, Grant, "一个范围内谁在任"),
    shows(ONE_ROLE, "get_grant", roles.OfGrant, Grant, "查看一项任职"),
    changes(
        f"{ONE_ROLE}/revoke",
        "revoke_role",
        roles.RevokeRole,
        Grant,
        "撤销一项任职，立即生效",
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
OF_API_KEYS = (
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
OF_SEALS = (
    lists(
        "/seals",
        "list_seals",
        ListSeals,
        Seal,
        "每天给各个服务的日志加的封条，最新的在前；摘要的开头可以印在纸上",
        for_all=True,
    ),
)
TABLE = Table(
    "people",
    "人员、账号与任职",
    (
        *OF_PERSONS,
        *OF_LINKS,
        *OF_CONSENTS,
        *OF_ACCOUNTS,
        *OF_ROLES,
        *OF_WAYS,
        *OF_API_KEYS,
        *OF_SEALS,
    ),
)
