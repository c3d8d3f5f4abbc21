"""Of what, and of when, somebody asks for figures."""

from datetime import date
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.metrics.definitions import IDENTIFIERS
from schemas.places import division

MOST_DAYS, MOST_MONTHS = 366, 120
EARLIEST = 1000


def scope() -> fields.Division:
    return division(required=True)


class Period(fields.Code):
    """A day, month, quarter or year that is in the calendar."""

    COMPLAINT = fields.Complaint(
        "bad_period", "应为日 2026-06-13、月 2026-06、季 2026-Q2 或年 2026"
    )
    PATTERN = r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4])?"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(self.PATTERN, self.COMPLAINT, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if no_such_day := fields.no_such(text, self.COMPLAINT.code):
            raise no_such_day
        return text


def period() -> Period:
    return Period(required=True, metadata={"description": "日、月、季或年"})


def figure() -> fields.OneOf:
    return fields.OneOf(
        IDENTIFIERS,
        required=True,
        metadata={"description": "哪个数字：它的标识，见“每个数字的定义”"},
    )


def campaign() -> fields.Text:
    about = "只算一个主题活动的：它的名称；只有活动的数字，不填为全部"
    return fields.Text(30, metadata={"description": about})


def must_be_days(first: str, last: str) -> None:
    """Raises unless they are days one after another, and not too many."""
    since, until = must_be_in_order(first, last)
    if (until - since).days >= MOST_DAYS:
        raise wrong_end("span_too_long", f"最多 {MOST_DAYS} 天")


def must_be_in_order(first: str, last: str) -> tuple[date, date]:
    """Both days. Raises unless the last is not before the first, and that not out of any calendar."""
    since, until = date.fromisoformat(first), date.fromisoformat(last)
    if since.year < EARLIEST:
        complaint = fields.Complaint("bad_date", f"不能早于 {EARLIEST} 年")
        raise ma.ValidationError(complaint, "from")
    if until < since:
        raise wrong_end("ends_before_start", "结束日期不能早于开始日期")
    return since, until


def months_of(since: date, until: date) -> int:
    """How many months have a day of them."""
    years = until.year - since.year
    return years * 12 + until.month - since.month + 1


def wrong_end(code: str, sentence: str) -> ma.ValidationError:
    """The refusal of the last day asked for."""
    return ma.ValidationError(fields.Complaint(code, sentence), "to")
