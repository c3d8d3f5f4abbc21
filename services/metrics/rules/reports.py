"""What metrics decides: targets, and the month's reports; its only facts of its own."""

from datetime import timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.metrics.definitions import BY_IDENTIFIER, OF_DOORS, OF_PLACES, Definition
from schemas.metrics.targets import IN_A_WHOLE
from services.district import territory
from services.district.calendar import day_ends, local_minute, month_in_words
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
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
NOT_OF_THE_MONTH = {one.identifier for one in (*OF_PLACES, *OF_DOORS)}


def set_target(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For the first time or anew."""
    scope = command["scope"]
    figure = command["figure"]
    territory.known(docs, scope, "scope")
    _must_be_sensible(BY_IDENTIFIER[figure], command["value"])
    target = target_id(scope, command["period"], figure)
    content = command | {"target": target, "by": asked.actor.id}
    return Fact("target_set.v1", f"target/{target}", content)


def _must_be_sensible(definition: Definition, value: int) -> None:
    """`value` as a target is set: a rate in ten-thousandths."""
    name = definition.name
    if not definition.better:
        says = f"“{name}”没有好坏之分，不能设目标"
        raise Invalid(says, code="no_target", path="figure")
    if definition.is_share and value > IN_A_WHOLE:
        says = f"“{name}”是比率，目标最多 100%"
        raise Invalid(says, code="over_one", path="value")


def freeze_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The first version of a month that is over."""
    id, name = _reported(docs, command)
    if docs.get(REPORTS, id) is not None:
        says = f"{name}已经发布；有变化请更正重发"
        raise Refused("already_frozen", says, path="month")
    _must_be_over(command["month"], asked)
    counted = content(docs, command["scope"], command["month"])
    if not counted["whole"].keys() - NOT_OF_THE_MONTH:
        raise Refused("nothing_to_report", f"{name}没有任何数字", path="month")
    version = redefined(docs, counted) | {"version": 1, "by": asked.actor.id}
    return REPORT.fact("report_frozen.v1", id, counted | version)


def restate_report(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The next version, when what it would say is no longer what the last one says."""
    id, name = _reported(docs, command)
    report = docs.get(REPORTS, id)
    if report is None:
        raise Unknown(f"{name}还没有发布", code="not_frozen", path="month")
    REPORT.must_allow(report, "restate", name)
    number = report["version"]
    last = docs.the(VERSIONS, version_id(id, number))
    counted = content(docs, command["scope"], command["month"], last)
    if same(last, counted):
        says = f"{name}和第 {number} 版一样，没有要更正的"
        raise Refused("nothing_to_restate", says, path="month")
    version = {"version": number + 1, "by": asked.actor.id} | pick(command, "reason")
    version |= redefined(docs, counted, last)
    return REPORT.fact("report_restated.v1", id, counted | version)


def _reported(docs: Reads, command: Json) -> tuple[str, str]:
    """The report's id, and what it is called."""
    scope = command["scope"]
    month = command["month"]
    place = territory.known(docs, scope, "scope")
    return report_id(scope, month), f"{place['name']} {month_in_words(month)}月报"


def _must_be_over(month: str, asked: Asked) -> None:
    settled = day_ends(days_of(month)[1]) + SETTLES
    if instant(asked.now) < instant(settled):
        when = local_minute(settled)
        says = f"{month_in_words(month)}还没有结束，{when} 以后才能发布"
        raise Refused("month_not_over", says, path="month")
