"""What a frozen report says, held against the cells recomputed at the positions of the logs it was frozen at."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from schemas.documents import Json
from services.xfh.reconcile import grids
from services.xfh.reconcile.cells import Cells

Figures = dict[str, int]

OF_A_DAY = (
    "person_times",
    "sessions_held",
    "open_sessions",
    "needs_received",
    "closures",
)
NOT_OF_THESE_LOGS = ("communities",)
OF_GRIDS = ("grids_covered", "grids")
OF_ROLES = ("participant_times", "helper_times", "attended_minutes")
MINUTES_BY_CLASS = tuple(
    f"service_minutes_{each}" for each in ("scanned", "backfilled", "adjusted")
)
WINDOW = timedelta(days=89)
MOST_NAMED = 20
# Which of them are named, and what is said of them.
LISTED = {
    "hosts": ("host", "sessions_held", ("sessions_held", "capacity", "person_times")),
    "units": (
        "unit",
        "fulfilments",
        ("commitments_due", "commitments_fulfilled", "commitments_open", "fulfilments"),
    ),
}


def said(report: Json) -> Cells:
    """`{cell id: figures}` of every row, but for what does not follow from these logs."""
    rows = {
        f"{scope}:{period}:{of}": figures
        for scope, period, of, figures in _rows(report)
    }
    for name, (dimension, _, _) in LISTED.items():
        cells = _cells_of(report, dimension)
        rows |= {cells + row["key"]: row["figures"] for row in report.get(name, [])}
    unsaid = {*NOT_OF_THESE_LOGS, *([] if _knows_helpers(report) else MINUTES_BY_CLASS)}
    return {
        cell: {
            figure: value for figure, value in figures.items() if figure not in unsaid
        }
        for cell, figures in rows.items()
    }


def _knows_helpers(report: Json) -> bool:
    return any(
        definition["identifier"] == "helper_times"
        for definition in report["definitions"]
    )


def recomputed(report: Json, cells: Cells) -> Cells:
    """The same rows as they follow from the cells. What a report of before did not know, it does not say."""
    known = {definition["identifier"] for definition in report["definitions"]}
    unsaid = (set(OF_GRIDS) | set(OF_ROLES)) - known
    rows = {
        f"{scope}:{period}:{of}": _figures(
            cells, scope, period, of, whole=len(period) == len("2026-06")
        )
        for scope, period, of, _ in _rows(report)
    }
    for name in LISTED.keys() & report.keys():
        rows |= _listed(cells, report, *LISTED[name])
    if not _knows_helpers(report):
        rows = {
            cell: _as_before_there_were_helpers(figures)
            for cell, figures in rows.items()
        }
    return {
        cell: {name: figures[name] for name in figures.keys() - unsaid}
        for cell, figures in rows.items()
    }


def _as_before_there_were_helpers(figures: Figures) -> Figures:
    """Everybody's time was service; by class it is told of helpers alone now, so of that only the sum is held."""
    if "service_minutes" not in figures:
        return figures
    rest = {
        name: value for name, value in figures.items() if name not in MINUTES_BY_CLASS
    }
    return {
        **rest,
        "service_minutes": figures["service_minutes"]
        + figures.get("attended_minutes", 0),
    }


def _cells_of(report: Json, dimension: str) -> str:
    return f"{report['scope']}:{report['month']}:{dimension}:"


def _listed(
    cells: Cells, report: Json, dimension: str, most: str, said: tuple[str, ...]
) -> Cells:
    """Those that did most, each by itself, and the sum of all others."""
    start = _cells_of(report, dimension)
    counted = {
        cell: {name: figures.get(name, 0) for name in said}
        for cell, figures in cells.items()
    }
    found = [
        cell
        for cell, figures in counted.items()
        if cell.startswith(start) and any(figures.values())
    ]
    found.sort(key=lambda cell: (-counted[cell][most], cell))
    rows = {cell: counted[cell] for cell in found[:MOST_NAMED]}
    others = found[MOST_NAMED:]
    rest = (
        {
            f"{start}rest": {
                name: sum(counted[cell][name] for cell in others) for name in said
            }
        }
        if others
        else {}
    )
    return rows | rest


def _rows(report: Json) -> Iterator[tuple[str, str, str, Figures]]:
    """(scope, period, dimension:value, figures) of everything the report says."""
    scope, month = report["scope"], report["month"]
    year, number = int(month[:4]), int(month[5:])
    before = f"{year:04}-{number - 1:02}" if number > 1 else f"{year - 1:04}-12"
    yield scope, month, "all:", report["whole"]
    yield scope, before, "all:", report["previous"]
    yield scope, f"{year - 1:04}{month[4:]}", "all:", report["last_year"]
    for row in report["divisions"]:
        yield row["key"], month, "all:", row["figures"]
    for row in report["categories"]:
        yield scope, month, f"category:{row['key']}", row["figures"]
    for row in report["need_categories"]:
        yield scope, month, f"need_category:{row['key']}", row["figures"]
    for row in report["days"]:
        yield scope, row["key"], "all:", row["figures"]


def _figures(cells: Cells, scope: str, period: str, of: str, whole: bool) -> Figures:
    counted = cells.get(f"{scope}:{period}:{of}", {})
    if not whole:
        return {figure: counted.get(figure, 0) for figure in OF_A_DAY}
    figures = {
        figure: value
        for figure, value in counted.items()
        if not figure.startswith("response_minutes_")
    }
    figures["service_minutes"] = sum(
        value
        for figure, value in counted.items()
        if figure.startswith("service_minutes_")
    )
    minutes = sorted(_minutes(counted))
    for percent in (50, 90):
        figures[f"response_p{percent}"] = (
            minutes[ceil(len(minutes) * percent / 100) - 1] if minutes else 0
        )
    return figures | (_places(cells, scope, period) if of == "all:" else {})


def _minutes(counted: Figures) -> Iterator[int]:
    for figure, number in counted.items():
        if figure.startswith("response_minutes_"):
            yield from [int(figure.rpartition("_")[2])] * number


def _places(cells: Cells, scope: str, month: str) -> Figures:
    """The units with a deed in the ninety days up to the month's end, and the communities reached in it."""
    ends = _last_day(month)
    active, reached = set(), set()
    for cell, figures in cells.items():
        kind, _, about = cell.partition("/")
        if kind in ("hosting", "fulfilling") and about.startswith(f"{scope}:"):
            days = [
                date.fromisoformat(day) for day, number in figures.items() if number > 0
            ]
            if any(ends - WINDOW <= day <= ends for day in days):
                active.add(about.rpartition(":")[2])
        if (
            kind in ("attending", "closing")
            and about.startswith(f"{month}:{scope}")
            and figures.get("deeds", 0) > 0
        ):
            reached.add(about.rpartition(":")[2])
    return {
        "active_units": len(active),
        "covered": len(reached),
        **grids.figures(cells, scope, month),
    }


def _last_day(month: str) -> date:
    following = date.fromisoformat(f"{month}-28") + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)
