"""What is reported: counts of members and streamers, and 双报到, a branch or a member reporting in to a community.

That somebody is a member and lives there is said by the branch and confirmed by that person: nobody hears from the
refusal whether another branch has said so.
"""

from schemas.documents import Json
from services.branches.model.lifecycles import OPEN, REPORT
from services.branches.rules.found import fact, must_have_come, represented
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.lookup import Kind
from services.kit.views import Find, Reads

REPORTS = Kind("reports", "report", "报到")


def report_counts(docs: Reads, command: Json, asked: Asked) -> Fact:
    represented(docs, command, asked, "report")
    must_have_come(command["on"], "on", asked)
    return fact("counts_reported.v1", {**command, "by": asked.actor.id})


def report_in_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To the community of its seat, or to another it works with."""
    there = {
        "branch": command["branch"],
        "kind": "branch",
        "community": command["community"],
    }
    return _reported("branch_reported_in.v1", docs, command, there, asked)


def report_in_member(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To the community where the member lives, who is yet to confirm it; one at a time through this branch."""
    theirs = {"branch": command["branch"], "person": command["person"]}
    return _reported("member_reported_in.v2", docs, command, theirs, asked)


def confirm_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One at a time, through whichever branch."""
    report = _of_mine(docs, command, asked, "confirm")
    if docs.find(
        Find("reports", {"person": asked.actor.id, "state": "current"}, "on", limit=1)
    ):
        raise Refused(
            "already_reported",
            "您已经通过党支部报到，请先请那个党支部结束",
            path="report",
        )
    return _answered("member_report_confirmed.v1", report, asked)


def decline_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _answered(
        "member_report_declined.v1", _of_mine(docs, command, asked, "decline"), asked
    )


def withdraw_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    branch = represented(docs, command, asked, "report")
    report = docs.get("reports", command["report"])
    if report is None or report["branch"] != branch["id"]:
        raise Unknown(
            f"“{branch['name']}”没有编号为 {command['report']} 的报到", path="report"
        )
    if "until" in report:
        raise Refused("already_withdrawn", f"这次报到到 {report['until']} 为止")
    REPORT.must_allow(report, "withdraw", "报到")
    must_have_come(command["until"], "until", asked)
    if command["until"] < report["on"]:
        raise Invalid(
            f"不能早于报到日期 {report['on']}", code="ends_before_start", path="until"
        )
    return fact("report_withdrawn.v1", {**command, "by": asked.actor.id})


def _is_theirs(docs: Reads, report: Json, asked: Asked) -> bool:
    return bool(report.get("person") == asked.actor.id)


def _of_mine(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The report that says the actor has reported in, when its state allows the step. To others it is not there."""
    report = REPORTS.found(docs, command["report"], asked, sees=_is_theirs)
    REPORT.must_allow(report, step, "报到")
    return report


def _answered(type: str, report: Json, asked: Asked) -> Fact:
    """In the stream of the branch that said so, though its members may have gone to another since."""
    data = {"branch": report["branch"], "report": report["id"], "by": asked.actor.id}
    return Fact(type, f"branch/{report['said_by']}", data)


def _reported(
    type: str, docs: Reads, command: Json, alike: dict[str, str], asked: Asked
) -> Fact:
    """`alike`: of such reports there is one at a time."""
    represented(docs, command, asked, "report")
    territory.known(docs, command["community"], "community", local_day(asked.now))
    must_have_come(command["on"], "on", asked)
    for state in OPEN:
        for report in docs.find(
            Find("reports", {**alike, "state": state}, "on", limit=1)
        ):
            says = f"已经在社区 {report['community']} 报到（{report['state_text']}），请先结束"
            raise Refused("already_reported", says, path="community")
    return fact(type, {**command, "report": asked.new_id, "by": asked.actor.id})
