"""Figures as files: broken down, compared, over time, of a unit, and a month's report."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Response, request

from gateway.api.metrics import TABLE
from gateway.api.routes import Route
from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.files.exports import attachment
from gateway.files.figures import breakdowns, comparisons, reports
from gateway.files.formats import FORMATS, Sheet
from schemas.documents import Json

SERVICE = "metrics"
Sheets = Callable[[Json], list[Sheet]]


class FigureTable(NamedTuple):
    """The answer to one of metrics' questions as a file. `flat` is what CSV has of it, in its one table."""

    name: str
    title: str
    question: str
    sheets: Sheets
    flat: Sheets
    file_name: Callable[[Json], str]

    @property
    def route(self) -> Route:
        """The same figures as JSON."""
        return next(route for route in TABLE.routes if route.name == self.question)


def table(one: FigureTable, format: str, asker: Asker) -> Response:
    """Raises a `Problem`, or `NotDone`."""
    media_type, write = FORMATS[format]
    schema = one.route.schema()
    question = reading.load(schema, reading.query(request, schema))
    answer = asker.ask(SERVICE, one.question, question)
    sheets = one.flat if format == "csv" else one.sheets
    name = f"{one.file_name(answer)}.{format}"
    return attachment(write(sheets(answer)), media_type, name, f"{one.name}.{format}")


def _first(sheets: Sheets) -> Sheets:
    return lambda answer: sheets(answer)[:1]


FIGURES = (
    FigureTable(
        "breakdown",
        "展开的数字",
        "breakdown",
        breakdowns.breakdown,
        breakdowns.breakdown_rows,
        breakdowns.breakdown_name,
    ),
    FigureTable(
        "span",
        "一段日子的数字",
        "span",
        breakdowns.span,
        _first(breakdowns.span),
        breakdowns.span_name,
    ),
    FigureTable(
        "unit",
        "一个联建单位做了什么",
        "unit_figures",
        breakdowns.unit,
        _first(breakdowns.unit),
        breakdowns.unit_name,
    ),
    FigureTable(
        "comparison",
        "对照的数字",
        "comparison",
        comparisons.comparison,
        _first(comparisons.comparison),
        comparisons.comparison_name,
    ),
    FigureTable(
        "series",
        "一个数字的变化",
        "series",
        comparisons.series,
        _first(comparisons.series),
        comparisons.series_name,
    ),
    FigureTable(
        "report",
        "月报",
        "get_report",
        reports.report,
        reports.report_rows,
        reports.report_name,
    ),
)
