"""社区合伙人."""

from gateway.api.routes import Table, changes, creates, lists, shows
from schemas.partners import partners as s

ONE = "/partners/<partner>"

TABLE = Table(
    "partners",
    "社区合伙人",
    (
        creates("/partners", "apply", s.Apply, s.Partner, "申请成为社区合伙人"),
        lists(
            "/partners", "list_partners", s.ListPartners, s.Partner, "查看社区合伙人"
        ),
        shows(ONE, "get_partner", s.OfPartner, s.Partner, "查看一个社区合伙人"),
        changes(f"{ONE}/approve", "approve", s.OfPartner, s.Partner, "通过申请"),
        changes(f"{ONE}/reject", "reject", s.Reject, s.Partner, "不通过申请，说明原因"),
        changes(
            f"{ONE}/appeal",
            "appeal_partner",
            s.AppealPartner,
            s.Partner,
            "对不通过申诉，一次",
        ),
        changes(
            f"{ONE}/appeal/decide",
            "decide_partner_appeal",
            s.DecidePartnerAppeal,
            s.Partner,
            "复核申诉，由原来决定的人以外的人办",
        ),
        changes(
            f"{ONE}/unapprove",
            "withdraw_partner_approval",
            s.WithdrawPartnerApproval,
            s.Partner,
            "撤销通过，没有凭它办事时",
        ),
        changes(f"{ONE}/reapply", "reapply", s.Reapply, s.Partner, "不通过后重新申请"),
        changes(
            f"{ONE}/words/erase",
            "erase_words",
            s.OfPartner,
            s.Partner,
            "删除没有通过的申请里写的内容",
        ),
        changes(
            f"{ONE}/profile", "update_profile", s.UpdateProfile, s.Partner, "更新资料"
        ),
        changes(
            f"{ONE}/suspend", "suspend", s.Suspend, s.Partner, "暂停资格，说明原因"
        ),
        changes(f"{ONE}/reinstate", "reinstate", s.OfPartner, s.Partner, "恢复资格"),
        changes(
            f"{ONE}/withdraw",
            "withdraw",
            s.Withdraw,
            s.Partner,
            "退出；合伙人自己或街道",
        ),
        changes(
            f"{ONE}/alliance/join",
            "join_alliance",
            s.JoinAlliance,
            s.Partner,
            "加入益·社联盟",
        ),
        changes(
            f"{ONE}/alliance/leave",
            "leave_alliance",
            s.LeaveAlliance,
            s.Partner,
            "退出益·社联盟",
        ),
        lists(
            "/alliance/members",
            "list_members",
            s.ListMembers,
            s.Member,
            "益·社联盟某一天的成员",
        ),
    ),
)
