"""What a frozen report says, held against the cells recomputed at the positions of the logs it was frozen at."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import repeat
from math import ceil

from schemas.documents import Json, pick, pick_present, without
from services.xfh.reconcile import grids
from services.xfh.reconcile.cells import Cells

Figures = dict[str, int]

OF_A_DAY = (
    "person_times", "sessions_held", "open_sessions", "needs_received", "closures",
)  # fmt: skip
NOT_OF_THESE_LOGS = ("communities",)
OF_GRIDS = ("grids_covered", "grids")
OF_ROLES = ("participant_times", "helper_times", "attended_minutes")
OF_DOORSTEP = (
    "visits", "asks", "round_doors", "round_met", "round_tried", "not_in", "refused", "findings", "findings_resolved",
    "finding_p50", "followups_overdue", "care_due", "care_calls", "mediations", "mediations_ended",
    "mediations_agreed", "burden_overrides", "doors", "grids_active",
)  # fmt: skip
RESPONSE, SERVICE, TOOK = "response_minutes_", "service_minutes_", "finding_days_"
MINUTES_BY_CLASS = (f"{SERVICE}scanned", f"{SERVICE}backfilled", f"{SERVICE}adjusted")
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
    rows = {":".join(key): figures for key, figures in _rows(report)}
    for name, (dimension, _, _) in LISTED.items():
        start = _cells_of(report, dimension)
        for row in report.get(name, []):
            rows[start + row["key"]] = row["figures"]
    unsaid = () if _knows_helpers(report) else MINUTES_BY_CLASS
    return _without(rows, *NOT_OF_THESE_LOGS, *unsaid)


def _without(rows: Cells, *figures: str) -> Cells:
    return {cell: without(row, *figures) for cell, row in rows.items()}


def _known(report: Json) -> set[str]:
    """The figures that were defined when the report was frozen."""
    return {definition["identifier"] for definition in report["definitions"]}


def _knows_helpers(report: Json) -> bool:
    return "helper_times" in _known(report)


def recomputed(report: Json, cells: Cells) -> Cells:
    """The same rows as they follow from the cells. What a report of before did not know, it does not say."""
    rows = {":".join(key): _figures(cells, *key) for key, _ in _rows(report)}
    for name in LISTED.keys() & report.keys():
        rows |= _listed(cells, report, *LISTED[name])
    if not _knows_helpers(report):
        rows = {cell: _as_before_helpers(row) for cell, row in rows.items()}
    unknown = {*OF_GRIDS, *OF_ROLES, *OF_DOORSTEP} - _known(report)
    return _without(rows, *unknown)


def _as_before_helpers(figures: Figures) -> Figures:
    """Everybody's time was service; by class it is told of helpers alone now, so of that only the sum is held."""
    if "service_minutes" not in figures:
        return figures
    minutes = figures["service_minutes"] + figures.get("attended_minutes", 0)
    return without(figures, *MINUTES_BY_CLASS) | {"service_minutes": minutes}


def _cells_of(report: Json, dimension: str) -> str:
    return f"{report['scope']}:{report['month']}:{dimension}:"


def _listed(
    cells: Cells, report: Json, dimension: str, most: str, names: tuple[str, ...]
) -> Cells:
    """Those that did most, each by itself, and the sum of all others."""
    start = _cells_of(report, dimension)
    nothing = dict.fromkeys(names, 0)
    rows = {
        cell: nothing | pick_present(figures, *names)
        for cell, figures in cells.items()
        if cell.startswith(start)
    }
    some = [cell for cell, row in rows.items() if any(row.values())]
    some.sort(key=lambda cell: (-rows[cell][most], cell))
    listed = pick(rows, *some[:MOST_NAMED])
    others = some[MOST_NAMED:]
    if others:
        listed[f"{start}rest"] = _sum(pick(rows, *others), names)
    return listed


def _sum(rows: Cells, names: tuple[str, ...]) -> Figures:
    return {name: sum(row[name] for row in rows.values()) for name in names}


def _rows(report: Json) -> Iterator[tuple[tuple[str, str, str], Figures]]:
    """((scope, period, dimension:value), figures) of everything the report says."""
    scope, month = report["scope"], report["month"]
    year_before = f"{int(month[:4]) - 1:04}{month[4:]}"
    yield (scope, month, "all:"), report["whole"]
    yield (scope, _month_before(month), "all:"), report["previous"]
    yield (scope, year_before, "all:"), report["last_year"]
    for row in report["divisions"]:
        yield (row["key"], month, "all:"), row["figures"]
    for row in report["categories"]:
        yield (scope, month, f"category:{row['key']}"), row["figures"]
    for row in report["need_categories"]:
        yield (scope, month, f"need_category:{row['key']}"), row["figures"]
    for row in report["days"]:
        yield (scope, row["key"], "all:"), row["figures"]


def _month_before(month: str) -> str:
    year = int(month[:4])
    number = int(month[5:])
    if number == 1:
        return f"{year - 1:04}-12"
    return f"{year:04}-{number - 1:02}"


def _figures(cells: Cells, scope: str, period: str, of: str) -> Figures:
    """Of a day what is drawn of it, of a month everything."""
    counted = cells.get(f"{scope}:{period}:{of}", {})
    if len(period) != len("2026-06"):
        return dict.fromkeys(OF_A_DAY, 0) | pick_present(counted, *OF_A_DAY)
    by_time = [name for name in counted if name.startswith((RESPONSE, TOOK))]
    figures = without(counted, *by_time)
    service = [name for name in counted if name.startswith(SERVICE)]
    figures["service_minutes"] = sum(counted[name] for name in service)
    figures |= _percentiles(counted)
    return figures | _places(cells, scope, period) if of == "all:" else figures


def _percentiles(counted: Figures) -> Figures:
    minutes = sorted(_times(counted, RESPONSE))
    days = sorted(_times(counted, TOOK))
    return {
        "response_p50": _percentile(minutes, 50),
        "response_p90": _percentile(minutes, 90),
        "finding_p50": _percentile(days, 50),
    }


def _percentile(times: list[int], percent: int) -> int:
    """By nearest rank; 0 of nothing."""
    rank = ceil(len(times) * percent / 100)
    return times[rank - 1] if times else 0


def _times(counted: Figures, prefix: str) -> Iterator[int]:
    for figure, number in counted.items():
        if figure.startswith(prefix):
            yield from repeat(int(figure.removeprefix(prefix)), number)


def _places(cells: Cells, scope: str, month: str) -> Figures:
    """The units with a deed in the ninety days up to the month's end, and the communities reached in it."""
    units = set(_active(cells, scope, month))
    communities = set(_reached(cells, scope, month))
    figures = {"active_units": len(units), "covered": len(communities)}
    figures |= {"doors": _doors(cells, scope, month)}
    return figures | _walked(cells, scope, month) | grids.figures(cells, scope, month)


def _doors(cells: Cells, scope: str, month: str) -> int:
    """Those that have come up to the month's end, without those that have gone."""
    return sum(
        sum(days.values())
        for cell, days in cells.items()
        if cell.startswith(f"door_days/{scope}:") and cell.rpartition(":")[2] <= month
    )


def _walked(cells: Cells, scope: str, month: str) -> Figures:
    last = _last_day(month).isoformat()
    active = cells.get(f"active_grids/{scope}:{month}", {})
    return {"grids_active": active.get(last, 0)}


def _active(cells: Cells, scope: str, month: str) -> Iterator[str]:
    ends = _last_day(month)
    for cell, days in cells.items():
        kind, _, about = cell.partition("/")
        if kind not in ("hosting", "fulfilling") or not about.startswith(f"{scope}:"):
            continue
        done = (date.fromisoformat(day) for day, number in days.items() if number > 0)
        if any(ends - WINDOW <= day <= ends for day in done):
            yield about.rpartition(":")[2]


def _reached(cells: Cells, scope: str, month: str) -> Iterator[str]:
    for cell, deeds in cells.items():
        kind, _, about = cell.partition("/")
        is_there = about.startswith(f"{month}:{scope}") and deeds.get("deeds", 0) > 0
        if kind in ("attending", "closing") and is_there:
            yield about.rpartition(":")[2]


def _last_day(month: str) -> date:
    following = date.fromisoformat(f"{month}-28") + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)
