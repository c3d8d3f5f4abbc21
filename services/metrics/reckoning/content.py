"""What a month's report says, as the documents have it now: only what was counted, from which the rest follows.

It says as well what readers from outside are not told. That is decided when it is frozen, for what would tell too much
follows from all that is shown then; a later version tells nothing that an earlier one withheld.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from schemas.documents import Json
from schemas.metrics.definitions import DEFINITIONS, PERCENTILES, Definition
from services.kit.actor import ANONYMOUS
from services.kit.entrypoints import Asked
from services.kit.errors import Contended
from services.kit.views import Find, Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS, cell_id
from services.metrics.model.periods import a_year_before, before, within
from services.metrics.model.withholding.families import FAMILIES
from services.metrics.reckoning import listings, values
from services.metrics.reckoning.listings import LISTINGS
from services.metrics.reckoning.questions import as_of, division
from services.metrics.reckoning.ranges import starting
from services.metrics.reckoning.withholding import Withholding

ATTEMPTS = 5
MOST_DIVISIONS = 1000
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
        generation, position = docs.generation, as_of(docs)
        found = _content(docs, scope, month)
        found = found if before is None else _withholding_as(found, before)
        if (docs.generation, as_of(docs)) == (generation, position):
            return {**found, "as_of": position}
    raise Contended("汇总正在更新，请稍后用同一个 Idempotency-Key 重试")


def _content(docs: Reads, scope: str, month: str) -> Json:
    place = division(docs, scope)
    children = list(values.of_children(docs, scope, month))
    withholding = Withholding(docs, OUTSIDER, stands=timedelta())
    wholes = {
        name: _whole(docs, withholding, scope, period)
        for name, period in _periods(month).items()
    }
    divisions = (
        {
            "key": one["id"],
            "name": one["name"],
            **_said(figures, withholding.of(figures, one["id"], month)),
        }
        for one, figures in children
    )
    return {
        "scope": scope,
        "month": month,
        "name": place["name"],
        "demo": any(
            one["status"] == "demo" for one in (place, *_communities(docs, scope))
        ),
        **{name: row["figures"] for name, row in wholes.items()},
        "targets": _targets(docs, scope, month),
        "divisions": list(divisions),
        "categories": _by_value(
            docs, withholding, scope, month, "category", ACTIVITIES
        ),
        "need_categories": _by_value(
            docs, withholding, scope, month, "need_category", NEEDS
        ),
        **{
            name: listings.rows(docs, withholding, scope, month, one)
            for name, one in LISTINGS.items()
        },
        "days": list(_days(docs, withholding, scope, month)),
        "definitions": DEFINED,
        "withheld": {name: row["withheld"] for name, row in wholes.items()}
        | _of_sessions(withholding, scope, month),
    }


def _periods(month: str) -> Mapping[str, str]:
    return {
        "whole": month,
        "previous": before(month),
        "last_year": a_year_before(month),
    }


def _whole(docs: Reads, withholding: Withholding, scope: str, period: str) -> Json:
    figures = values.of_scope(docs, scope, period)
    return _said(figures, withholding.of(figures, scope, period))


def _said(figures: Json, withheld: frozenset[str]) -> Json:
    """What was counted, and which figures are withheld, also of those that follow from it."""
    return {"figures": counted(figures), "withheld": sorted(withheld & figures.keys())}


def _of_sessions(withholding: Withholding, scope: str, month: str) -> Json:
    of_people = sorted(figure for family in FAMILIES for figure in family.figures)
    asked = ({"scope": scope, "figure": figure} for figure in of_people)
    return {
        "sessions": [
            one["figure"] for one in asked if not withholding.shows_sessions(one, month)
        ]
    }


def _withholding_as(said: Json, before: Json) -> Json:
    rows = {
        name: _rows_withholding_as(said[name], before[name])
        for name in ROWS
        if name in before
    }
    for name in LISTINGS.keys() & rows.keys():
        rows[name] = _all_withholding_as(said[name], before[name])
    kept = {
        name: sorted({*figures, *before["withheld"][name]})
        for name, figures in said["withheld"].items()
    }
    return {**said, **rows, "withheld": kept}


def _rows_withholding_as(rows: list[Json], before: list[Json]) -> list[Json]:
    withheld = {row["key"]: row["withheld"] for row in before}
    return [
        {**row, "withheld": sorted({*row["withheld"], *withheld.get(row["key"], ())})}
        for row in rows
    ]


def _all_withholding_as(rows: list[Json], before: list[Json]) -> list[Json]:
    """Who is named changes from version to version, and what is withheld of one is withheld of all."""
    withheld = {figure for row in (*rows, *before) for figure in row["withheld"]}
    return [{**row, "withheld": sorted(withheld)} for row in rows]


def _communities(docs: Reads, scope: str) -> list[Json]:
    of_scope = Find(
        "divisions",
        {"level": "community"},
        "id",
        since=scope,
        until=f"{scope};",
        limit=MOST_DIVISIONS,
    )
    return docs.find(of_scope)


def counted(figures: Json) -> dict[str, int]:
    """The whole numbers that are not zero."""
    return {name: figures[name] for name in COUNTED if figures.get(name)}


def expanded(figures: dict[str, int], definitions: Iterable[Definition]) -> Json:
    """Every figure of `definitions`, from what was counted."""
    of = tuple(definitions)
    found: Json = {
        one.identifier: figures.get(one.identifier, 0) for one in of if not one.part
    }
    for percentile in PERCENTILES.keys() & found.keys():
        if not found.get("responses"):
            found[percentile] = None
    return values.with_rates(found, of)


def _targets(docs: Reads, scope: str, month: str) -> dict[str, int]:
    return {
        target["figure"]: target["value"]
        for target in starting(docs, "targets", f"{scope}:{month}:")
    }


def _by_value(
    docs: Reads,
    withholding: Withholding,
    scope: str,
    month: str,
    dimension: str,
    collection: str,
) -> list[Json]:
    """The values something was counted for."""
    rows = []
    for cell in starting(docs, collection, f"{scope}:{month}:{dimension}:"):
        figures, value = values.of_value(docs, dimension, cell["id"]), cell["value"]
        said = _said(figures, withholding.of(figures, scope, month, dimension, value))
        rows.append({"key": value, "name": value, **said})
    return [row for row in rows if row["figures"]]


def _days(
    docs: Reads, withholding: Withholding, scope: str, month: str
) -> Iterable[Json]:
    for day in within(month):
        figures = values.of_cell(docs, cell_id(scope, day))
        told = {name: figures[name] for name in OF_A_DAY}
        yield {
            "key": day,
            "name": day,
            **_said(told, withholding.of(figures, scope, day)),
        }


def same(one: Json, other: Json) -> bool:
    """True when two contents count the same, whatever position of the logs they were read at.

    Versions of before say nothing of hosts and units.
    """
    figures = all(
        one[name] == other[name] for name in (*_periods(one["month"]), "targets")
    )
    return figures and all(
        _counted_rows(one[name]) == _counted_rows(other[name])
        for name in ROWS
        if name in one
    )


def _counted_rows(rows: list[Json]) -> list[Json]:
    return [{name: row[name] for name in ("key", "figures")} for row in rows]
