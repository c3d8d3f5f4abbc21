"""Units and offerings, and when an offering is to be had."""

from datetime import datetime, timedelta
from functools import cache

from schemas.cobuild import units
from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.folds.offerings import OFFERINGS as OFFERED
from services.cobuild.folds.units import UNITS as REGISTERED
from services.cobuild.model import occurrences
from services.cobuild.model.lifecycles import EVER_APPROVED
from services.cobuild.model.pauses import standing
from services.cobuild.model.usage import used_in
from services.cobuild.rules.offerings import FARTHEST
from services.cobuild.rules.rights import OFFERINGS, UNITS, sees_unit, speaks_for, the
from services.district import territory
from services.district.authority import STREET, held_within
from services.district.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.listing import listed
from services.kit.lists.paging import each
from services.kit.views import Find, Reads

MOST_SHOWN = 100


def get_unit(views: Reads, question: Json, asked: Asked) -> Json:
    return _shown(
        views, UNITS.found(views, question["unit"], asked, sees=sees_unit), asked
    )


def list_units(views: Reads, question: Json, asked: Asked) -> Json:
    """Applications, rejected ones too, to who decides on them and who made them."""
    states = question.get("state", units.STATES)
    finds = (
        Find("units", {**where, "state": state}, "id")
        for state in states
        for where in _where(state, question, asked)
    )
    found = listed(views, REGISTERED, question, *finds)
    return {**found, "items": [_shown(views, unit, asked) for unit in found["items"]]}


def _where(state: str, question: Json, asked: Asked) -> list[dict[str, str]]:
    """By which places, or by whom, the units in the state are found that the actor sees."""
    asked_for = territory.within(question)
    if state in EVER_APPROVED:
        return [asked_for]
    overseen = held_within(asked.actor, STREET, question.get("division", ""))
    return [
        {"by": asked.actor.id, **asked_for},
        *(territory.within({"division": place}) for place in overseen),
    ]


def _shown(views: Reads, unit: Json, asked: Asked) -> Json:
    if speaks_for(views, unit, asked):
        words = asked.note(unit["appeal_note"]) if "appeal_note" in unit else ""
        return {**unit, **({"appeal": words} if words else {})}
    return {
        name: value
        for name, value in unit.items()
        if name != "by" or value == asked.actor.id
    }


def get_offering(views: Reads, question: Json, asked: Asked) -> Json:
    """Published ones for anybody, others for those with a role; to the rest they are not there."""
    return _standing(
        views, OFFERINGS.found(views, question["offering"], asked, sees=_sees)
    )


def _sees(views: Reads, offering: Json, asked: Asked) -> bool:
    return bool(asked.actor.roles) or _standing(views, offering)["state"] == "published"


def list_offerings(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of a unit that is halted are paused, though told as published."""
    states = question["state"]
    if set(states) != {"published"} and not asked.actor.roles:
        raise Forbidden(
            "登录后才能查看未发布的资源", code="published_only", path="state"
        )
    since = {"published": local_day(asked.now)}
    told = {*states, "published"} if "paused" in states else states
    finds = (
        Find("offerings", {**where, "state": state}, "valid_until", since.get(state))
        for where in _sought(question)
        for state in told
    )

    @cache
    def unit_of(id: str) -> Json:
        return the(views, "units", id)

    def is_asked_for(offering: Json) -> bool:
        return standing(offering, unit_of(offering["unit"]))["state"] in states

    found = listed(views, OFFERED, question, *finds, sees=is_asked_for)
    return {
        **found,
        "items": [_standing(views, offering) for offering in found["items"]],
    }


def list_occurrences(views: Reads, question: Json, asked: Asked) -> Json:
    """Those that begin in the days asked for, with what is left of the offering in their periods."""
    offering = get_offering(views, question, asked)
    since = asked.now
    if "since" in question:
        since = datetime.fromisoformat(question["since"]).replace(tzinfo=LOCAL)
    if abs(since - asked.now) > FARTHEST:
        raise Invalid("只能查看前后两年之内的时间", code="too_far_ahead", path="since")
    until = since + timedelta(days=question["days"])
    length = timedelta(minutes=offering.get("minutes", 0))
    items = []
    for starts in occurrences.occurrences(offering, since, until):
        period = occurrences.period_of(offering, starts)
        left = max(0, offering["capacity"] - used_in(views, offering["id"], period))
        times = {"starts_at": instant(starts), "ends_at": instant(starts + length)}
        items.append({**times, "period": period, "left": left})
    return {"id": offering["id"], "items": items[:MOST_SHOWN]}


def _standing(views: Reads, offering: Json) -> Json:
    unit = the(views, "units", offering["unit"])
    return {**standing(offering, unit), "unit_name": unit["name"]}


def with_unit_name(views: Reads, doc: Json) -> Json:
    return {**doc, "unit_name": the(views, "units", doc["unit"])["name"]}


def _sought(question: Json) -> list[dict[str, str]]:
    unit = {"unit": question["unit"]} if "unit" in question else {}
    return [
        unit | territory.within(question) | category
        for category in each(question, "category")
    ]
