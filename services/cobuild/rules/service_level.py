"""How soon: by urgency, in working minutes, when a need is to be taken on, and when it is to be done."""

from dataclasses import dataclass
from datetime import datetime

from schemas.fields import instant
from services.kit.log import Data
from services.kit.views import Doc
from services.kit.working import MINUTES_A_DAY, after, basis, minutes_between

LEASE_MINUTES = 2 * MINUTES_A_DAY


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


def clocks(urgency: str, now: datetime, raised: datetime) -> Data:
    """`{claim_by, close_by, basis}` of a need verified now."""
    within = WITHIN[urgency]
    claim_by, close_by = after(now, within.claim), after(raised, within.close)
    return {
        "claim_by": instant(claim_by),
        "close_by": instant(close_by),
        "basis": basis(raised, max(claim_by, close_by)),
    }


def left(need: Doc, now: datetime) -> Data:
    """`{claim_left, close_left}`: working minutes left on each clock that runs."""
    running = [clock for clock in ("claim", "close") if need[f"{clock}_clock"] == "running"]
    return {f"{clock}_left": _left(need, clock, now) for clock in running}


def resumed(need: Doc, now: datetime) -> Data:
    """`{claim_by, close_by}` of the clocks that were stopped."""
    stopped = [clock for clock in ("claim", "close") if need[f"{clock}_clock"] == "stopped"]
    return {f"{clock}_by": instant(after(now, need[f"{clock}_left"])) for clock in stopped}


def response(need: Doc, now: datetime) -> Data:
    """`{response_minutes, in_time}` of the first claim since the need was verified; nothing for a later one."""
    if need["responded"]:
        return {}
    left_minutes = _left(need, "claim", now)
    spent = WITHIN[need["urgency"]].claim - left_minutes
    return {"response_minutes": max(0, spent), "in_time": left_minutes >= 0}


def closing(need: Doc, now: datetime) -> Data:
    """`{minutes, in_time}` from raised to now, without what was spent waiting for the resident."""
    if "close_by" not in need:
        return {"minutes": minutes_between(datetime.fromisoformat(need["raised_at"]), now), "in_time": True}
    left_minutes = _left(need, "close", now)
    return {"minutes": max(0, WITHIN[need["urgency"]].close - left_minutes), "in_time": left_minutes >= 0}


def _left(need: Doc, clock: str, now: datetime) -> int:
    """Working minutes; negative when the moment has passed."""
    if need[f"{clock}_clock"] == "stopped":
        return int(need[f"{clock}_left"])
    until = datetime.fromisoformat(need[f"{clock}_by"])
    return minutes_between(now, until) if now <= until else -minutes_between(until, now)
