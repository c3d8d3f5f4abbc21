"""The page of a month's report: for whoever sends a token, and for a browser that comes with a link."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from flask import Response, request

from gateway.edge import reading, request_log
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.figures import layout, words
from gateway.figures.paragraph import paragraph
from gateway.pages import html
from gateway.pages.reports import facts
from schemas.documents import Json
from schemas.metrics.reports import AskReport, OpenReport
from services.kit.errors import Unauthenticated

SERVICE = "metrics"
PATH = "/reports/<scope>/<month>"
HALF_A_MONTH = 16
WORDS: dict[str, Callable[..., str]] = {
    "figure": words.figure, "exactly": words.exactly, "unit": words.unit, "difference": words.difference,
    "month": words.month, "period": words.period,
    "day": words.day, "moment": words.moment,
}  # fmt: skip
GATES: Gates = {("GET", PATH): asking(SERVICE)}


def register(app: Application) -> None:
    app.add_template_global(drawn_by_day)
    app.add_template_global(drawn_by_row)
    for name, filter in WORDS.items():
        app.add_template_filter(filter, name)
    app.get(PATH)(html.for_readers(report_page))


def report_page(scope: str, month: str) -> Response:
    """A link shows its own report only."""
    path = {"scope": scope, "month": month}
    report = _opened(path) if "key" in request.args else _asked(path)
    return html.private_page(html.drawn("reports/report.html", **shown(report)))


def _asked(path: Json) -> Json:
    """By who sends a token."""
    schema = AskReport()
    chosen = reading.known(request, schema)
    question = reading.load(schema, reading.with_path(chosen, path, schema))
    report: Json = Asker.of(request).ask(SERVICE, "get_report", question)
    return report


def _opened(path: Json) -> Json:
    """By who has a link, which says for which report it is good."""
    request.environ[request_log.PRIVATE] = True
    schema = OpenReport()
    question = reading.load(schema, reading.known(request, schema))
    report: Json = Asker.everybody(request).ask(SERVICE, "open_report", question)
    if any(report[name] != value for name, value in path.items()):
        raise Unauthenticated("这个链接是另一份月报的", code="bad_link", path="key")
    return report


def shown(report: Json) -> Json:
    """What the page needs besides the report: figures by name, and where its own links lead."""
    sections = [section for section in layout.SECTIONS if section.is_of(report)]
    parts = {
        "report": report,
        "paragraph": paragraph(report),
        "layout": layout,
        "sections": sections,
        "halves": list(_halves(report["days"])),
        "withheld": _is_anything_withheld(report, sections),
    }
    return parts | _of_figures(report) | _of_months(report) | _of_links(report)


def _of_figures(report: Json) -> Json:
    items, definitions = report["items"], report["definitions"]
    measured = {item["figure"]: item for item in items}
    defined = {definition["identifier"]: definition for definition in definitions}
    total = {
        "figures": {item["figure"]: item["value"] for item in items},
        "withheld": _withheld(report),
    }
    return {
        "measured": measured,
        "defined": defined,
        "columns": defined.keys() - _unrecorded(measured.get("grids")),
        "total": total,
    }


def _of_months(report: Json) -> Json:
    """The months beside the report, and those that have no figures."""
    absent = [one for one in layout.BESIDE if one.period in report["absent"]]
    return {
        "beside": [one for one in layout.BESIDE if one not in absent],
        "absent": absent,
        "months": facts.beside(report["month"]),
    }


def _of_links(report: Json) -> Json:
    key = request.args.get("key")
    return {
        "opens": partial(facts.link, report["month"], key),
        "cell_of": facts.of_cell,
        "key": f"&key={key}" if key else "",
    }


def _halves(days: list[Json]) -> Iterator[list[Json]]:
    """The days in two tables, the second only where there are so many."""
    if days:
        yield days[:HALF_A_MONTH]
    if len(days) > HALF_A_MONTH:
        yield days[HALF_A_MONTH:]


def _withheld(report: Json) -> list[str]:
    return [item["figure"] for item in report["items"] if "value" in item["withheld"]]


def _is_anything_withheld(report: Json, sections: list[layout.Section]) -> bool:
    if _withheld(report) or any(day["withheld"] for day in report["days"]):
        return True
    rows = (row for section in sections for row in report[section.rows])
    return any(row["withheld"] for row in rows)


def _unrecorded(grids: Json | None) -> frozenset[str]:
    """The figures that mean nothing where no grids are recorded."""
    if grids and (grids["value"] or "value" in grids["withheld"]):
        return frozenset()
    return layout.OF_GRIDS


def drawn_by_day(days: list[Json], figure: str) -> Any:
    """A column for each day; nothing when there is nothing to draw."""
    return _drawn("columns", _bars(days, figure, lambda day: str(int(day["key"][-2:]))))


def drawn_by_row(rows: list[Json], figure: str, say: Callable[[str], str]) -> Any:
    """A bar for each row, by its name as `say` says it; nothing when there is nothing to draw."""
    return _drawn("lying", _bars(rows, figure, lambda row: say(row["name"])))


def _bars(
    rows: list[Json], figure: str, name: Callable[[Json], str]
) -> Iterator[tuple[str, str, int]]:
    """(key, name, value) of the rows that have the figure."""
    for row in rows:
        value = row["figures"][figure]
        if value is not None:
            yield row["key"], name(row), value


def _drawn(kind: str, bars: Iterable[tuple[str, str, int]]) -> Any:
    # With leather, which only who reads a report needs.
    charts = import_module("gateway.pages.reports.charts")
    drawn = [charts.Bar(*bar) for bar in bars]
    if not any(bar.value for bar in drawn):
        return None
    return getattr(charts, kind)(drawn)
