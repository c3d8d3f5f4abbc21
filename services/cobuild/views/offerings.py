"""Units and offerings, and when an offering is to be had."""

from datetime import datetime, timedelta

from schemas.fields import instant
from services.cobuild import occurrences
from services.cobuild.rules.found import the
from services.cobuild.rules.offerings import FARTHEST
from services.cobuild.standing import standing
from services.cobuild.usage import used_in
from services.kit import territory
from services.kit.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Data
from services.kit.paging import each, page
from services.kit.views import Doc, Find, Reads

MOST_SHOWN = 100


def get_unit(views: Reads, question: Data, asked: Asked) -> Doc:
    return the(views, "units", question["unit"])


def list_units(views: Reads, question: Data, asked: Asked) -> Data:
    where = territory.within(question)
    return page(views, question, *(Find("units", where | state, "id") for state in each(question, "state")))


def get_offering(views: Reads, question: Data, asked: Asked) -> Doc:
    """Published ones for anybody, others for those with a role; to the rest they are not there."""
    offering = _standing(views, the(views, "offerings", question["offering"]))
    if offering["state"] != "published" and not asked.actor.roles:
        raise Unknown(f"没有编号为 {offering['id']} 的资源", path="offering")
    return offering


def list_offerings(views: Reads, question: Data, asked: Asked) -> Data:
    """A page may be shorter than asked for: those of a unit that is halted are paused, though told as published."""
    states = question["state"]
    if set(states) != {"published"} and not asked.actor.roles:
        raise Forbidden("登录后才能查看未发布的资源", code="published_only", path="state")
    since = {"published": local_day(asked.now)}
    where = _sought(question)
    told = {*states, "published"} if "paused" in states else states
    finds = (Find("offerings", {**where, "state": state}, "valid_until", since.get(state)) for state in told)
    found = page(views, question, *finds)
    items = [_standing(views, offering) for offering in found["items"]]
    return {**found, "items": [offering for offering in items if offering["state"] in states]}


def list_occurrences(views: Reads, question: Data, asked: Asked) -> Data:
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


def _standing(views: Reads, offering: Doc) -> Doc:
    unit = the(views, "units", offering["unit"])
    return {**standing(offering, unit), "unit_name": unit["name"]}


def with_unit_name(views: Reads, doc: Doc) -> Doc:
    return {**doc, "unit_name": the(views, "units", doc["unit"])["name"]}


def _sought(question: Data) -> dict[str, str]:
    if "unit" in question:
        return {"unit": question["unit"]}
    return territory.within(question) | ({"category": question["category"]} if "category" in question else {})
