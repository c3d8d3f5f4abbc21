"""Who is at two places at once is counted at one: the overlap of two sessions counts where the person entered first.

So the minutes of a session depend on the person's scans in those it overlaps, and on nothing they were told before.
"""

from collections.abc import Iterator

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json, if_any, pick
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
from services.activities.model.seating import its_session
from services.activities.model.times import ends_of, starts_of
from services.kit.views import Find, Overlay, Reads

MOST_AT_ONCE = 50


def figures(docs: Reads, after: Json) -> Json:
    """`{minutes, hours, role?, recount?}` of a seat as it will be.

    `recount` names the sessions whose figures that changes.
    """
    neighbours = _neighbours(docs, after)
    own = _counted(docs, after, neighbours)
    trial = Overlay(docs)
    trial.put("seats", after)
    outdated = [each for each in neighbours if _is_outdated(trial, each)]
    sessions = sorted(each["session"] for each in outdated)
    return own | if_any(recount=sessions)


def counted(docs: Reads, seat: Json) -> Json:
    """`{minutes, hours, role?}` of a seat by what is known of its person."""
    return _counted(docs, seat, _neighbours(docs, seat))


def _counted(docs: Reads, seat: Json, neighbours: list[Json]) -> Json:
    role = told_as(seat["role"])
    if is_decided(seat):
        return pick(seat, "minutes", "hours") | role
    starts, ends = _times(docs, seat)
    elsewhere = _counted_before(docs, seat, neighbours)
    minutes = minutes_within(_here(docs, seat), starts, ends, elsewhere)
    hours = hours_class(scan["way"] for scan in seat["scans"])
    return {"minutes": minutes, "hours": hours} | role


def _counted_before(
    docs: Reads, seat: Json, neighbours: list[Json]
) -> Iterator[Interval]:
    """What counts in the sessions the person entered before this one."""
    for other in neighbours:
        if _order(other) < _order(seat):
            yield from clipped(_here(docs, other), *_times(docs, other))


def _is_outdated(docs: Reads, seat: Json) -> bool:
    now = counted(docs, seat)
    return now != pick(seat, *now)


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
    seats = docs.find(find)
    return [other for other in seats if _comes_near(docs, other, seat)]


def _comes_near(docs: Reads, other: Json, seat: Json) -> bool:
    """Whether it is another seat, whose session ends so late that the two may count the same time."""
    if other["id"] == seat["id"]:
        return False
    starts, _ = _times(docs, seat)
    _, ends = _times(docs, other)
    return ends + 2 * GRACE > starts


def _here(docs: Reads, seat: Json) -> list[Interval]:
    """When the person was there, by how the session counts."""
    session = its_session(docs, seat)
    hours = hours_for(session, seat["role"])
    if hours == "in_out":
        return stays(seat["scans"])
    if hours != "length" or not seat["attended"]:
        return []
    came_in_time = "" < seat["entered"] < session["ends_at"]
    return [_times(docs, seat)] if came_in_time else []


def _times(docs: Reads, seat: Json) -> Interval:
    session = its_session(docs, seat)
    return starts_of(session), ends_of(session)


def _order(seat: Json) -> tuple[str, str]:
    return seat["entered"], seat["session"]
