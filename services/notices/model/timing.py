"""When a notice is to go out: at once, after a person's quiet hours, or together with others."""

from datetime import datetime, time, timedelta

from schemas.documents import Json
from services.district.calendar import LOCAL

URGENT = timedelta(hours=24)
WITHIN = timedelta(hours=1)
A_DAY = timedelta(days=1)
AT_ONCE = 3
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)


def send_at(delivery: Json, choices: Json, now: datetime) -> datetime:
    """When it is to go out as the person chooses now, from when it was ready, by itself and together with others."""
    ready = max(now, datetime.fromisoformat(delivery["ready_at"]))
    group = max(now, datetime.fromisoformat(delivery["group_at"]))
    if is_urgent(delivery, ready):
        return ready
    return after_quiet(choices, group if choices["digest"] else ready)


def is_urgent(notice: Json, at: datetime) -> bool:
    """What must be known within a day, such as a session tomorrow that is cancelled, breaks quiet hours."""
    if "soon" not in notice:
        return False
    soon = datetime.fromisoformat(notice["soon"])
    return soon - at <= URGENT


def after_quiet(choices: Json, at: datetime) -> datetime:
    """The moment, or the end of the quiet hours it falls in. They may cross midnight."""
    if "quiet_from" not in choices:
        return at
    local = at.astimezone(LOCAL)
    begins = _on_that_day(local, choices["quiet_from"])
    ends = _on_that_day(local, choices["quiet_until"])
    quiet_for = (ends - begins) % A_DAY
    quiet_since = (local - begins) % A_DAY
    return at + max(timedelta(), quiet_for - quiet_since)


def _on_that_day(local: datetime, clock: str) -> datetime:
    return datetime.combine(local.date(), time.fromisoformat(clock), LOCAL)


def spread(recent: list[datetime], at: datetime) -> datetime:
    """The moment; where so many went out within an hour already, the end of that hour, for all that come by then."""
    if len(recent) < AT_ONCE:
        return at
    return max(at, recent[0] + WITHIN)
