"""Two periods side by side: every figure of a place, and one figure of each place within it."""

from collections.abc import Iterator
from datetime import date

from gateway.figures import words
from gateway.web.district import HEADLINES, month_of, periods, scope_of
from gateway.web.page import Page, Visit
from schemas.documents import Json, pick
from schemas.metrics.figures import AskBreakdown
from services.district.calendar import local_day

WITHHELD = "＊"


def compared(visit: Visit) -> Json:
    scope, later = scope_of(visit), month_of(visit)
    earlier = str(visit.query.get("with") or before(later))
    figure = str(visit.query.get("figure", HEADLINES[0]))
    then, now = (_broken_down(visit, scope, period) for period in (earlier, later))
    named = {one["identifier"]: one for one in now["definitions"]}
    if figure not in named:
        figure = HEADLINES[0]
    return {
        "scope": scope,
        "name": now["name"],
        "period": later,
        "with": earlier,
        "figure": named[figure],
        "figures": named.values(),
        "streets": visit.places.streets(),
        "periods": list(periods(date.fromisoformat(local_day(visit.now)))),
        "period_in_words": words.period,
        "of_all": [_line(one["name"], one, then, now) for one in named.values()],
        "of_places": list(_places(named[figure], then, now)),
        "note": now["note"],
        "absent": [
            words.period(told["period"]) for told in (then, now) if told["absent"]
        ],
    }


def before(period: str) -> str:
    """The same of the year before: like with like."""
    year, rest = period[:4], period[4:]
    return f"{int(year) - 1}{rest}" if year.isdecimal() else period


def _broken_down(visit: Visit, scope: str, period: str) -> Json:
    said = {"scope": scope, "period": period, "by": "division"}
    told: Json = visit.ask("metrics", "breakdown", AskBreakdown, **said)
    return told


def _places(figure: Json, then: Json, now: Json) -> Iterator[Json]:
    """Each place of either period; one that is only in one has nothing in the other."""
    earlier, later = (_rows(told) for told in (then, now))
    for key in later | earlier:
        name = (later.get(key) or earlier[key])["name"]
        line = _line(name, figure, earlier.get(key), later.get(key))
        yield line | {"key": key}


def _rows(told: Json) -> dict[str, Json]:
    """By place. Of a period without figures no place has any."""
    return {row["key"]: pick(told, "absent") | row for row in told["rows"]}


def _line(name: str, figure: Json, then: Json | None, now: Json | None) -> Json:
    """`{name, figure, then, now, change}`, all in words."""
    said = {"name": name, "figure": figure["identifier"]}
    said |= {"then": _said(figure, then), "now": _said(figure, now)}
    change = words.difference(_value(figure, then), _value(figure, now), figure["unit"])
    return said | {"change": change}


def _value(figure: Json, told: Json | None) -> words.Value:
    if told is None or told["absent"]:
        return None
    value: words.Value = told["figures"].get(figure["identifier"])
    return value


def _said(figure: Json, told: Json | None) -> str:
    if told is not None and figure["identifier"] in told["withheld"]:
        return WITHHELD
    return words.figure(_value(figure, told), figure["unit"])


PAGES = (Page("/district/compare", "compare.html", more=compared, for_all=False),)
