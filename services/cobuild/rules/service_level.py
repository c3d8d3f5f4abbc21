"""How soon: by urgency, in working minutes, when a need is to be taken on, and when it is to be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from services.district.calendar import day_ends, day_in_words, local_day
from services.district.working import MINUTES_A_DAY, after, basis, minutes_between
from services.kit.errors import Invalid

LEASE_MINUTES = 2 * MINUTES_A_DAY
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Within:
    """Working minutes from verified to the first claim, and from raised to confirmed."""

    claim: int
    close: int


WITHIN = {
    "emergency": Within(claim=MINUTES_A_DAY // 2, close=1 * MINUTES_A_DAY),
    "urgent": Within(claim=1 * MINUTES_A_DAY, close=5 * MINUTES_A_DAY),
    "routine": Within(claim=2 * MINUTES_A_DAY, close=15 * MINUTES_A_DAY),
}


def clocks(urgency: str, now: datetime, raised: datetime, waited: int = 0) -> Json:
    """`{claim_by, close_by, basis}` of a need verified now; `waited`: working minutes nobody could do anything."""
    within = WITHIN[urgency]
    claim_by = after(now, within.claim)
    close_by = after(raised, within.close + waited)
    return {
        "claim_by": instant(claim_by),
        "close_by": instant(close_by),
        "basis": basis(raised, max(claim_by, close_by)),
    }


def left(need: Json, now: datetime) -> Json:
    """`{claim_left, close_left}`: working minutes left on each clock that runs."""
    running = _clocks(need, "running")
    return {f"{clock}_left": _left(need, clock, now) for clock in running}


def resumed(need: Json, now: datetime) -> Json:
    """`{claim_by, close_by}` of the clocks that were stopped, `{waited}` where that of closing was none of them."""
    if not need["waiting"]:
        return {}
    stopped = _clocks(need, "stopped")
    content: Json = {}
    for clock in stopped:
        left = need[f"{clock}_left"]
        content[f"{clock}_by"] = instant(after(now, left))
    if "close" not in stopped:
        content["waited"] = _since_asked(need, now)
    return content


def _clocks(need: Json, state: str) -> list[str]:
    """Those of its two clocks that are in the state."""
    clocks = ("claim", "close")
    return [clock for clock in clocks if need[f"{clock}_clock"] == state]


def waited(need: Json, now: datetime) -> int:
    """The working minutes of its questions that no clock has stood still for."""
    before = int(need["waited"])
    return before + _since_asked(need, now) if need["waiting"] else before


def _since_asked(need: Json, now: datetime) -> int:
    asked_at = datetime.fromisoformat(need["asked_at"])
    return minutes_between(asked_at, now)


def response(need: Json, now: datetime) -> Json:
    """`{response_minutes, in_time}` of the first claim since the need was verified; nothing for a later one."""
    if need["responded"]:
        return {}
    minutes_left = _left(need, "claim", now)
    spent = WITHIN[need["urgency"]].claim - minutes_left
    return {"response_minutes": max(0, spent), "in_time": minutes_left >= 0}


def closing(need: Json, now: datetime) -> Json:
    """`{minutes, in_time}` from raised to now, without what was spent waiting for the resident."""
    if "close_by" not in need:
        raised = datetime.fromisoformat(need["raised_at"])
        spent = minutes_between(raised, now) - need["waited"]
        return {"minutes": max(0, spent), "in_time": True}
    minutes_left = _left(need, "close", now) + need["waited"]
    spent = WITHIN[need["urgency"]].close - minutes_left
    return {"minutes": max(0, spent), "in_time": minutes_left >= 0}


def _left(need: Json, clock: str, now: datetime) -> int:
    """Working minutes; negative when the moment has passed."""
    if need[f"{clock}_clock"] == "stopped":
        return int(need[f"{clock}_left"])
    until = datetime.fromisoformat(need[f"{clock}_by"])
    return minutes_between(now, until) - minutes_between(until, now)


def due_moment(due: str, now: datetime) -> str:
    """The end of the day `due`. Raises `Invalid` when it has passed, or does not lie within a year."""
    if due < local_day(now):
        says = f"期限 {day_in_words(due)} 已经过去"
        raise Invalid(says, code="in_the_past", path="due")
    if due > local_day(now + FARTHEST):
        raise Invalid("期限应在一年之内", code="too_far_ahead", path="due")
    return instant(day_ends(due))
