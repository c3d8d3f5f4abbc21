"""Offerings, and when one is to be had."""

from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from schemas.documents import Json, pick_present
from schemas.fields import instant
from services.cobuild.folds.offerings import OFFERINGS as OFFERED
from services.cobuild.model import occurrences
from services.cobuild.model.pauses import standing
from services.cobuild.model.usage import used_in
from services.cobuild.rules.offerings import FARTHEST
from services.cobuild.rules.rights import OFFERINGS
from services.district import territory
from services.district.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.listing import listed
from services.kit.lists.paging import each
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

MOST_SHOWN = 100


def get_offering(views: Reads, question: Json, asked: Asked) -> Json:
    """Published ones for anybody, others for those with a role; to the rest they are not there."""
    offering = OFFERINGS.found(views, question["offering"], asked, sees=_sees)
    return _standing(views, offering, asked)


def _sees(views: Reads, offering: Json, asked: Asked) -> bool:
    if asked.actor.roles:
        return True
    return bool(_standing(views, offering, asked)["state"] == "published")


def list_offerings(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of a unit that is halted are paused, though told as published."""
    states = question["state"]
    if set(states) != {"published"} and not asked.actor.roles:
        says = "登录后才能查看未发布的资源"
        raise Forbidden(says, code="published_only", path="state")

    @cache
    def unit_of(id: str) -> Json:
        return views.the("units", id)

    def is_asked_for(offering: Json) -> bool:
        unit = unit_of(offering["unit"])
        return standing(offering, unit)["state"] in states

    finds = _finds(question, asked)
    found = listed(views, OFFERED, question, *finds, sees=is_asked_for)
    return shown(views, found, asked, _standing)


def _finds(question: Json, asked: Asked) -> list[Find]:
    """By what is asked for: the published ones as well when the paused are, and still valid ones alone of them."""
    states = [*question["state"]]
    if "paused" in states and "published" not in states:
        states.append("published")
    since = {"published": local_day(asked.now)}
    place = pick_present(question, "unit") | territory.within(question)
    finds = []
    for category in each(question, "category"):
        for state in states:
            where = place | category | {"state": state}
            finds.append(Find("offerings", where, "valid_until", since.get(state)))
    return finds


def list_occurrences(views: Reads, question: Json, asked: Asked) -> Json:
    """Those that begin in the days asked for, with what is left of the offering in their periods."""
    offering = get_offering(views, question, asked)
    since = _since(question, asked)
    until = since + timedelta(days=question["days"])
    beginnings = islice(occurrences.occurrences(offering, since, until), MOST_SHOWN)
    items = [_occurrence(views, offering, starts) for starts in beginnings]
    return {"id": offering["id"], "items": items}


def _since(question: Json, asked: Asked) -> datetime:
    """The beginning of the day asked for, else now."""
    if "since" not in question:
        return asked.now
    since = datetime.fromisoformat(question["since"]).replace(tzinfo=LOCAL)
    if abs(since - asked.now) > FARTHEST:
        raise Invalid("只能查看前后两年之内的时间", code="too_far_ahead", path="since")
    return since


def _occurrence(views: Reads, offering: Json, starts: datetime) -> Json:
    """`{starts_at, ends_at, period, left}`"""
    length = timedelta(minutes=offering.get("minutes", 0))
    period = occurrences.period_of(offering, starts)
    left = offering["capacity"] - used_in(views, offering["id"], period)
    return {
        "starts_at": instant(starts),
        "ends_at": instant(starts + length),
        "period": period,
        "left": max(0, left),
    }


def _standing(views: Reads, offering: Json, asked: Asked) -> Json:
    """The offering as it is to be had now, with the name of its unit."""
    unit = views.the("units", offering["unit"])
    return standing(offering, unit) | {"unit_name": unit["name"]}
