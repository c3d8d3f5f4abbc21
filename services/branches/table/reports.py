"""What branches report, and 双报到."""

from schemas.branches import reports as schemas
from services.branches.rules import reports
from services.branches.table.roles import READERS, REPORTERS
from services.branches.views import reports as views
from services.kit.entrypoints import command, query

BRANCH = ("branches", "branch")
REPORT = ("reports", "report")


class Reports:
    report_counts = command(
        schemas.ReportCounts, reports.report_counts, by=REPORTERS, shows=BRANCH
    )
    report_in_branch = command(
        schemas.ReportInBranch, reports.report_in_branch, by=REPORTERS, shows=REPORT
    )
    report_in_member = command(
        schemas.ReportInMember, reports.report_in_member, by=REPORTERS, shows=REPORT
    )
    confirm_report = command(
        schemas.OfReport, reports.confirm_report, by=READERS, shows=REPORT
    )
    decline_report = command(
        schemas.OfReport, reports.decline_report, by=READERS, shows=REPORT
    )
    withdraw_report = command(
        schemas.WithdrawReport, reports.withdraw_report, by=REPORTERS, shows=REPORT
    )
    list_counts = query(schemas.ListCounts, views.list_counts, by=READERS)
    list_reports_of_branch = query(
        schemas.ListReportsOfBranch, views.list_reports_of_branch, by=READERS
    )
    list_reports_of_community = query(
        schemas.ListReportsOfCommunity, views.list_reports_of_community, by=READERS
    )
    my_reports = query(schemas.MyReports, views.my_reports, by=READERS)
