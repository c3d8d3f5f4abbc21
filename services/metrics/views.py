"""What metrics shows: figures with their definitions and the log positions they reflect."""

from collections.abc import Iterable

from schemas.metrics import DEFINITIONS
from services.kit import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Data
from services.kit.views import Doc, Find, Views
from services.metrics.folds import COUNTED, FOLDS
from services.metrics.periods import within

READERS = ("district_admin", "district_analyst", "street_admin", "community_worker")
MOST_ROWS = 1000
HOSTS = {"branch": "branches", "unit": "units", "partner": "partners", "community": "divisions"}


def figures(views: Views, question: Data, asked: Asked) -> Data:
    _must_cover(asked, question["scope"])
    # Read before the cells: what is shown may be newer than `as_of` says, never older.
    as_of = {source: views.cursor(source) for source in sorted(FOLDS)}
    cell = views.get("cells", _id(question["scope"], question["period"]))
    return {**question, "name": _division(views, question["scope"])["name"], "figures": shown(cell), "as_of": as_of}


def breakdown(views: Views, question: Data, asked: Asked) -> Data:
    whole = figures(views, question, asked)
    rows = {"division": _by_division, "time": _by_time, "category": _by_value, "host": _by_value}[question["by"]]
    return {**whole, "rows": list(rows(views, question))}


def definitions(views: Views, question: Data, asked: Asked) -> Data:
    return {"items": [definition._asdict() for definition in DEFINITIONS]}


def shown(cell: Doc | None) -> Data:
    """A cell's figures with those derived from them; zeros for a cell nothing was counted in."""
    counted = {name: cell[name] if cell else 0 for name in COUNTED}
    minutes = sum(value for name, value in counted.items() if name.startswith("service_minutes_"))
    return {
        **counted,
        "service_minutes": minutes,
        "turnout": _rate(counted["attended"], counted["confirmed"]),
        "fill_rate": _rate(counted["attended"], counted["capacity"]),
        "satisfaction": _rate(counted["satisfied"], counted["ratings"]),
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _by_division(views: Views, question: Data) -> Iterable[Data]:
    children = views.find(Find("divisions", {"parent": question["scope"]}, "id", limit=MOST_ROWS))
    for child in children:
        cell = views.get("cells", _id(child["id"], question["period"]))
        yield {"key": child["id"], "name": child["name"], "figures": shown(cell)}


def _by_time(views: Views, question: Data) -> Iterable[Data]:
    for period in within(question["period"]):
        cell = views.get("cells", _id(question["scope"], period))
        yield {"key": period, "name": period, "figures": shown(cell)}


def _by_value(views: Views, question: Data) -> Iterable[Data]:
    """The categories or hosts that have figures. A host with no figures has no row."""
    first = f"{question['scope']}:{question['period']}:{question['by']}:"
    beyond = first[:-1] + ";"  # The next character after the colon.
    for cell in views.find(Find("cells", {}, "id", since=first, until=beyond, limit=MOST_ROWS)):
        name = cell["value"] if question["by"] == "category" else _host_name(views, cell["value"])
        yield {"key": cell["value"], "name": name, "figures": shown(cell)}


def _host_name(views: Views, host: str) -> str:
    kind, _, id = host.partition("/")
    doc = views.get(HOSTS[kind], id)
    return str(doc["name"]) if doc else host


def _id(scope: str, period: str) -> str:
    return f"{scope}:{period}:all:"


def _division(views: Views, code: str) -> Doc:
    division = views.get(territory.DIVISIONS.name, code)
    if division is None:
        raise Unknown(f"没有区划代码为 {code} 的区划", path="scope")
    return division


def _must_cover(asked: Asked, scope: str) -> None:
    if not asked.actor.covers_any(READERS, scope):
        raise Forbidden("您的角色看不到这个范围的数据", code="out_of_scope", path="scope")
