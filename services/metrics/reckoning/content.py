"""What a month's report says, as the documents have it now: only what was counted, from which the rest follows.

It says as well what readers from outside are not told. That is decided when it is frozen, for what would tell too much
follows from all that is shown then; a later version tells nothing that an earlier one withheld.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from schemas.documents import Json, pick
from schemas.metrics.definitions import (
    DEFINITIONS,
    FINDING_P50,
    PERCENTILES,
    Definition,
)
from services.kit.actor import ANONYMOUS
from services.kit.entrypoints import Asked
from services.kit.errors import Contended
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS, cell_id
from services.metrics.model.periods import a_year_before, before, days_of, within
from services.metrics.model.withholding.families import IN_CARE, OF_PEOPLE
from services.metrics.reckoning import listings, values
from services.metrics.reckoning.divisions import communities
from services.metrics.reckoning.listings import LISTINGS
from services.metrics.reckoning.questions import as_of, division
from services.metrics.reckoning.ranges import starting
from services.metrics.reckoning.withholding import Withholding

ATTEMPTS = 5
# Of a day only what is drawn, and whether it was closed.
OF_A_DAY = (
    "person_times",
    "sessions_held",
    "open_sessions",
    "needs_received",
    "closures",
)
ROWS = ("divisions", "categories", "need_categories", *LISTINGS, "days")
OUTSIDER = Asked(ANONYMOUS, datetime.max.replace(tzinfo=UTC), "")
COUNTED = [definition.identifier for definition in DEFINITIONS if not definition.part]
DEFINED = [definition.shown() for definition in DEFINITIONS]


def content(docs: Reads, scope: str, month: str, before: Json | None = None) -> Json:
    """All of it at one position of each log: read again when a position moved while reading.

    What the version `before` withheld is withheld here too.
    """
    for _ in range(ATTEMPTS):
        position = docs.generation, as_of(docs)
        content = _content(docs, scope, month)
        if before is not None:
            content |= _withheld_as(content, before)
        if (docs.generation, as_of(docs)) == position:
            return content | {"as_of": position[1]}
    raise Contended("汇总正在更新，请稍后用同一个 Idempotency-Key 重试")


def _content(docs: Reads, scope: str, month: str) -> Json:
    withholding = Withholding(docs, OUTSIDER, stands=timedelta())
    wholes: Json = {}
    withheld: Json = {}
    for name, period in _periods(month).items():
        figures = values.of_scope(docs, scope, period)
        hidden = withholding.of(figures, scope, period)
        wholes |= {name: counted(figures)}
        withheld |= {name: sorted(hidden & figures.keys())}
    withheld["sessions"] = _of_sessions(withholding, scope, month)
    return {
        "scope": scope,
        "month": month,
        **_about(docs, scope),
        **wholes,
        "targets": _targets(docs, scope, month),
        **_rows(docs, withholding, scope, month),
        "definitions": DEFINED,
        "withheld": withheld,
    }


def _about(docs: Reads, scope: str) -> Json:
    """What the scope is called, and whether any of it is invented."""
    place = division(docs, scope)
    statuses = {one["status"] for one in (place, *communities(docs, scope))}
    return {"name": place["name"], "demo": "demo" in statuses}


def _rows(docs: Reads, withholding: Withholding, scope: str, month: str) -> Json:
    """All tables of a report: `{table: rows}`, each row as `row`."""
    of_month = docs, withholding, scope, month
    lists = {name: listings.rows(*of_month, LISTINGS[name]) for name in LISTINGS}
    return {
        "divisions": list(_divisions(*of_month)),
        "categories": list(_by_value(*of_month, "category", ACTIVITIES)),
        "need_categories": list(_by_value(*of_month, "need_category", NEEDS)),
        **lists,
        "days": list(_days(*of_month)),
    }


def _periods(month: str) -> Mapping[str, str]:
    return {
        "whole": month,
        "previous": before(month),
        "last_year": a_year_before(month),
    }


def row(key: str, name: str, figures: Json, withheld: frozenset[str]) -> Json:
    """What was counted, and which figures are withheld, also of those that follow from it."""
    hidden = sorted(withheld & figures.keys())
    return {
        "key": key,
        "name": name,
        "figures": counted(figures),
        "withheld": hidden,
    }


def _of_sessions(withholding: Withholding, scope: str, month: str) -> list[str]:
    """The figures of people that are not told of single sessions; of care, those that are told of no day."""
    of_people = [
        figure
        for figure in sorted(OF_PEOPLE)
        if not withholding.shows_sessions(scope, figure, month)
    ]
    first = days_of(month)[0]
    of_care = [
        figure
        for figure in sorted(IN_CARE.figures)
        if withholding.withholds(figure, {}, scope, first)
    ]
    return of_people + of_care


def _withheld_as(content: Json, before: Json) -> Json:
    """The parts of a content that say what is withheld, withholding what the version before withheld as well."""
    changed: Json = {}
    for name in ROWS:
        if name in before:
            add_to = _all_withheld_as if name in LISTINGS else _rows_withheld_as
            changed[name] = add_to(content[name], before[name])
    earlier = before["withheld"]
    withheld = {
        name: sorted({*figures, *earlier[name]})
        for name, figures in content["withheld"].items()
    }
    return changed | {"withheld": withheld}


def _rows_withheld_as(rows: list[Json], before: list[Json]) -> list[Json]:
    """What was withheld of a row is withheld of it again."""
    earlier = {row["key"]: row["withheld"] for row in before}

    def withheld(row: Json) -> list[str]:
        return sorted({*row["withheld"], *earlier.get(row["key"], ())})

    return [row | {"withheld": withheld(row)} for row in rows]


def _all_withheld_as(rows: list[Json], before: list[Json]) -> list[Json]:
    """Who is named changes from version to version, and what is withheld of one is withheld of all."""
    withheld = set[str]().union(*(row["withheld"] for row in (*rows, *before)))
    return [row | {"withheld": sorted(withheld)} for row in rows]


def counted(figures: Json) -> dict[str, int]:
    """The whole numbers that are not zero."""
    return {name: figures[name] for name in COUNTED if figures.get(name)}


def expanded(figures: dict[str, int], definitions: Iterable[Definition]) -> Json:
    """Every figure of `definitions`, from what was counted."""
    defined = tuple(definitions)
    wholes = [definition for definition in defined if not definition.part]
    known: Json = {
        figure: figures.get(figure, 0) for figure in values.identifiers(wholes)
    }
    if not known.get("responses"):
        known |= dict.fromkeys(PERCENTILES.keys() & known.keys())
    if FINDING_P50.identifier in known and not known.get("findings_resolved"):
        known[FINDING_P50.identifier] = None
    return values.with_rates(known, defined)


def _targets(docs: Reads, scope: str, month: str) -> dict[str, int]:
    targets = starting(docs, "targets", f"{scope}:{month}:")
    return {target["figure"]: target["value"] for target in targets}


def _divisions(
    docs: Reads, withholding: Withholding, scope: str, month: str
) -> Iterator[Json]:
    for child, figures in values.of_children(docs, scope, month):
        withheld = withholding.of(figures, child["id"], month)
        yield row(child["id"], child["name"], figures, withheld)


def _by_value(
    docs: Reads,
    withholding: Withholding,
    scope: str,
    month: str,
    dimension: str,
    collection: str,
) -> Iterator[Json]:
    """The values something was counted for."""
    for cell in starting(docs, collection, f"{scope}:{month}:{dimension}:"):
        figures = values.of_value(docs, dimension, cell["id"])
        value = cell["value"]
        withheld = withholding.of(figures, scope, month, dimension, value)
        if counted(figures):
            yield row(value, value, figures, withheld)


def _days(
    docs: Reads, withholding: Withholding, scope: str, month: str
) -> Iterator[Json]:
    for day in within(month):
        figures = values.of_cell(docs, cell_id(scope, day))
        withheld = withholding.of(figures, scope, day)
        yield row(day, day, pick(figures, *OF_A_DAY), withheld)


def same(one: Json, other: Json) -> bool:
    """True when two contents count the same, whatever position of the logs they were read at.

    Versions of before say nothing of hosts and units.
    """
    wholes = (*_periods(one["month"]), "targets")
    if pick(one, *wholes) != pick(other, *wholes):
        return False
    tables = [name for name in ROWS if name in one]
    return all(_counted(one[name]) == _counted(other[name]) for name in tables)


def _counted(rows: list[Json]) -> list[Json]:
    return [pick(row, "key", "figures") for row in rows]
