"""党支部、行业党委、阵地与区划."""

from gateway.routes import Table, changes, creates, lists, shows
from schemas import branches as s

ONE = "/branches/<branch>"

TABLE = Table(
    "branches",
    "党支部与区划",
    (
        creates("/divisions", "record_division", s.RecordDivision, s.DivisionEntry, "登记区、街道或社区"),
        lists("/divisions", "list_divisions", s.ListDivisions, s.DivisionEntry, "查看区划", for_all=True),
        shows("/divisions/<division>", "get_division", s.GetDivision, s.DivisionEntry, "查看一个区划", for_all=True),
        creates("/committees", "establish_committee", s.EstablishCommittee, s.Committee, "成立行业综合党委", at=""),
        creates("/sites", "record_site", s.RecordSite, s.Site, "登记阵地", at=""),
        creates("/branches", "establish_branch", s.EstablishBranch, s.Branch, "成立党支部"),
        lists("/branches", "list_branches", s.ListBranches, s.Branch, "查看党支部"),
        shows(ONE, "get_branch", s.GetBranch, s.Branch, "查看一个党支部，可指定日期"),
        changes(f"{ONE}/oversight", "link_oversight", s.LinkOversight, s.Branch, "登记隶属关系"),
        changes(f"{ONE}/oversight/<link>/end", "end_oversight", s.EndOversight, s.Branch, "结束隶属关系"),
        changes(f"{ONE}/secretary", "appoint_secretary", s.AppointSecretary, s.Branch, "任命支部书记"),
    ),
)
