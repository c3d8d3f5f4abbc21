"""人员、账号与任职."""

from gateway.api import ways_in
from gateway.api.routes import Table, changes, creates, finds, lists, shows
from schemas.people import (
    audit,
    consents,
    links,
    merges,
    persons,
    retention,
    roles,
)
from schemas.people.links import Link
from schemas.people.merges import Beside, Duplicate, Merge, OfMerge
from schemas.people.persons import OfPerson, Person
from schemas.people.roles import Grant
from schemas.seals import ListSeals, Seal

ONE = "/people/<person>"
ONE_LINK = "/links/<link>"
ONE_ROLE = "/roles/<grant>"
ONE_MERGE = "/merges/<merge>"

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
    finds(
        "/people/name",
        "name_persons",
        persons.NamePersons,
        Person,
        "一份名单上各人的姓名，只答自己看得到的",
    ),
    finds(
        "/people/find-by-number",
        "find_by_number",
        persons.FindByNumber,
        Person,
        "按全名和登录手机号查找一个人，两样都对才找得到",
    ),
    shows(
        "/people/overdue",
        "count_overdue",
        retention.AskOverdue,
        retention.Overdue,
        "超过保存期还没有删除的有多少，应当为 0",
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
        audit.Entry,
        "谁看过这个人的资料",
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
OF_MERGES = (
    finds(
        "/merges/duplicates",
        "find_duplicates",
        merges.FindDuplicates,
        Duplicate,
        "找出可能是同一个人的两份资料",
    ),
    finds(
        "/merges/compare",
        "compare_persons",
        merges.OfTwo,
        Beside,
        "并排比较两份资料，不同的排在前面",
    ),
    creates("/merges", "propose_merge", merges.ProposeMerge, Merge, "提出合并两份资料"),
    shows(ONE_MERGE, "get_merge", OfMerge, Merge, "查看一次合并"),
    lists(f"{ONE}/merges", "list_merges", merges.ListMerges, Merge, "一个人的合并"),
    changes(
        f"{ONE_MERGE}/confirm",
        "confirm_merge",
        OfMerge,
        Merge,
        "确认合并，由保留资料的本人或另一位管理员办理",
    ),
    changes(f"{ONE_MERGE}/withdraw", "withdraw_merge", OfMerge, Merge, "撤回合并"),
    changes(f"{ONE_MERGE}/undo", "undo_merge", merges.UndoMerge, Merge, "撤销合并"),
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
OF_AUDIT = (
    lists(
        "/audit",
        "list_audit",
        audit.ListAudit,
        audit.Entry,
        "查看审计记录：谁看过、导出过、登录过、任免过；查看也会记下",
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
        *OF_MERGES,
        *OF_ROLES,
        *ways_in.ROUTES,
        *OF_AUDIT,
        *OF_SEALS,
    ),
)
