"""Who is at two places at once is counted at one: the overlap of two sessions counts where the person entered first.

So the minutes of a session depend on the person's scans in those it overlaps, and on nothing they were told before.
"""

from datetime import datetime

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.attendance import is_decided, stays
from services.activities.model.hours import (
    GRACE,
    Interval,
    clipped,
    hours_class,
    minutes_within,
)
from services.activities.model.roles import hours_for, told_as
from services.kit.views import Find, Overlay, Reads

MOST_AT_ONCE = 50


def figures(docs: Reads, after: Json) -> Json:
    """`{minutes, hours, role?, recount?}` of a seat as it will be.

    `recount` names the sessions whose figures that changes.
    """
    neighbours = _neighbours(docs, after)
    trial = Overlay(docs)
    trial.put("seats", after)
    changed = sorted(
        other["session"] for other in neighbours if _is_outdated(trial, other)
    )
    return {
        **_counted(docs, after, neighbours),
        **({"recount": changed} if changed else {}),
    }


def counted(docs: Reads, seat: Json) -> Json:
    """`{minutes, hours, role?}` of a seat by what is known of its person."""
    return _counted(docs, seat, _neighbours(docs, seat))


def _counted(docs: Reads, seat: Json, neighbours: list[Json]) -> Json:
    role = told_as(seat["role"])
    if is_decided(seat):
        return {"minutes": seat["minutes"], "hours": seat["hours"], **role}
    starts, ends = _times(docs, seat)
    before = [other for other in neighbours if _order(other) < _order(seat)]
    elsewhere = [stay for other in before for stay in _counting(docs, other)]
    minutes = minutes_within(_here(docs, seat), starts, ends, elsewhere)
    return {
        "minutes": minutes,
        "hours": hours_class(scan["way"] for scan in seat["scans"]),
        **role,
    }


def _is_outdated(docs: Reads, seat: Json) -> bool:
    return any(seat[name] != value for name, value in counted(docs, seat).items())


def _neighbours(docs: Reads, seat: Json) -> list[Json]:
    """The person's attendances of sessions that overlap this one, grace included."""
    starts, ends = _times(docs, seat)
    find = Find(
        "seats",
        {"person": seat["person"], "recorded": 1},
        "starts_at",
        since=instant(starts - LONGEST_SESSION - 2 * GRACE),
        until=instant(ends + 2 * GRACE),
        limit=MOST_AT_ONCE,
    )
    others = [other for other in docs.find(find) if other["id"] != seat["id"]]
    return [other for other in others if _times(docs, other)[1] + 2 * GRACE > starts]


def _counting(docs: Reads, seat: Json) -> list[Interval]:
    return clipped(_here(docs, seat), *_times(docs, seat))


def _here(docs: Reads, seat: Json) -> list[Interval]:
    """When the person was there, by how the session counts."""
    session = docs.get("sessions", seat["session"]) or {}
    hours = hours_for(session, seat["role"])
    if hours == "in_out":
        return stays(seat["scans"])
    was_there = seat["attended"] and "" < seat["entered"] < session["ends_at"]
    return [_times(docs, seat)] if hours == "length" and was_there else []


def _times(docs: Reads, seat: Json) -> tuple[datetime, datetime]:
    session = docs.get("sessions", seat["session"]) or {}
    return datetime.fromisoformat(session["starts_at"]), datetime.fromisoformat(
        session["ends_at"]
    )


def _order(seat: Json) -> tuple[str, str]:
    return seat["entered"], seat["session"]
