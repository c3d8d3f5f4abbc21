"""The figures of a scope and period, broken down, and beside other periods and targets."""

from collections.abc import Iterable, Mapping

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
NEVER = "人数、活跃单位、比率和认领用时不可相加"
NOTES = {
    "division": f"各行相加等于合计，时段内换了社区的微网格在两处各计一次；{NEVER}",
    "time": f"各行相加等于合计；{NEVER}，覆盖社区和微网格也不可按时段相加",
    "category": f"活动的类别；各行相加等于合计；{NEVER}",
    "need_category": f"需求的类别，与活动的类别不同；各行相加等于合计；{NEVER}",
    "campaign": f"主题活动；不属于主题活动的场次不在其中，各行相加会小于合计；{NEVER}",
    "host": f"联办的场次对每个主办方各计一次，各行相加会大于合计；{NEVER}",
    "unit": f"办理项目的联建单位；各行相加等于合计；{NEVER}",
}


def figures(views: Reads, question: Json, asked: Asked) -> Json:
    return _whole(views, question, asked, Withholding(views, asked))


def breakdown(views: Reads, question: Json, asked: Asked) -> Json:
    withholding = Withholding(views, asked)
    whole = _whole(views, question, asked, withholding)
    rows = {"division": _by_division, "time": _by_time}.get(question["by"], _by_value)
    return {
        **whole,
        "note": NOTES[question["by"]],
        "rows": list(rows(views, question, withholding)),
    }


def _whole(
    views: Reads, question: Json, asked: Asked, withholding: Withholding
) -> Json:
    told, (scope, period) = (
        _about(views, question, asked),
        (question["scope"], question["period"]),
    )
    part = _part(question)
    shown = withholding.told(
        values.of_part(views, scope, period, part), scope, period, *part
    )
    return {**told, **shown, "definitions": _defined(shown["figures"])}


def span(views: Reads, question: Json, asked: Asked) -> Json:
    """Half-years, weeks, and any days: what can be added up of them."""
    about, part = _about(views, question, asked), _part(question)
    days = (question["since"], question["until"])
    told = spans.span(views, Withholding(views, asked), question["scope"], *days, part)
    return {**about, **told, "definitions": _defined(told["figures"])}


def _defined(figures: Json) -> list[dict[str, str]]:
    return [one for one in DEFINED if one["identifier"] in figures]


def definitions(views: Reads, question: Json, asked: Asked) -> Json:
    return {"items": DEFINED}


def comparison(views: Reads, question: Json, asked: Asked) -> Json:
    """Each figure beside that of the period before, of the year before, and its target.

    While the period is under way, beside the same days so far of the others.
    """
    told = _about(views, question, asked)
    scope, period = question["scope"], question["period"]
    withholding, until = Withholding(views, asked), spans.so_far(period, asked)
    earlier = spans.earlier(period)
    days = {
        name: spans.until_same_day(period, until, one) for name, one in earlier.items()
    }
    now = withholding.told(values.of_scope(views, scope, period), scope, period)
    others = {
        name: spans.compared(views, withholding, scope, one, days[name])
        for name, one in earlier.items()
    }
    withheld = {
        "value": now["withheld"],
        **{name: one.withheld for name, one in others.items()},
    }
    items = [
        {
            "figure": figure,
            "name": definition.name,
            "meaning": definition.meaning,
            "unit": definition.unit,
            "value": now["figures"][figure],
            **{name: one.figures[figure] for name, one in others.items()},
            "withheld": [name for name in COMPARED if figure in withheld[name]],
            **target_shown(
                views,
                target_id(scope, period, figure),
                now["figures"][figure],
                figure in now["withheld"],
            ),
        }
        for figure, definition in BY_IDENTIFIER.items()
    ]
    absent = [name for name, one in others.items() if one.is_absent]
    return {**told, **earlier, **_until(until, days), "absent": absent, "items": items}


def _until(until: str | None, days: Mapping[str, str | None]) -> Json:
    """Up to which day each is counted, where the period is under way."""
    return {} if until is None else {"until": {"value": until, **days}}


def _about(views: Reads, question: Json, asked: Asked) -> Json:
    must_cover(asked, question["scope"])
    position = as_of(views)
    if "campaign" in question:
        must_be_campaign(views, question["campaign"])
    return {
        **question,
        "name": division(views, question["scope"])["name"],
        "as_of": position,
    }


def _part(question: Json) -> Part:
    return Part("campaign", question["campaign"]) if "campaign" in question else ALL


def _by_division(
    views: Reads, question: Json, withholding: Withholding
) -> Iterable[Json]:
    period, part = question["period"], _part(question)
    for child, found in values.of_children(views, question["scope"], period, part):
        yield {
            "key": child["id"],
            "name": child["name"],
            **withholding.told(found, child["id"], period, *part),
        }


def _by_time(views: Reads, question: Json, withholding: Withholding) -> Iterable[Json]:
    if "campaign" in question:
        return _campaign_by_time(views, question, withholding)
    return _all_by_time(views, question, withholding)


def _campaign_by_time(
    views: Reads, question: Json, withholding: Withholding
) -> Iterable[Json]:
    scope, part = question["scope"], _part(question)
    for period in within(question["period"]):
        told = withholding.told(
            values.of_part(views, scope, period, part), scope, period, *part
        )
        yield {"key": period, "name": period, **told}


def _all_by_time(
    views: Reads, question: Json, withholding: Withholding
) -> Iterable[Json]:
    scope, periods = question["scope"], within(question["period"])
    active = places.active_units(views, scope, periods) if periods else {}
    for period in periods:
        found = {
            **values.of_cell(views, cell_id(scope, period)),
            **places.reach(views, scope, period),
        }
        told = withholding.told(
            {**found, "active_units": len(active[period])}, scope, period
        )
        yield {"key": period, "name": period, **told}


def _by_value(views: Reads, question: Json, withholding: Withholding) -> Iterable[Json]:
    """The values that have figures. A host with no figures has no row."""
    scope, period, by = question["scope"], question["period"], question["by"]
    kept = ACTIVITIES if values.DIMENSIONS[by] is OF_ACTIVITIES else NEEDS
    for cell in starting(views, kept, f"{scope}:{period}:{by}:"):
        found, value = values.of_value(views, by, cell["id"]), cell["value"]
        told = withholding.told(found, scope, period, by, value)
        yield {"key": value, "name": value_name(views, by, value), **told}
