"""What metrics decides: targets, and the month's reports; its only facts of its own."""

from datetime import timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.metrics.definitions import BY_IDENTIFIER, OF_PLACES
from schemas.metrics.targets import IN_A_WHOLE
from services.district import territory
from services.district.authority import oversees
from services.district.calendar import LOCAL, day_ends
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads
from services.metrics.folds.reports import REPORTS, VERSIONS, report_id, version_id
from services.metrics.folds.targets import target_id
from services.metrics.model.lifecycles import REPORT
from services.metrics.model.periods import days_of
from services.metrics.reckoning.content import content, same
from services.metrics.rules.redefined import redefined

# What was under way when the month ended has arrived by then, and clocks of several hosts agree.
SETTLES = timedelta(hours=1)
NOT_OF_THE_MONTH = {definition.identifier for definition in OF_PLACES}


def set_target(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For the first time or anew."""
    scope, definition = command["scope"], BY_IDENTIFIER[command["figure"]]
    if not asked.actor.covers("district_admin", scope):
        raise Forbidden(
            f"{territory.called(docs, scope)}不在您的管理范围内",
            code="out_of_scope",
            path="scope",
        )
    territory.known(docs, scope, "scope")
    if not definition.better:
        raise Invalid(
            f"“{definition.name}”没有好坏之分，不能设目标",
            code="no_target",
            path="figure",
        )
    if definition.part and command["value"] > IN_A_WHOLE:
        raise Invalid(
            f"“{definition.name}”是比率，目标最多 {IN_A_WHOLE}（100%）",
            code="over_one",
            path="value",
        )
    target = target_id(scope, command["period"], command["figure"])
    return Fact(
        "target_set.v1",
        f"target/{target}",
        {**command, "target": target, "by": asked.actor.id},
    )


def freeze_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The first version of a month that is over."""
    id, name = _reported(docs, command, asked)
    if docs.get(REPORTS, id) is not None:
        raise Refused(
            "already_frozen", f"{name}已经发布；有变化请更正重发", path="month"
        )
    _must_be_over(command["month"], asked)
    said = content(docs, command["scope"], command["month"])
    if not said["whole"].keys() - NOT_OF_THE_MONTH:
        raise Refused("nothing_to_report", f"{name}没有任何数字", path="month")
    more = {**redefined(docs, said), "version": 1, "by": asked.actor.id}
    return _fact("report_frozen.v1", id, {**said, **more})


def restate_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The next version, when what it would say is no longer what the last one says."""
    id, name = _reported(docs, command, asked)
    report = docs.get(REPORTS, id)
    if report is None:
        raise Unknown(f"{name}还没有发布", code="not_frozen", path="month")
    REPORT.must_allow(report, "restate", name)
    last = docs.the(VERSIONS, version_id(id, report["version"]))
    said = content(docs, command["scope"], command["month"], last)
    if same(last, said):
        raise Refused(
            "nothing_to_restate",
            f"{name}和第 {report['version']} 版一样，没有要更正的",
            path="month",
        )
    more = {
        "version": report["version"] + 1,
        "by": asked.actor.id,
        "reason": command["reason"],
    }
    more |= redefined(docs, said, last)
    return _fact("report_restated.v1", id, {**said, **more})


def _reported(docs: Reads, command: Json, asked: Asked) -> tuple[str, str]:
    """The report's id, and what it is called. Raises unless the actor administers its scope."""
    scope, month = command["scope"], command["month"]
    if not oversees(asked.actor, scope):
        raise Forbidden(
            f"{territory.called(docs, scope)}不在您的管理范围内",
            code="out_of_scope",
            path="scope",
        )
    place = territory.known(docs, scope, "scope")
    return report_id(scope, month), f"{place['name']} {month} 月报"


def _must_be_over(month: str, asked: Asked) -> None:
    settled = day_ends(days_of(month)[1]) + SETTLES
    if instant(asked.now) < instant(settled):
        when = f"{settled.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        raise Refused(
            "month_not_over", f"{month} 还没有结束，{when} 以后才能发布", path="month"
        )


def _fact(type: str, report: str, said: Json) -> Fact:
    return Fact(type, f"report/{report}", {**said, "report": report})
