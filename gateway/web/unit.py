"""A co-building unit's own pages: what it offers and when, what fits it, what it promised, what it did in a year."""

from datetime import date, timedelta
from typing import Any

from gateway.figures.words import figure
from gateway.figures.words import unit as unit_in_words
from gateway.web import words
from gateway.web.page import Ask, Page, Visit
from gateway.web.whose import own
from schemas.cobuild.commitments import ListCommitments, ListPromises
from schemas.cobuild.matching import MatchesOfOffering
from schemas.cobuild.needs import URGENCIES_IN_WORDS, OfNeed
from schemas.cobuild.offerings import ListOccurrences, ListOfferings
from schemas.cobuild.units import OfUnit
from schemas.documents import Json
from schemas.metrics.units import AskUnitFigures
from services.district.calendar import LOCAL

SERVICE = "cobuild"
STATES_SHOWN = "published,paused"
DONE = "fulfilled,confirmed,settled"
DAYS_SHOWN = 7
MOST_SHOWN, MOST_OF_A_YEAR = 50, 100
MATCHES_OF_EACH = 5


def of_own(visit: Visit) -> Json:
    return {"unit": own(visit, "unit")}


def every_offering(visit: Visit) -> Json:
    return of_own(visit) | {"state": STATES_SHOWN, "limit": MOST_SHOWN}


def what_is_open(visit: Visit) -> Json:
    return of_own(visit) | {"state": "published", "limit": MOST_SHOWN}


def the_week(visit: Visit) -> Json:
    """Today and the six days after it, and `times_of`: an offering's times on each of them."""
    today = visit.now.astimezone(LOCAL).date()
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_SHOWN)]

    def times_of(offering: Json) -> dict[date, list[Json]]:
        about = {"offering": offering["id"], "days": DAYS_SHOWN}
        answer = visit.ask(SERVICE, "list_occurrences", ListOccurrences, **about)
        return words.on_each_day(answer["items"])

    return {"days": days, "times_of": times_of, "year": today.year}


def what_fits(visit: Visit) -> Json:
    """`matches(offerings)`: each need that fits one of them once, by its best score, as `{match, need}`."""

    def matches(offerings: list[Json]) -> list[Json]:
        best: dict[str, Json] = {}
        for offering in offerings:
            for match in _matches_of(visit, offering):
                known = best.setdefault(match["need"], match)
                if match["score"] > known["score"]:
                    best[match["need"]] = match
        ordered = sorted(best.values(), key=_by_score)
        return [{"match": one, "need": _need(visit, one)} for one in ordered]

    today = visit.now.astimezone(LOCAL).date()
    return {
        "matches": matches,
        "due_of": due_of,
        "place_name": visit.places.name_of,
        "urgencies": URGENCIES_IN_WORDS,
        "today": today,
        "year": today.year,
    }


def due_of(need: Json, today: date) -> str:
    """The day it should be met by, as long as that is to come."""
    if "close_by" not in need:
        return str(today)
    return str(max(words.local(need["close_by"]).date(), today))


def _matches_of(visit: Visit, offering: Json) -> list[Json]:
    about = {"offering": offering["id"], "limit": MATCHES_OF_EACH}
    answer = visit.ask(SERVICE, "matches_of_offering", MatchesOfOffering, **about)
    found: list[Json] = answer["items"]
    return [one | {"offered": offering["title"]} for one in found]


def _need(visit: Visit, match: Json) -> Any:
    return visit.ask(SERVICE, "get_need", OfNeed, need=match["need"])


def _by_score(match: Json) -> tuple[int, str]:
    return -match["score"], match["need"]


def this_year(visit: Visit) -> Json:
    return {"year": visit.now.astimezone(LOCAL).year}


def year_of(visit: Visit) -> int:
    return words.year_meant(visit.path["year"])


def of_the_year(visit: Visit) -> Json:
    return of_own(visit) | {"period": str(year_of(visit))}


def what_was_done(visit: Visit) -> Json:
    return of_own(visit) | {"state": DONE, "limit": MOST_OF_A_YEAR}


def the_year(visit: Visit) -> Json:
    return {
        "year": year_of(visit),
        "place_name": visit.places.name_of,
        "figure_in_words": figure,
        "unit_in_words": unit_in_words,
        "local": words.local,
        "today": visit.now.astimezone(LOCAL).date(),
    }


UNIT = Ask("unit", SERVICE, "get_unit", OfUnit, of_own)
OFFERINGS = Ask("offerings", SERVICE, "list_offerings", ListOfferings, every_offering)
OPEN = Ask("offerings", SERVICE, "list_offerings", ListOfferings, what_is_open)
PROMISES = Ask("promises", SERVICE, "list_promises", ListPromises, of_own)
DONE_BY_IT = Ask("done", SERVICE, "list_commitments", ListCommitments, what_was_done)
FIGURES = Ask("figures", "metrics", "unit_figures", AskUnitFigures, of_the_year)
PAGES = (
    Page("/unit", "own_unit.html", (UNIT, OFFERINGS), the_week, for_all=False),
    Page("/unit/matches", "matches.html", (UNIT, OPEN), what_fits, for_all=False),
    Page(
        "/unit/commitments", "promises.html", (UNIT, PROMISES), this_year, for_all=False
    ),
    Page(
        "/unit/year/<year>",
        "year_of_unit.html",
        (UNIT, FIGURES, DONE_BY_IT),
        the_year,
        for_all=False,
    ),
)
