"""社区合伙人."""

from gateway.routes import Table, changes, creates, lists, shows
from schemas import partners as s

ONE = "/partners/<partner>"

TABLE = Table(
    "partners",
    "社区合伙人",
    (
        creates("/partners", "apply", s.Apply, s.Partner, "申请成为社区合伙人"),
        lists("/partners", "list_partners", s.ListPartners, s.Partner, "查看社区合伙人"),
        shows(ONE, "get_partner", s.OfPartner, s.Partner, "查看一个社区合伙人"),
        changes(f"{ONE}/approve", "approve", s.OfPartner, s.Partner, "通过申请"),
        changes(f"{ONE}/reject", "reject", s.Reject, s.Partner, "不通过申请，说明原因"),
        changes(f"{ONE}/reapply", "reapply", s.Reapply, s.Partner, "不通过后重新申请"),
        changes(f"{ONE}/profile", "update_profile", s.UpdateProfile, s.Partner, "更新资料"),
    ),
)
