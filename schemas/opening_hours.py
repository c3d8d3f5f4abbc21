"""Weekly opening hours: when in the week a service is open, as a list of spans within a day."""

from itertools import pairwise
from typing import Any

import marshmallow as ma

from schemas import fields

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS_IN_WORDS = dict(
    zip(DAYS, ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), strict=True)
)
MOST_SPANS = 21
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00"
BAD_CLOCK = fields.Complaint(
    "bad_clock_time", "应为 24 小时制的时间，例如 09:00，一天的结束写 24:00"
)


def clock(description: str) -> fields.Code:
    """A local time of day, `09:00`, of fixed width, so that text order is time order."""
    return fields.Code(
        CLOCK, BAD_CLOCK, required=True, metadata={"description": description}
    )


class Span(fields.Schema):
    """Open on `day` from `opens` to `closes`; what lasts past midnight is two spans."""

    day = fields.OneOf(
        DAYS, required=True, metadata={"description": "星期几，MO 为周一，SU 为周日"}
    )
    opens = clock("开始时间")
    closes = clock("结束时间")

    @ma.validates_schema
    def closes_after_it_opens(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["closes"] <= data["opens"]:
            sentence = f"结束时间 {data['closes']} 应晚于开始时间 {data['opens']}"
            raise ma.ValidationError(
                fields.Complaint("closes_before_opening", sentence), field_name="closes"
            )


class OpeningHours(fields.Many):
    """Spans that do not overlap, in the order of the week whatever order they were told in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields.Part(Span), 1, MOST_SPANS, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> list[Any]:
        spans = super()._deserialize(value, *args, **kwargs)
        ordered = sorted(
            enumerate(spans), key=lambda numbered: in_the_week(numbered[1])
        )
        for (_, before), (place, span) in pairwise(ordered):
            is_same_day = span["day"] == before["day"]
            if is_same_day and span["opens"] < before["closes"]:
                complaint = _overlap(span, before)
                raise ma.ValidationError({place: {"opens": [complaint]}})
        return [span for _, span in ordered]


def in_the_week(span: dict[str, Any]) -> tuple[int, str]:
    """What spans are put in order by."""
    return DAYS.index(span["day"]), span["opens"]


def _overlap(span: dict[str, Any], before: dict[str, Any]) -> fields.Complaint:
    day = DAYS_IN_WORDS[span["day"]]
    says = f"{day} {_times(span)} 与 {_times(before)} 重叠"
    return fields.Complaint("hours_overlap", says)


def _times(span: dict[str, Any]) -> str:
    return f"{span['opens']}–{span['closes']}"
