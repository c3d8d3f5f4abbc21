"""区级汇总."""

from gateway.api.routes import (
    Table,
    changes,
    creates,
    lists,
    lists_by_secret,
    shows,
    shows_by_secret,
)
from schemas.metrics import definitions as d
from schemas.metrics import facts as b
from schemas.metrics import figures as f
from schemas.metrics import months as m
from schemas.metrics import reports as r
from schemas.metrics import targets as t
from schemas.metrics import units as u

REPORT = "/metrics/reports/<scope>/<month>"

TABLE = Table(
    "metrics",
    "汇总",
    (
        shows("/metrics/definitions", "definitions", d.AskDefinitions, d.Definitions, "每个数字的定义", for_all=True),
        shows("/metrics/figures", "figures", f.AskFigures, f.Figures, "一个范围和时段的数字"),
        shows(
            "/metrics/breakdown", "breakdown", f.AskBreakdown, f.Breakdown,
            "按街道社区、类别、主题活动、主办方或时段展开",
        ),
        shows("/metrics/comparison", "comparison", f.AskComparison, f.Comparison, "与上一时段、去年同期和目标对照"),
        shows("/metrics/span", "span", f.AskSpan, f.Span, "任意一段日子的数字：半年、一周；人数不可按天相加，为空"),
        shows("/metrics/series", "series", f.AskSeries, f.Series, "一个数字按日或按月的变化"),
        lists("/metrics/facts", "facts", b.AskFacts, b.FactShown, "一个数字由哪些事实构成"),
        shows(
            "/metrics/units/<unit>", "unit_figures", u.AskUnitFigures, u.UnitFigures,
            "一个联建单位做了什么：活动、项目、服务的人和时长，供本单位和所在地使用",
        ),
        changes("/metrics/targets", "set_target", t.SetTarget, t.Target, "设定一个数字的目标"),
        lists("/metrics/targets", "list_targets", t.ListTargets, t.Target, "一个范围的目标"),
        creates(
            "/metrics/reports", "freeze_report", r.FreezeReport, r.MonthlyReport,
            "发布一个月的月报，数字从此不变", at="",
        ),
        changes(
            f"{REPORT}/restate", "restate_report", r.RestateReport, r.MonthlyReport,
            "更正重发：新的一版，说明原因",
        ),
        lists("/metrics/reports", "list_reports", r.ListReports, r.MonthlyReport, "一个范围发布过的月报"),
        shows(REPORT, "get_report", r.AskReport, r.ReportShown, "一份月报，及其更正"),
        lists(f"{REPORT}/versions", "report_versions", r.ListVersions, r.VersionShown, "月报的各版，何人何时为何更正"),
        shows(
            f"{REPORT}/comparison", "compare_report", r.CompareVersions, r.VersionComparison,
            "一版与另一版、或与现在的数字对照",
        ),
        lists(
            f"{REPORT}/differences", "report_differences", r.AskDifferences, r.FactChanged,
            "差异由哪些事实构成，逐项列出前后",
        ),
        shows(f"{REPORT}/link", "report_link", m.OfReport, r.ReportLink, "月报页面的地址，8 小时内不用令牌就能打开"),
        lists_by_secret(
            "/metrics/open-facts", "open_facts", b.OpenFacts, b.FactShown, "凭链接查看月报中一个数字由哪些事实构成"
        ),
        shows_by_secret("/metrics/open-report", "open_report", r.OpenReport, r.ReportShown, "凭链接查看月报"),
    ),
)  # fmt: skip
