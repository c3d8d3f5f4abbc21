"""What is reported: counts of members and streamers, and 双报到, a branch or a member reporting in to a community."""

from services.branches.rules.found import fact, must_have_come, represented
from services.kit import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Find, Overlay


def report_counts(docs: Overlay, command: Data, asked: Asked) -> Fact:
    represented(docs, command, asked, "report")
    must_have_come(command["on"], "on", asked)
    return fact("counts_reported.v1", {**command, "by": asked.actor.id})


def report_in_branch(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """To the community of its seat, or to another it works with."""
    there = {"branch": command["branch"], "kind": "branch", "community": command["community"]}
    return _reported("branch_reported_in.v1", docs, command, there, asked)


def report_in_member(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """To the community where the member lives; one at a time, through whichever branch."""
    return _reported("member_reported_in.v1", docs, command, {"person": command["person"]}, asked)


def withdraw_report(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = represented(docs, command, asked, "report")
    report = docs.get("reports", command["report"])
    if report is None or report["branch"] != branch["id"]:
        raise Unknown(f"“{branch['name']}”没有编号为 {command['report']} 的报到", path="report")
    if report["state"] != "current":
        raise Refused("already_withdrawn", f"这次报到到 {report['until']} 为止")
    must_have_come(command["until"], "until", asked)
    if command["until"] < report["on"]:
        raise Invalid(f"不能早于报到日期 {report['on']}", code="ends_before_start", path="until")
    return fact("report_withdrawn.v1", {**command, "by": asked.actor.id})


def _reported(type: str, docs: Overlay, command: Data, alike: dict[str, str], asked: Asked) -> Fact:
    """`alike`: of such reports there is one at a time."""
    represented(docs, command, asked, "report")
    territory.known(docs, command["community"], "community")
    must_have_come(command["on"], "on", asked)
    for report in docs.find(Find("reports", {**alike, "state": "current"}, "on", limit=1)):
        # Where somebody lives is not told to another branch.
        where = f"在社区 {report['community']} " if report["branch"] == command["branch"] else "通过另一个党支部"
        raise Refused("already_reported", f"已经{where}报到，请先结束", path="community")
    return fact(type, {**command, "report": asked.new_id, "by": asked.actor.id})
