"""What branches report: how many members and streamers they have, and 双报到, who reports in to which community."""

from schemas import fields
from schemas.branches.branches import OfBranch
from schemas.events import event
from schemas.paging import Paged
from schemas.places import community
from schemas.resource import Resource

KINDS = ("branch", "member")
STATES = ("reported", "current", "declined", "withdrawn")
OPEN = ("reported", "current")
MOST_COUNTED = 100_000


class Counts(fields.Schema):
    on = fields.Day(required=True, metadata={"description": "统计日期"})
    members = fields.Whole(
        0, MOST_COUNTED, required=True, metadata={"description": "党员人数"}
    )
    streamers = fields.Whole(
        0, MOST_COUNTED, required=True, metadata={"description": "主播人数"}
    )


class ReportCounts(Counts, OfBranch):
    """For the same day again it replaces what was reported before."""


class ListCounts(Paged):
    """The latest first."""

    branch = fields.Id(required=True, metadata={"description": "党支部编号"})


class ReportInBranch(OfBranch):
    community = community("报到")
    on = fields.Day(required=True, metadata={"description": "报到日期"})


class ReportInMember(ReportInBranch):
    person = fields.Id(
        required=True,
        metadata={"description": "党员的人员编号，不填姓名", "names_person": True},
    )


class WithdrawReport(OfBranch):
    report = fields.Id(required=True, metadata={"description": "双报到编号"})
    until = fields.Day(required=True, metadata={"description": "最后一天"})


class OfReport(fields.Schema):
    """What a member says of a branch's report that they have reported in."""

    report = fields.Id(required=True, metadata={"description": "双报到编号"})


class MyReports(Paged):
    state = fields.AnyOf(STATES, load_default=OPEN, metadata={"description": "状态"})


class ListReportsOfBranch(Paged):
    branch = fields.Id(required=True, metadata={"description": "党支部编号"})
    kind = fields.OneOf(
        KINDS, metadata={"description": "branch 支部、member 党员；不填为两种都要"}
    )


class ListReportsOfCommunity(Paged):
    community = community("报到")
    kind = fields.OneOf(
        KINDS, metadata={"description": "branch 支部、member 党员；不填为两种都要"}
    )


@event("counts_reported.v1")
class CountsReported(ReportCounts):
    by = fields.Id(required=True)


@event("branch_reported_in.v1")
class BranchReportedIn(ReportInBranch):
    report = fields.Id(required=True)
    by = fields.Id(required=True)


@event("member_reported_in.v1")
class MemberReportedIn(ReportInMember):
    report = fields.Id(required=True)
    by = fields.Id(required=True)


@event("member_reported_in.v2")
class MemberReportedInUnconfirmed(MemberReportedIn):
    """As the branch says; the member has not said so yet. Of `v1` nobody was asked, and it counts."""


@event("member_report_confirmed.v1")
class MemberReportConfirmed(OfBranch, OfReport):
    """By the member."""

    by = fields.Id(required=True)


@event("member_report_declined.v1")
class MemberReportDeclined(OfBranch, OfReport):
    """By the member: not theirs, or not there."""

    by = fields.Id(required=True)


@event("report_withdrawn.v1")
class ReportWithdrawn(WithdrawReport):
    by = fields.Id(required=True)


class CountsEntry(Counts, Resource):
    id = fields.Text(80, required=True, metadata={"description": "支部编号:日期"})
    branch = fields.Id(required=True)
    by = fields.Id(required=True, metadata={"description": "谁上报的"})


class Report(Resource):
    kind = fields.OneOf(KINDS, required=True)
    branch = fields.Id(required=True)
    branch_name = fields.Text(60, metadata={"description": "党支部名称"})
    person = fields.Id()
    community = community("报到")
    community_name = fields.Text(60, metadata={"description": "社区名称"})
    on = fields.Day(required=True)
    until = fields.Day(metadata={"description": "最后一天，不填为仍有效"})
    state = fields.OneOf(
        STATES,
        required=True,
        metadata={"description": "党员报到由本人确认后为 current"},
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
