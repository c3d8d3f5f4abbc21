"""The metrics service: what it answers to, nothing else. It owns no facts but targets and reports."""

from schemas import metrics as schemas
from services.district.authority import DISTRICT, overseeing
from services.kit.config import Settings
from services.kit.entrypoints import command, query
from services.kit.service import Service
from services.metrics import folds
from services.metrics.model.lifecycles import REPORT
from services.metrics.reckoning.questions import READERS
from services.metrics.rules import reports as rules
from services.metrics.views import facts as behind
from services.metrics.views import figures as answers
from services.metrics.views import reports, series, targets, units

SHOWN = ("reports", "report")
COUNTED_FROM = tuple(source for source in folds.FOLDS if source != "metrics")


class Metrics(Service):
    name = "metrics"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (REPORT,)

    set_target = command(
        schemas.targets.SetTarget,
        rules.set_target,
        by=overseeing("scope", DISTRICT),
        shows=("targets", "target"),
    )
    figures = query(schemas.figures.AskFigures, answers.figures, by=READERS)
    breakdown = query(schemas.figures.AskBreakdown, answers.breakdown, by=READERS)
    comparison = query(schemas.figures.AskComparison, answers.comparison, by=READERS)
    span = query(schemas.figures.AskSpan, answers.span, by=READERS)
    series = query(schemas.figures.AskSeries, series.series, by=READERS)
    facts = query(schemas.facts.AskFacts, behind.facts, by=READERS)
    unit_figures = query(
        schemas.units.AskUnitFigures, units.unit_figures, by=(*READERS, "unit_liaison")
    )
    list_targets = query(schemas.targets.ListTargets, targets.list_targets, by=READERS)
    definitions = query(schemas.definitions.AskDefinitions, answers.definitions)
    freeze_report = command(
        schemas.reports.FreezeReport,
        rules.freeze_report,
        by=overseeing("scope"),
        shows=SHOWN,
        rests_on=COUNTED_FROM,
    )
    restate_report = command(
        schemas.reports.RestateReport,
        rules.restate_report,
        by=overseeing("scope"),
        shows=SHOWN,
        rests_on=COUNTED_FROM,
    )
    list_reports = query(schemas.reports.ListReports, reports.list_reports, by=READERS)
    get_report = query(schemas.reports.AskReport, reports.get_report, by=READERS)
    report_versions = query(
        schemas.reports.ListVersions, reports.report_versions, by=READERS
    )
    compare_report = query(
        schemas.reports.CompareVersions, reports.compare_report, by=READERS
    )
    report_differences = query(
        schemas.reports.AskDifferences, reports.report_differences, by=READERS
    )
    report_link = query(
        schemas.months.OfReport,
        reports.report_link,
        by=READERS,
        given=Settings.report_key,
    )
    open_facts = query(
        schemas.facts.OpenFacts, behind.open_facts, given=Settings.report_key
    )
    open_report = query(
        schemas.reports.OpenReport, reports.open_report, given=Settings.report_key
    )
