"""When something takes place: a first time, how long, and how it repeats (RFC 5545)."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.recurrence import Rule

MOST_EXCEPTIONS = 100
SHORTEST_MIN, LONGEST_MIN = 10, 24 * 60


class Times(fields.Schema):
    """All left out: by arrangement. Without `repeats` it takes place once."""

    starts_at = fields.Instant(
        metadata={"description": "首次开始时间；不填为时间另行约定"}
    )
    minutes = fields.Whole(
        SHORTEST_MIN, LONGEST_MIN, metadata={"description": "每次多少分钟"}
    )
    repeats = Rule()
    except_on = fields.Many(
        fields.Day(), 1, MOST_EXCEPTIONS, metadata={"description": "不提供的日期"}
    )


class SaidTimes(Times):
    """Times as somebody says them: what belongs together is there together."""

    @ma.validates_schema
    def times_go_together(self, data: dict[str, Any], **kwargs: Any) -> None:
        for name, needed in (
            ("starts_at", "minutes"),
            ("minutes", "starts_at"),
            ("repeats", "starts_at"),
        ):
            if name in data and needed not in data:
                raise ma.ValidationError(
                    fields.Complaint("missing_field", "首次开始时间和时长要一起填写"),
                    needed,
                )
        if "except_on" in data and "repeats" not in data:
            raise ma.ValidationError(
                fields.Complaint("missing_field", "只有重复的才有例外日期"), "repeats"
            )
