"""Offerings: published and revised by their unit, paused by it, by being used up or by expiring."""

from datetime import datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.model.lifecycles import OFFERING
from services.cobuild.model.occurrences import (
    begins,
    occurrence_at,
    occurrences,
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
from services.district.calendar import day_ends, local_day
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
    unit = own_unit(docs, command["unit"], asked)
    if "retired_on" in command:
        _must_be_over(docs, command, asked)
    else:
        must_be_active(unit)
        _must_be_possible(docs, command, asked)
    return _fact("offering_published.v2", asked.new_id, command)


def revise_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What is booked already must fit the new version too."""
    offering = _own(docs, command, asked, "revise")
    _must_be_possible(docs, command, asked)
    _must_keep_promises(docs, offering, command, asked)
    return _fact(
        "offering_revised.v1",
        offering["id"],
        {**command, "version": offering["version"] + 1},
    )


def pause_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also when something else has paused it already; then it stays paused until both are over."""
    offering = _own(docs, command, asked, "pause")
    if "unit" in offering["pauses"]:
        raise Refused("already_paused", f"“{offering['title']}”已经由单位暂停")
    return _fact("offering_paused.v1", offering["id"], command)


def resume_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    offering = _own(docs, command, asked, "resume")
    if "unit" not in offering["pauses"]:
        raise Refused(
            "not_paused_by_unit",
            f"“{offering['title']}”{in_words(offering['pauses'])}，不能由单位恢复",
        )
    return _fact("offering_resumed.v1", offering["id"])


def retire_offering(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _fact("offering_retired.v1", _own(docs, command, asked, "retire")["id"])


def review_watched(docs: Reads, watch: Json, asked: Asked) -> Fact | None:
    return review_offering(docs, docs.the("offerings", watch["id"]), asked)


def review_offering(docs: Reads, offering: Json, asked: Asked) -> Fact | None:
    """What time has done to it: it has expired, it is used up in the period that has begun, or there is some again.

    There is some again also when nobody was there while it was used up: what is due and records nothing stays due.
    """
    if (
        local_day(asked.now) > offering["valid_until"]
        and "expired" not in offering["pauses"]
    ):
        return _fact(
            "offering_expired.v1",
            offering["id"],
            {"valid_until": offering["valid_until"]},
        )
    period = period_of(offering, asked.now)
    if not is_used_up(docs, offering, period):
        return _fact("offering_renewed.v1", offering["id"], {"period": period})
    if offering["used_up_in"] == period:
        return None
    return _fact("offering_used_up.v1", offering["id"], {"period": period})


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
    if content["retired_on"] > local_day(asked.now):
        raise Invalid(
            f"{content['retired_on']} 还没有到", code="in_the_future", path="retired_on"
        )
    if content["valid_until"] > LAST_DAY:
        raise Invalid(
            f"有效期最晚到 {LAST_DAY}", code="too_far_ahead", path="valid_until"
        )
    for name in ("valid_until", "starts_at"):
        if name in content and content[name] < local_day(asked.now - LONGEST_AGO):
            years = LONGEST_AGO // timedelta(days=365)
            raise Invalid(
                f"最多补登 {years} 年以内的资源", code="too_long_ago", path=name
            )


def _must_be_possible(docs: Reads, content: Json, asked: Asked) -> None:
    territory.known(docs, content["community"], "community", local_day(asked.now))
    if content["valid_until"] < local_day(asked.now):
        raise Invalid(
            f"有效期 {content['valid_until']} 已经过去",
            code="in_the_past",
            path="valid_until",
        )
    if content["valid_until"] > LAST_DAY:
        raise Invalid(
            f"有效期最晚到 {LAST_DAY}", code="too_far_ahead", path="valid_until"
        )
    if "starts_at" not in content:
        return
    starts = datetime.fromisoformat(content["starts_at"])
    if abs(starts - asked.now) > FARTHEST:
        raise Invalid(
            "首次开始时间应在前后两年之内", code="too_far_ahead", path="starts_at"
        )
    if "repeats" in content:
        must_fit(starts, content["repeats"], content.get("except_on", ()))
    if (
        next(occurrences(content, asked.now, day_ends(content["valid_until"])), None)
        is None
    ):
        raise Refused(
            "no_occurrence",
            "从现在到有效期结束，没有一次在这些时间里",
            path="starts_at",
        )


def _must_keep_promises(
    docs: Reads, offering: Json, revised: Json, asked: Asked
) -> None:
    since = instant(begins(period_of(offering, asked.now)))
    where = {"offering": offering["id"], "state": "held"}
    held = docs.find(Find("bookings", where, "starts_at", since=since, limit=MOST_HELD))
    if held and revised["per"] != offering["per"]:
        raise Refused(
            "bookings_held", f"已有 {len(held)} 次预订，不能改变周期", path="per"
        )
    for booking in held:
        starts = datetime.fromisoformat(booking["starts_at"])
        if used_in(docs, offering["id"], booking["period"]) > revised["capacity"]:
            says = f"{booking['period']} 已预订的多于 {revised['capacity']} 次"
            raise Refused("already_booked", says, path="capacity")
        if local_day(starts) > revised["valid_until"]:
            raise Refused(
                "already_booked", f"{local_day(starts)} 已有预订", path="valid_until"
            )
        if "starts_at" in revised and occurrence_at(revised, starts) is None:
            raise Refused(
                "already_booked",
                f"{local_day(starts)} 已有预订，新的时间里没有这一次",
                path="starts_at",
            )


def _fact(type: str, offering: str, data: Json | None = None) -> Fact:
    return Fact(type, f"offering/{offering}", {**(data or {}), "offering": offering})
