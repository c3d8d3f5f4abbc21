"""What is reported: counts of members and streamers, and 双报到, a branch or a member reporting in to a community."""

from services.branches.ids import report_id
from services.branches.rules.found import fact, represented
from services.kit import territory
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Overlay


def report_counts(docs: Overlay, command: Data, asked: Asked) -> Fact:
    represented(docs, command, asked, "report")
    _must_have_come(command["on"], "on", asked)
    return fact("counts_reported.v1", {**command, "by": asked.actor.id})


def report_in_branch(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """To the community of its seat, or to another it works with."""
    return _reported("branch_reported_in.v1", docs, command, command["community"], asked)


def report_in_member(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """To the community where the member lives; one at a time."""
    return _reported("member_reported_in.v1", docs, command, command["person"], asked)


def withdraw_report(docs: Overlay, command: Data, asked: Asked) -> Fact:
    branch = represented(docs, command, asked, "report")
    report = docs.get("reports", command["report"])
    if report is None or report["branch"] != branch["id"]:
        raise Unknown(f"“{branch['name']}”没有编号为 {command['report']} 的报到", path="report")
    if report["state"] != "current":
        raise Refused("already_withdrawn", f"这次报到到 {report['until']} 为止")
    _must_have_come(command["until"], "until", asked)
    if command["until"] < report["on"]:
        raise Invalid(f"不能早于报到日期 {report['on']}", code="ends_before_start", path="until")
    return fact("report_withdrawn.v1", {**command, "by": asked.actor.id})


def _reported(type: str, docs: Overlay, command: Data, whom: str, asked: Asked) -> Fact:
    branch = represented(docs, command, asked, "report")
    territory.known(docs, command["community"], "community")
    _must_have_come(command["on"], "on", asked)
    id = report_id(branch["id"], whom)
    before = docs.get("reports", id)
    if before is not None and before["state"] == "current":
        raise Refused("already_reported", f"已经在社区 {before['community']} 报到，请先结束", path="community")
    return fact(type, {**command, "report": id, "by": asked.actor.id})


def _must_have_come(day: str, path: str, asked: Asked) -> None:
    if day > local_day(asked.now):
        raise Invalid(f"{day} 还没有到", code="in_the_future", path=path)
