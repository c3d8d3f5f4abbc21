"""When a session begins and ends, of any document that says so."""

from datetime import datetime

from schemas.documents import Json
from services.district.calendar import local_day, local_minute

moment = datetime.fromisoformat


def starts_of(session: Json) -> datetime:
    """The moment it begins."""
    return moment(session["starts_at"])


def ends_of(session: Json) -> datetime:
    """The moment it ends."""
    return moment(session["ends_at"])


def day_of(session: Json) -> str:
    """The local day on which it begins, `2026-06-13`."""
    return local_day(starts_of(session))


def minute_of(session: Json) -> str:
    """When it begins, as clerks say it: `6月13日 周六 9:00`."""
    return local_minute(starts_of(session))
