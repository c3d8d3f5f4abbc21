"""The figures of any days, as half-years and campaigns are: what can be added up, and the same as a table."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from gateway.figures import words
from gateway.web.district import scope_of
from gateway.web.page import Page, Visit
from schemas.activities.campaigns import ListCampaigns
from schemas.documents import Json, if_any
from schemas.metrics.figures import AskSpan
from services.district.calendar import local_day

HALVES = (("01-01", "06-30"), ("07-01", "12-31"))
OFFERED = 4
MOST_CAMPAIGNS = 100
NOT_ADDED = "unique_participants"


class Days(NamedTuple):
    first: str
    last: str


def shown(visit: Visit) -> Json:
    today = date.fromisoformat(local_day(visit.now))
    offered = list(islice(halves(today), OFFERED))
    campaign = visit.query.get("campaign") or None
    asked = {
        "scope": scope_of(visit),
        "from": str(visit.query.get("from") or offered[0].first),
        "to": str(visit.query.get("to") or offered[0].last),
    } | if_any(campaign=campaign)
    told = visit.ask("metrics", "span", AskSpan, **asked)
    return {
        "asked": asked,
        "campaign": campaign or "",
        "campaigns": _campaigns(visit, campaign),
        "days_in_words": words.days,
        "figure_in_words": words.figure,
        "halves": [asked | {"from": half.first, "to": half.last} for half in offered],
        "span": told,
        "streets": visit.places.streets(),
        "of": [one for one in told["definitions"] if one["identifier"] != NOT_ADDED],
    }


def halves(today: date) -> Iterator[Days]:
    """That of today, and those before it."""
    year, second = today.year, today.month > 6
    while True:
        first, last = HALVES[second]
        yield Days(f"{year}-{first}", f"{year}-{last}")
        year, second = (year, False) if second else (year - 1, True)


def _campaigns(visit: Visit, chosen: str | None) -> list[str]:
    """Those under way, and the one that was asked for."""
    listed = visit.ask(
        "activities", "list_campaigns", ListCampaigns, limit=MOST_CAMPAIGNS
    )
    names = [str(one["id"]) for one in listed["items"]]
    return [*names, chosen] if chosen and chosen not in names else names


PAGES = (Page("/district/days", "days.html", more=shown, for_all=False),)
