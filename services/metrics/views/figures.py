"""The figures of a scope and period, broken down, and beside other periods and targets."""

from collections.abc import Iterator, Mapping

from schemas.documents import Json
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
    DEFINITIONS,
    OF_ACTIVITIES,
)
from schemas.metrics.figures import COMPARED
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS, cell_id
from services.metrics.folds.targets import target_id
from services.metrics.model.periods import within
from services.metrics.reckoning import places, values
from services.metrics.reckoning.questions import (
    as_of,
    division,
    must_be_campaign,
    must_cover,
)
from services.metrics.reckoning.ranges import starting
from services.metrics.reckoning.titles import value_name
from services.metrics.reckoning.values import ALL, Part
from services.metrics.reckoning.withholding import Withholding
from services.metrics.views import spans
from services.metrics.views.targets import target_shown

DEFINED = [definition.shown() for definition in DEFINITIONS]
NEVER = "人数、活跃单位、比率、认领和办结用时不可相加"
NOTES = {
    "division": f"各行相加等于合计，时段内换了社区的微网格在两处各计一次；{NEVER}",
    "time": f"各行相加等于合计；{NEVER}，覆盖社区、微网格和在册门户也不可按时段相加",
    "category": f"活动的类别；各行相加等于合计；{NEVER}",
    "need_category": f"需求的类别，与活动的类别不同；各行相加等于合计；{NEVER}",
    "campaign": f"主题活动；不属于主题活动的场次不在其中，各行相加会小于合计；{NEVER}",
    "host": f"联办的场次对每个主办方各计一次，各行相加会大于合计；{NEVER}",
    "unit": f"办理项目的联建单位；各行相加等于合计；{NEVER}",
}


def figures(views: Reads, question: Json, asked: Asked) -> Json:
    """Every figure of a scope and period, with its definition; null for what the asker is not told."""
    return _whole(views, question, asked, Withholding(views, asked))


def breakdown(views: Reads, question: Json, asked: Asked) -> Json:
    """The figures, with the rows they are made of."""
    withholding = Withholding(views, asked)
    by = question["by"]
    whole = _whole(views, question, asked, withholding)
    rows = ROWS.get(by, _by_value)(views, question, withholding)
    return whole | {"note": NOTES[by], "rows": list(rows)}


def _whole(
    views: Reads, question: Json, asked: Asked, withholding: Withholding
) -> Json:
    about = _about(views, question, asked)
    scope = question["scope"]
    period = question["period"]
    part = _part(question)
    figures = values.of_part(views, scope, period, part)
    shown = withholding.told(figures, scope, period, *part)
    shown |= {"absent": values.is_absent(figures)}
    return about | shown | {"definitions": _defined(shown["figures"])}


def _shown(
    views: Reads, scope: str, period: str, part: Part, withholding: Withholding
) -> Json:
    """`{"figures", "withheld"}` of a scope and period."""
    figures = values.of_part(views, scope, period, part)
    return withholding.told(figures, scope, period, *part)


def span(views: Reads, question: Json, asked: Asked) -> Json:
    """Half-years, weeks, and any days: what can be added up of them."""
    about = _about(views, question, asked)
    withholding = Withholding(views, asked)
    cell = question["scope"], question["since"], question["until"], _part(question)
    shown = spans.span(views, withholding, *cell)
    return about | shown | {"definitions": _defined(shown["figures"])}


def _defined(figures: Json) -> list[dict[str, str]]:
    return [defined for defined in DEFINED if defined["identifier"] in figures]


def definitions(views: Reads, question: Json, asked: Asked) -> Json:
    return {"items": DEFINED}


def _about(views: Reads, question: Json, asked: Asked) -> Json:
    """What is asked, what its scope is called, and how far the logs are known."""
    scope = question["scope"]
    must_cover(asked, scope)
    position = as_of(views)
    if "campaign" in question:
        must_be_campaign(views, question["campaign"])
    place = division(views, scope)
    return question | {"name": place["name"], "as_of": position}


def _part(question: Json) -> Part:
    return Part("campaign", question["campaign"]) if "campaign" in question else ALL


def _by_division(
    views: Reads, question: Json, withholding: Withholding
) -> Iterator[Json]:
    scope = question["scope"]
    period = question["period"]
    part = _part(question)
    for child, figures in values.of_children(views, scope, period, part):
        shown = withholding.told(figures, child["id"], period, *part)
        yield _row(child["id"], child["name"], shown)


def _by_time(views: Reads, question: Json, withholding: Withholding) -> Iterator[Json]:
    part = _part(question)
    if part == ALL:
        yield from _all_by_time(views, question, withholding)
        return
    for period in within(question["period"]):
        shown = _shown(views, question["scope"], period, part, withholding)
        yield _row(period, period, shown)


def _all_by_time(
    views: Reads, question: Json, withholding: Withholding
) -> Iterator[Json]:
    scope = question["scope"]
    periods = within(question["period"])
    active = places.active_units(views, scope, periods) if periods else {}
    for period in periods:
        figures = values.of_cell(views, cell_id(scope, period))
        figures |= places.reach(views, scope, period)
        figures["active_units"] = len(active[period])
        figures = values.with_doors(views, figures, scope, period)
        yield _row(period, period, withholding.told(figures, scope, period))


def _by_value(views: Reads, question: Json, withholding: Withholding) -> Iterator[Json]:
    """The values that have figures. A host with no figures has no row."""
    scope = question["scope"]
    period = question["period"]
    by = question["by"]
    collection = ACTIVITIES if values.DIMENSIONS[by] is OF_ACTIVITIES else NEEDS
    for cell in starting(views, collection, f"{scope}:{period}:{by}:"):
        figures = values.of_value(views, by, cell["id"])
        value = cell["value"]
        shown = withholding.told(figures, scope, period, by, value)
        yield _row(value, value_name(views, by, value), shown)


def _row(key: str, name: str, shown: Json) -> Json:
    return {"key": key, "name": name} | shown


ROWS = {"division": _by_division, "time": _by_time}


def comparison(views: Reads, question: Json, asked: Asked) -> Json:
    """Each figure beside that of the period before, of the year before, and its target.

    While the period is under way, beside the same days so far of the others.
    """
    about = _about(views, question, asked)
    until = spans.so_far(question["period"], asked)
    earlier = spans.earlier(question["period"])
    days = _days(question["period"], until, earlier)
    columns = _columns(views, question, earlier, days, Withholding(views, asked))
    items = [_beside(views, question, figure, columns) for figure in BY_IDENTIFIER]
    absent = [name for name in earlier if columns[name].is_absent]
    up_to = {"until": days} if until else {}
    return about | earlier | up_to | {"absent": absent, "items": items}


def _days(
    period: str, until: str | None, earlier: Mapping[str, str]
) -> dict[str, str | None]:
    """By column, the last day so far; None of a period that is taken whole."""
    days = {"value": until}
    for name, other in earlier.items():
        days[name] = spans.until_same_day(period, until, other)
    return days


def _columns(
    views: Reads,
    question: Json,
    earlier: Mapping[str, str],
    days: Mapping[str, str | None],
    withholding: Withholding,
) -> dict[str, spans.Compared]:
    """The period asked for, and the earlier ones up to the same day."""
    scope = question["scope"]
    columns = {"value": _now(views, scope, question["period"], withholding)}
    for name, other in earlier.items():
        columns[name] = spans.compared(views, withholding, scope, other, days[name])
    return columns


def _now(
    views: Reads, scope: str, period: str, withholding: Withholding
) -> spans.Compared:
    shown = _shown(views, scope, period, ALL, withholding)
    return spans.Compared(period, shown["figures"], shown["withheld"], False)


def _beside(
    views: Reads, question: Json, figure: str, columns: Mapping[str, spans.Compared]
) -> Json:
    """The figure of each column, and its target."""
    definition = BY_IDENTIFIER[figure]
    figures = {name: column.figures[figure] for name, column in columns.items()}
    withheld = [name for name in COMPARED if figure in columns[name].withheld]
    id = target_id(question["scope"], question["period"], figure)
    target = target_shown(views, id, figures["value"], "value" in withheld)
    about = {
        "figure": figure,
        "name": definition.name,
        "meaning": definition.meaning,
        "unit": definition.unit,
    }
    return about | figures | {"withheld": withheld} | target
