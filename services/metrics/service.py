"""The metrics service: what it answers to, nothing else. It owns no facts but targets and reports."""

from schemas import metrics as schemas
from schemas.documents import Json
from services.district.authority import STREET
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Service, command, query
from services.kit.log import Fact
from services.kit.views import Overlay, Views
from services.metrics import folds, rules
from services.metrics.lifecycles import REPORT
from services.metrics.views import facts as behind
from services.metrics.views import figures as answers
from services.metrics.views import reports, units
from services.metrics.views.found import READERS

SHOWN = ("reports", "report")
COUNTED_FROM = tuple(source for source in folds.FOLDS if source != "metrics")


class Metrics(Service):
    name = "metrics"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (REPORT,)

    def __init__(self, settings: Settings):
        self._report_key = settings.report_key()

    @command(schemas.targets.SetTarget, by=["district_admin"], shows=("targets", "target"))
    def set_target(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.set_target(docs, command, asked)

    @query(schemas.figures.AskFigures, by=READERS)
    def figures(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.figures(views, question, asked)

    @query(schemas.figures.AskBreakdown, by=READERS)
    def breakdown(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.breakdown(views, question, asked)

    @query(schemas.figures.AskComparison, by=READERS)
    def comparison(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.comparison(views, question, asked)

    @query(schemas.figures.AskSpan, by=READERS)
    def span(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.span(views, question, asked)

    @query(schemas.figures.AskSeries, by=READERS)
    def series(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.series(views, question, asked)

    @query(schemas.facts.AskFacts, by=READERS)
    def facts(self, views: Views, question: Json, asked: Asked) -> Json:
        return behind.facts(views, question, asked)

    @query(schemas.units.AskUnitFigures, by=(*READERS, "unit_liaison"))
    def unit_figures(self, views: Views, question: Json, asked: Asked) -> Json:
        return units.unit_figures(views, question, asked)

    @query(schemas.targets.ListTargets, by=READERS)
    def list_targets(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_targets(views, question, asked)

    @query(schemas.definitions.AskDefinitions)
    def definitions(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.definitions(views, question, asked)

    @command(schemas.reports.FreezeReport, by=STREET, shows=SHOWN, rests_on=COUNTED_FROM)
    def freeze_report(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.freeze_report(docs, command, asked)

    @command(schemas.reports.RestateReport, by=STREET, shows=SHOWN, rests_on=COUNTED_FROM)
    def restate_report(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return rules.restate_report(docs, command, asked)

    @query(schemas.reports.ListReports, by=READERS)
    def list_reports(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.list_reports(views, question, asked)

    @query(schemas.reports.AskReport, by=READERS)
    def get_report(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.get_report(views, question, asked)

    @query(schemas.reports.ListVersions, by=READERS)
    def report_versions(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.report_versions(views, question, asked)

    @query(schemas.reports.CompareVersions, by=READERS)
    def compare_report(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.compare_report(views, question, asked)

    @query(schemas.reports.AskDifferences, by=READERS)
    def report_differences(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.report_differences(views, question, asked)

    @query(schemas.reports.OfReport, by=READERS)
    def report_link(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.report_link(views, question, asked, self._report_key)

    @query(schemas.facts.OpenFacts)
    def open_facts(self, views: Views, question: Json, asked: Asked) -> Json:
        return behind.open_facts(views, question, asked, self._report_key)

    @query(schemas.reports.OpenReport)
    def open_report(self, views: Views, question: Json, asked: Asked) -> Json:
        return reports.open_report(views, question, asked, self._report_key)
