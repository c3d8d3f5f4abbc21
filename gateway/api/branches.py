"""党支部、行业党委、阵地与区划."""

from gateway.api.routes import Table, changes, creates, lists, shows
from schemas.branches import areas as a
from schemas.branches import branches as b
from schemas.branches import chart as c
from schemas.branches import divisions as d
from schemas.branches import endings as e
from schemas.branches import places as p
from schemas.branches import reports as r

ONE = "/branches/<branch>"

PLACES = (
    creates(
        "/divisions",
        "record_division",
        d.RecordDivision,
        d.DivisionEntry,
        "登记区、街道或社区",
    ),
    lists(
        "/divisions",
        "list_divisions",
        d.ListDivisions,
        d.DivisionEntry,
        "查看区划",
        for_all=True,
    ),
    shows(
        "/divisions/<division>",
        "get_division",
        d.GetDivision,
        d.DivisionEntry,
        "查看一个区划",
        for_all=True,
    ),
    changes(
        "/divisions/<division>/end",
        "end_division",
        d.EndDivision,
        d.DivisionEntry,
        "区划有效到哪一天",
    ),
    changes(
        "/divisions/<division>/withdraw",
        "withdraw_division",
        d.WithdrawDivision,
        d.DivisionEntry,
        "撤销本月登记错的区划",
    ),
    creates(
        "/courtyards",
        "record_courtyard",
        a.RecordCourtyard,
        a.Area,
        "登记院落，或它迁到的社区",
        at="",
    ),
    changes(
        "/courtyards/<courtyard>/end",
        "end_courtyard",
        a.EndCourtyard,
        a.Area,
        "院落有效到哪一天",
    ),
    lists(
        "/communities/<community>/courtyards",
        "list_courtyards",
        a.ListAreas,
        a.Area,
        "社区某一天的院落",
    ),
    creates(
        "/grids",
        "record_grid",
        a.RecordGrid,
        a.Area,
        "登记微网格，或它迁到的社区",
        at="",
    ),
    changes("/grids/<grid>/end", "end_grid", a.EndGrid, a.Area, "微网格有效到哪一天"),
    lists(
        "/communities/<community>/grids",
        "list_grids",
        a.ListAreas,
        a.Area,
        "社区某一天的微网格",
    ),
    creates(
        "/committees",
        "establish_committee",
        p.EstablishCommittee,
        p.Committee,
        "成立行业综合党委",
        at="",
    ),
    lists(
        "/committees",
        "list_committees",
        p.ListCommittees,
        p.Committee,
        "查看行业综合党委",
    ),
    creates("/sites", "record_site", p.RecordSite, p.Site, "登记阵地"),
    lists("/sites", "list_sites", p.ListSites, p.Site, "查看阵地"),
    shows(
        "/sites/<site>", "get_site", p.OfSite, p.SiteInUse, "查看一个阵地和使用它的支部"
    ),
    creates(
        "/homes",
        "establish_home",
        p.EstablishHome,
        p.Home,
        "开办互联网营销师之家",
        at="",
    ),
    lists("/homes", "list_homes", p.ListHomes, p.Home, "查看互联网营销师之家"),
)
BRANCHES = (
    creates("/branches", "establish_branch", b.EstablishBranch, b.Branch, "成立党支部"),
    lists("/branches", "list_branches", b.ListBranches, b.Branch, "查看党支部"),
    shows("/branches/chart", "branch_chart", c.AskChart, c.Chart, "任意一天的组织架构"),
    shows(ONE, "get_branch", b.GetBranch, b.Branch, "查看一个党支部，可指定日期"),
    changes(f"{ONE}/name", "rename_branch", b.RenameBranch, b.Branch, "党支部更名"),
    changes(
        f"{ONE}/oversight", "link_oversight", b.LinkOversight, b.Branch, "登记隶属关系"
    ),
    changes(
        f"{ONE}/oversight/<link>/end",
        "end_oversight",
        b.EndOversight,
        b.Branch,
        "结束隶属关系",
    ),
    changes(
        f"{ONE}/secretary",
        "appoint_secretary",
        b.AppointSecretary,
        b.Branch,
        "任命支部书记",
    ),
    changes(
        f"{ONE}/committee",
        "elect_committee",
        b.ElectCommittee,
        b.Branch,
        "登记支委会选举",
    ),
    changes(f"{ONE}/site", "assign_site", p.AssignSite, b.Branch, "更换阵地"),
    changes(f"{ONE}/merge", "merge_branch", e.MergeBranch, b.Branch, "并入其他支部"),
    changes(
        f"{ONE}/dissolve", "dissolve_branch", e.DissolveBranch, b.Branch, "撤销党支部"
    ),
)
REPORTS = (
    changes(f"{ONE}/counts", "report_counts", r.ReportCounts, b.Branch, "上报党员和主播人数"),
    lists(f"{ONE}/counts", "list_counts", r.ListCounts, r.CountsEntry, "历次上报的人数"),
    creates(f"{ONE}/reports/branch", "report_in_branch", r.ReportInBranch, r.Report, "支部到社区报到", at=""),
    creates(f"{ONE}/reports/member", "report_in_member", r.ReportInMember, r.Report, "为党员报到，由本人确认", at=""),
    changes(f"{ONE}/reports/<report>/withdraw", "withdraw_report", r.WithdrawReport, r.Report, "结束报到"),
    lists("/member-reports", "my_reports", r.MyReports, r.Report, "党支部为我作的报到"),
    changes("/member-reports/<report>/confirm", "confirm_report", r.OfReport, r.Report, "确认是我本人报到"),
    changes("/member-reports/<report>/decline", "decline_report", r.OfReport, r.Report, "不确认报到"),
    lists(f"{ONE}/reports", "list_reports_of_branch", r.ListReportsOfBranch, r.Report, "本支部的双报到"),
    lists(
        "/communities/<community>/reports", "list_reports_of_community", r.ListReportsOfCommunity, r.Report,
        "到本社区的双报到"
    ),
)  # fmt: skip

TABLE = Table("branches", "党支部与区划", (*PLACES, *BRANCHES, *REPORTS))
