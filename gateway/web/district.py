"""The district's figures: the headlines with their change, the trend, streets side by side, down to the facts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gateway.figures import words
from gateway.signin.access import RESIDENT
from gateway.web.known import ask_people
from gateway.web.page import Ask, Page, Visit
from gateway.web.registers import OF_FIGURES
from gateway.web.things import within_reach
from schemas.documents import Json
from schemas.fields import instant
from schemas.metrics.definitions import AskDefinitions
from schemas.metrics.facts import AskFacts
from schemas.metrics.figures import AskBreakdown, AskComparison, AskSeries
from services.district.authority import oversees
from services.district.calendar import local_day, local_month
from services.kit.errors import Unavailable

# What a leader asks for first, in this order; the rest stands below, in the table of all.
HEADLINES = (
    "person_times",
    "unique_participants",
    "service_minutes",
    "turnout",
    "closure_rate",
    "satisfaction",
    "active_units",
    "coverage",
)
OF_STREETS = ("person_times", "sessions_held", "service_minutes", "turnout", "fill_rate", "satisfaction")  # fmt: skip
# Each is part of the one before, but for what was promised elsewhere.
STEPS_OF_A_NEED = ("needs_verified", "responses", "commitments_fulfilled", "needs_rated")  # fmt: skip


def scope_of(visit: Visit) -> str:
    """The place that is asked about, else the one the visitor works for."""
    divisions = [role for role in visit.actor.roles if role.scope.isdigit()]
    at_work = sorted(divisions, key=lambda role: role.role == RESIDENT)
    return str(visit.query.get("scope") or (at_work[0].scope if at_work else ""))


def month_of(visit: Visit) -> str:
    return str(visit.query.get("period") or local_month(visit.now))


def of_the_place(visit: Visit) -> Json:
    return {"scope": scope_of(visit), "period": month_of(visit)}


def by_division(visit: Visit) -> Json:
    return of_the_place(visit) | {"by": "division"}


def by_category(visit: Visit) -> Json:
    return of_the_place(visit) | {"by": "category"}


def by_campaign(visit: Visit) -> Json:
    return of_the_place(visit) | {"by": "campaign"}


def by_day(visit: Visit) -> Json:
    """The thirty days up to today."""
    today = date.fromisoformat(local_day(visit.now))
    return {
        "scope": scope_of(visit),
        "figure": HEADLINES[0],
        "from": str(today - timedelta(days=29)),
        "to": str(today),
        "step": "day",
    }


def shown(visit: Visit) -> Json:
    return of_the_place(visit) | {
        "lists": list(within_reach(visit, OF_FIGURES)),
        "streets": visit.places.streets(),
        "now": instant(visit.now),
        "overdue": overdue(visit),
        "periods": list(periods(date.fromisoformat(local_day(visit.now)))),
        "headlines": HEADLINES,
        "of_streets": OF_STREETS,
        "steps": STEPS_OF_A_NEED,
        "figure_in_words": words.figure,
        "change_in_words": words.difference,
        "columns": columns,
        "highest": highest,
        "period_in_words": words.period,
        "day_in_words": words.day,
    }


def facts_shown(visit: Visit) -> Json:
    place = scope_of(visit)
    name = visit.places.name_of(place) or visit.places.district()
    return shown(visit) | {"place": name, "figure": visit.query.get("figure", "")}


def overdue(visit: Visit) -> Json | None:
    """Of the records kept there, how many are to be gone and are not; None for who does not administer the place.

    `{}` when nobody answers.
    """
    place = scope_of(visit)
    if not oversees(visit.actor, place):
        return None
    question: Json = {"division": place}
    try:
        return ask_people(visit, "count_overdue", question)
    except Unavailable:
        return {}


def periods(today: date) -> Iterator[str]:
    """What one chooses among: the last thirteen months, and the quarters and years they lie in."""
    months, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    yield from (f"{month:%Y-%m}" for month in months)
    yield from dict.fromkeys(f"{m.year}-Q{(m.month + 2) // 3}" for m in months)
    yield from dict.fromkeys(str(month.year) for month in months)


MONTHS = 13
TALL, WIDE = 120, 20  # Of the tallest column and of each, in units of the picture.


def columns(points: list[Json]) -> list[Json]:
    """Where each column stands: `{x, y, height, period, value}`; one that is withheld is as high as nothing."""
    top = max((point["value"] or 0 for point in points), default=0) or 1
    return [_column(place, point, top) for place, point in enumerate(points)]


def highest(points: list[Json]) -> Json | None:
    """The first of those with most; None where there is nothing, or nothing that is told."""
    most = max(points, key=lambda point: point["value"] or 0, default=None)
    return most if most and most["value"] else None


def _column(place: int, point: Json, top: int) -> Json:
    height = round((point["value"] or 0) * TALL / top)
    return point | {"x": place * WIDE, "y": TALL - height, "height": height}


EVERY_S = "60"


def anew_each_minute(content: Json) -> Mapping[str, str]:
    """A wall has nobody who reloads it."""
    return {"Refresh": EVERY_S}


ASKS = (
    Ask("comparison", "metrics", "comparison", AskComparison, of_the_place),
    Ask("places", "metrics", "breakdown", AskBreakdown, by_division),
    Ask("categories", "metrics", "breakdown", AskBreakdown, by_category),
    Ask("campaigns", "metrics", "breakdown", AskBreakdown, by_campaign),
    Ask("series", "metrics", "series", AskSeries, by_day),
)
PAGES = (
    Page("/district", "district.html", ASKS, shown, for_all=False),
    Page(
        "/district/wall",
        "wall.html",
        ASKS,
        shown,
        for_all=False,
        headers=anew_each_minute,
    ),
    Page(
        "/district/facts",
        "facts_of.html",
        (
            Ask("facts", "metrics", "facts", AskFacts, of_the_place),
            Ask("known", "metrics", "definitions", AskDefinitions),
        ),
        facts_shown,
        for_all=False,
    ),
)
