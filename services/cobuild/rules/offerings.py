"""Offerings: published and revised by their unit, paused by it, by being used up or by expiring."""

from datetime import datetime, timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from services.cobuild.model.lifecycles import OFFERING
from services.cobuild.model.occurrences import (
    begins,
    occurrence_at,
    occurrences,
    period_in_words,
    period_of,
)
from services.cobuild.model.pauses import in_words
from services.cobuild.model.usage import is_used_up, used_in
from services.cobuild.rules.rights import (
    OFFERINGS,
    must_be_active,
    of_own_unit,
    own_unit,
)
from services.district import territory
from services.district.calendar import day_ends, day_in_words, local_day
from services.district.recurrence import must_fit
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

FARTHEST = timedelta(days=731)
LONGEST_AGO = timedelta(days=7305)
MOST_HELD = 1000
LAST_DAY = "2999-12-31"


def publish_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who speaks for the unit: an active one, unless the offering is one of before and over."""
    unit = own_unit(docs, command["unit"], asked)
    if "retired_on" in command:
        _must_be_over(docs, command, asked)
    else:
        must_be_active(unit)
        _must_be_possible(docs, command, asked)
    return OFFERING.fact("offering_published.v2", asked.new_id, command)


def revise_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What is booked already must fit the new version too."""
    offering = _own(docs, command, asked, "revise")
    _must_be_possible(docs, command, asked)
    _must_keep_promises(docs, offering, command, asked)
    content = command | {"version": offering["version"] + 1}
    return OFFERING.fact("offering_revised.v1", offering["id"], content)


def pause_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also when something else has paused it already; then it stays paused until both are over."""
    offering = _own(docs, command, asked, "pause")
    if "unit" in offering["pauses"]:
        raise Refused("already_paused", f"“{offering['title']}”已经由单位暂停")
    return OFFERING.fact("offering_paused.v1", offering["id"], command)


def resume_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` unless the unit itself has paused it."""
    offering = _own(docs, command, asked, "resume")
    pauses = offering["pauses"]
    if "unit" not in pauses:
        says = f"“{offering['title']}”{in_words(pauses)}，不能由单位恢复"
        raise Refused("not_paused_by_unit", says)
    return OFFERING.fact("offering_resumed.v1", offering["id"])


def retire_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    offering = _own(docs, command, asked, "retire")
    return OFFERING.fact("offering_retired.v1", offering["id"])


def review_watched(docs: Reads, watch: Json, asked: Asked) -> Fact | None:
    return review_offering(docs, docs.the("offerings", watch["id"]), asked)


def review_offering(docs: Reads, offering: Json, asked: Asked) -> Fact | None:
    """What time has done to it: it has expired, it is used up in the period that has begun, or there is some again.

    There is some again also when nobody was there while it was used up: what is due and records nothing stays due.
    """
    id = offering["id"]
    is_over = local_day(asked.now) > offering["valid_until"]
    if is_over and "expired" not in offering["pauses"]:
        content = pick(offering, "valid_until")
        return OFFERING.fact("offering_expired.v1", id, content)
    period = period_of(offering, asked.now)
    if not is_used_up(docs, offering, period):
        return OFFERING.fact("offering_renewed.v1", id, {"period": period})
    if offering["used_up_in"] == period:
        return None
    return OFFERING.fact("offering_used_up.v1", id, {"period": period})


def _own(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The offering, when the actor speaks for its unit and its state allows the step."""
    offering = OFFERINGS.admitted(
        docs,
        command["offering"],
        asked,
        may=of_own_unit,
        code="not_your_unit",
        says="您不能代表这个单位",
    )
    OFFERING.must_allow(offering, step, offering["title"])
    return offering


def _must_be_over(docs: Reads, content: Json, asked: Asked) -> None:
    """Of what was offered once, little is asked: that it lay in a community of ours, is over, and not too long ago."""
    territory.known(docs, content["community"], "community")
    retired_on = content["retired_on"]
    if retired_on > local_day(asked.now):
        says = f"{day_in_words(retired_on)} 还没有到"
        raise Invalid(says, code="in_the_future", path="retired_on")
    _must_end_some_day(content)
    first_day = local_day(asked.now - LONGEST_AGO)
    for name in ("valid_until", "starts_at"):
        if name in content and content[name] < first_day:
            years = LONGEST_AGO // timedelta(days=365)
            says = f"最多补登 {years} 年以内的资源"
            raise Invalid(says, code="too_long_ago", path=name)


def _must_be_possible(docs: Reads, content: Json, asked: Asked) -> None:
    """Raises unless it may still be had in the community, and takes place at least once if it has its times."""
    today = local_day(asked.now)
    valid_until = content["valid_until"]
    territory.known(docs, content["community"], "community", today)
    if valid_until < today:
        says = f"有效期 {day_in_words(valid_until)} 已经过去"
        raise Invalid(says, code="in_the_past", path="valid_until")
    _must_end_some_day(content)
    if "starts_at" in content:
        _must_take_place(content, asked)


def _must_end_some_day(content: Json) -> None:
    if content["valid_until"] > LAST_DAY:
        says = f"有效期最晚到 {day_in_words(LAST_DAY)}"
        raise Invalid(says, code="too_far_ahead", path="valid_until")


def _must_take_place(content: Json, asked: Asked) -> None:
    starts = datetime.fromisoformat(content["starts_at"])
    if abs(starts - asked.now) > FARTHEST:
        says = "首次开始时间应在前后两年之内"
        raise Invalid(says, code="too_far_ahead", path="starts_at")
    if "repeats" in content:
        must_fit(starts, content["repeats"], content.get("except_on", ()))
    until = day_ends(content["valid_until"])
    if next(occurrences(content, asked.now, until), None) is None:
        says = "从现在到有效期结束，没有一次在这些时间里"
        raise Refused("no_occurrence", says, path="starts_at")


def _must_keep_promises(
    docs: Reads, offering: Json, revised: Json, asked: Asked
) -> None:
    """Raises when what is booked from the current period on does not fit the `revised` offering."""
    since = instant(begins(period_of(offering, asked.now)))
    where = {"offering": offering["id"], "state": "held"}
    held = docs.find(Find("bookings", where, "starts_at", since=since, limit=MOST_HELD))
    if held and revised["per"] != offering["per"]:
        says = f"已有 {len(held)} 次预订，不能改变周期"
        raise Refused("bookings_held", says, path="per")
    for booking in held:
        _must_keep(docs, booking, revised)


def _must_keep(docs: Reads, booking: Json, revised: Json) -> None:
    period = booking["period"]
    capacity = revised["capacity"]
    if used_in(docs, booking["offering"], period) > capacity:
        says = f"{period_in_words(period)} 已预订的多于 {capacity} 次"
        raise Refused("already_booked", says, path="capacity")
    starts = datetime.fromisoformat(booking["starts_at"])
    day = local_day(starts)
    booked = f"{day_in_words(day)} 已有预订"
    if day > revised["valid_until"]:
        raise Refused("already_booked", booked, path="valid_until")
    if "starts_at" in revised and occurrence_at(revised, starts) is None:
        says = f"{booked}，新的时间里没有这一次"
        raise Refused("already_booked", says, path="starts_at")
