"""When a notice is to go out: at once, after a person's quiet hours, or together with others."""

from datetime import datetime, time, timedelta

from schemas.documents import Json
from services.district.calendar import LOCAL

URGENT = timedelta(hours=24)
WITHIN = timedelta(hours=1)
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
    begins = time.fromisoformat(choices["quiet_from"])
    ends = time.fromisoformat(choices["quiet_until"])
    local = at.astimezone(LOCAL)
    if not _is_within(local.time(), begins, ends):
        return at
    end = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def _is_within(now: time, begins: time, ends: time) -> bool:
    if begins < ends:
        return begins <= now < ends
    return now >= begins or now < ends


def spread(recent: list[datetime], at: datetime) -> datetime:
    """The moment; where so many went out within an hour already, the end of that hour, for all that come by then."""
    if len(recent) < AT_ONCE:
        return at
    return max(at, recent[0] + WITHIN)
