"""What is reported: counts of members and streamers, and 双报到, a branch or a member reporting in to a community.

That somebody is a member and lives there is said by the branch and confirmed by that person: nobody hears from the
refusal whether another branch has said so.
"""

from schemas.documents import Json, pick
from services.branches.model.lifecycles import BRANCH, OPEN, REPORT
from services.branches.rules.rights import must_have_come, represented
from services.district import territory
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.lookup import Kind
from services.kit.views import Find, Reads

CALLED = "报到"
REPORTS = Kind("reports", REPORT.subject, CALLED)


def report_counts(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For a day that has come; the latest day's stand in the branch."""
    branch = represented(docs, command, asked, "report")
    must_have_come(command["on"], "on", asked)
    content = command | {"by": asked.actor.id}
    return BRANCH.fact("counts_reported.v1", branch["id"], content)


def report_in_branch(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To the community of its seat, or to another it works with."""
    there = pick(command, "branch", "community") | {"kind": "branch"}
    return _reported("branch_reported_in.v1", docs, command, there, asked)


def report_in_member(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To the community where the member lives, who is yet to confirm it; one at a time through this branch."""
    theirs = pick(command, "branch", "person")
    return _reported("member_reported_in.v2", docs, command, theirs, asked)


def _reported(type: str, docs: Reads, command: Json, alike: Json, asked: Asked) -> Fact:
    """`alike`: of such reports there is one at a time."""
    branch = represented(docs, command, asked, "report")
    territory.known(docs, command["community"], "community", local_day(asked.now))
    must_have_come(command["on"], "on", asked)
    for state in OPEN:
        _must_be_none(docs, alike | {"state": state})
    content = command | {"report": asked.new_id, "by": asked.actor.id}
    return BRANCH.fact(type, branch["id"], content)


def _must_be_none(docs: Reads, where: Json) -> None:
    for report in docs.find(Find("reports", where, "on", limit=1)):
        where_now = territory.called(docs, report["community"])
        says = f"已经在{where_now}报到（{report['state_text']}），请先结束"
        raise Refused("already_reported", says, path="community")


def confirm_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One at a time, through whichever branch."""
    report = _of_mine(docs, command, asked, "confirm")
    wheres = [{"person": id, "state": "current"} for id in asked.ids]
    finds = [Find("reports", where, "on", limit=1) for where in wheres]
    if any(docs.find(find) for find in finds):
        says = "您已经通过党支部报到，请先请那个党支部结束"
        raise Refused("already_reported", says, path="report")
    return _answered("member_report_confirmed.v1", report, asked)


def decline_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    report = _of_mine(docs, command, asked, "decline")
    return _answered("member_report_declined.v1", report, asked)


def withdraw_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Until a day that has come, not before it was reported: raises `Invalid` otherwise."""
    branch = represented(docs, command, asked, "report")
    report = _report_of(docs, branch, command["report"])
    if "until" in report:
        raise Refused(
            "already_withdrawn", f"这次报到到 {day_in_words(report['until'])} 为止"
        )
    REPORT.must_allow(report, "withdraw", CALLED)
    until = command["until"]
    must_have_come(until, "until", asked)
    if until < report["on"]:
        says = f"不能早于报到日期 {day_in_words(report['on'])}"
        raise Invalid(says, code="ends_before_start", path="until")
    content = command | {"by": asked.actor.id}
    return BRANCH.fact("report_withdrawn.v1", branch["id"], content)


def _report_of(docs: Reads, branch: Json, id: str) -> Json:
    """Raises `Unknown` when it is not a report of the branch."""
    report = docs.get("reports", id)
    if report is None or report["branch"] != branch["id"]:
        raise Unknown(f"“{branch['name']}”没有这次报到", path="report")
    return report


def _is_theirs(docs: Reads, report: Json, asked: Asked) -> bool:
    return asked.is_me(report.get("person"))


def _of_mine(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The report that says the actor has reported in, when its state allows the step. To others it is not there."""
    report = REPORTS.found(docs, command["report"], asked, sees=_is_theirs)
    REPORT.must_allow(report, step, CALLED)
    return report


def _answered(type: str, report: Json, asked: Asked) -> Fact:
    """In the stream of the branch that said so, though its members may have gone to another since."""
    content = pick(report, "branch") | {"report": report["id"]}
    content["by"] = asked.actor.id
    return Fact(type, f"branch/{report['said_by']}", content)
