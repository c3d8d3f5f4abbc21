"""The page of a month's report: for whoever sends a token, and for a browser that comes with a link."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from flask import Flask, Response, render_template, request

from gateway.edge import reading, request_log
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates, asking
from gateway.edge.rpc import Services
from gateway.figures import layout, words
from gateway.figures.paragraph import paragraph
from gateway.files.figures import LOGS
from gateway.pages import html
from gateway.pages.reports import facts
from schemas.documents import Json
from schemas.metrics.reports import AskReport, OpenReport
from services.kit.actor import ANONYMOUS
from services.kit.errors import Problem, Unauthenticated
from services.kit.tokens import Verifier

HALF_A_MONTH = 16
WORDS: dict[str, Callable[..., str]] = {
    "figure": words.figure, "exactly": words.exactly, "unit": words.unit, "difference": words.difference,
    "month": words.month, "period": words.period,
    "day": words.day, "moment": words.moment,
}  # fmt: skip
GATES: Gates = {("GET", "/reports/<scope>/<month>"): asking("metrics"), **facts.GATES}


def add(app: Flask, services: Services, verifier: Verifier) -> None:
    app.add_template_global(drawn_by_day)
    app.add_template_global(drawn_by_row)
    for name, filter in WORDS.items():
        app.add_template_filter(filter, name)

    facts.add(app, services, verifier)

    @app.get("/reports/<scope>/<month>")
    def report_page(scope: str, month: str) -> Response:
        try:
            report = _asked({"scope": scope, "month": month}, services, verifier)
            return html.page(
                render_template("reports/report.html", **told(report)),
                "private, no-store",
            )
        except Problem as problem:
            return html.told(problem)


def _asked(path: Json, services: Services, verifier: Verifier) -> Json:
    trace = request.environ[TRACE]
    if "key" not in request.args:
        schema = AskReport()
        said = reading.load(
            schema, reading.with_path(reading.known(request, schema), path, schema)
        )
        actor = actor_of(request.environ, verifier)
        report: Json = services.ask(
            "metrics", "get_report", said, actor=actor, trace=trace
        )
        return report
    request.environ[request_log.PRIVATE] = True
    said = reading.load(OpenReport(), reading.known(request, OpenReport()))
    report = services.ask("metrics", "open_report", said, actor=ANONYMOUS, trace=trace)
    if any(report[name] != value for name, value in path.items()):
        raise Unauthenticated("这个链接是另一份月报的", code="bad_link", path="key")
    return report


def told(report: Json) -> Json:
    """What the page needs besides the report: figures by name, and where its own links lead."""
    key = request.args.get("key")
    opens = partial(facts.link, report["month"], key)
    columns = {one["identifier"] for one in report["definitions"]} - _without_grids(
        report
    )
    beside = [one for one in layout.BESIDE if one.period not in report["absent"]]
    sections = [section for section in layout.SECTIONS if report.get(section.rows)]
    rows = [row for section in sections for row in report[section.rows]] + report[
        "days"
    ]
    figures = {one["figure"]: one["value"] for one in report["items"]}
    withheld = [one["figure"] for one in report["items"] if "value" in one["withheld"]]
    return {
        "paragraph": paragraph(report),
        "opens": opens,
        "cell_of": facts.of_cell,
        "months": facts.beside(report["month"]),
        "beside": beside,
        "total": {"figures": figures, "withheld": withheld},
        "withheld": bool(withheld) or any(row["withheld"] for row in rows),
        "absent": [one for one in layout.BESIDE if one not in beside],
        "report": report,
        "defined": {one["identifier"]: one for one in report["definitions"]},
        "measured": {one["figure"]: one for one in report["items"]},
        "columns": columns,
        "sections": sections,
        "layout": layout,
        "logs": LOGS,
        "halves": [
            half
            for half in (report["days"][:HALF_A_MONTH], report["days"][HALF_A_MONTH:])
            if half
        ],
        "key": f"&key={key}" if key else "",
    }


def _without_grids(report: Json) -> frozenset[str]:
    """The figures that mean nothing where no grids are recorded."""
    grids = next((item for item in report["items"] if item["figure"] == "grids"), None)
    return (
        frozenset()
        if grids and (grids["value"] or "value" in grids["withheld"])
        else layout.OF_GRIDS
    )


def drawn_by_day(id: str, title: str, days: list[Json], figure: str) -> str:
    return _drawn(
        "columns", id, title, days, figure, lambda day: str(int(day["key"][-2:]))
    )


def drawn_by_row(id: str, title: str, rows: list[Json], figure: str) -> str:
    return _drawn("lying", id, title, rows, figure, lambda row: str(row["name"]))


def _drawn(
    kind: str,
    id: str,
    title: str,
    rows: list[Json],
    figure: str,
    name: Callable[[Json], str],
) -> str:
    """A chart of one figure of some rows; nothing when there is nothing to draw."""
    charts = import_module(
        "gateway.pages.reports.charts"
    )  # With leather, which only who reads a report needs.
    told_of = [row for row in rows if row["figures"][figure] is not None]
    bars = [
        charts.Bar(row["key"], name(row), row["figures"][figure]) for row in told_of
    ]
    if not any(bar.value for bar in bars):
        return ""
    made: str = getattr(charts, kind)(id, title, bars)
    return made
