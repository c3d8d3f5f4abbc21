"""Moments and days: how they are written, and which there are."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import marshmallow as ma
from marshmallow import fields

from schemas.fields.complaints import Complaint, messages, wrong
from schemas.fields.described import described

OFFSET = r"(Z|[-+](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
CLOCK = r"(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
WRITTEN = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[T ]{CLOCK}{OFFSET})?"
)
LONGEST_MOMENT, LENGTH_OF_A_DAY = 40, 10  # Characters as sent.


class Instant(fields.String):
    """An ISO 8601 instant with its offset; kept as UTC text of fixed width, so that text order is time order."""

    default_error_messages = messages(
        invalid=Complaint(
            "bad_time", "应为带时区的时间，例如 2026-06-13T09:00:00+08:00"
        )
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**described(kwargs, format="date-time"))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) > LONGEST_MOMENT:
            raise self.make_error("invalid")
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise self.make_error("invalid")
            return instant(moment)
        except (ValueError, OverflowError) as error:
            raise no_such(value, "bad_time") or self.make_error("invalid") from error


class Day(fields.String):
    """A calendar day, `YYYY-MM-DD`."""

    default_error_messages = messages(
        invalid=Complaint("bad_date", "应为日期，例如 2026-06-13")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**described(kwargs, format="date"))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or len(value) != LENGTH_OF_A_DAY:
            raise self.make_error("invalid")
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise no_such(value, "bad_date") or self.make_error("invalid") from error


def instant(moment: datetime) -> str:
    """The one text form of a moment: UTC, milliseconds, `Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def no_such(written: str, code: str) -> ma.ValidationError | None:
    """The refusal of a day or a time of day that is written well and does not exist, None where it is not that."""
    parts = WRITTEN.fullmatch(written)
    if parts is None:
        return None
    day, clock = parts["day"], parts["clock"]
    if not _is_there(date.fromisoformat, day):
        return wrong(code, f"没有 {day} 这一天")
    if clock and not _is_there(time.fromisoformat, clock):
        return wrong(code, f"没有 {clock} 这个时刻")
    return None


def _is_there(read: Callable[[str], object], written: str) -> bool:
    try:
        read(written)
    except ValueError:
        return False
    return True
