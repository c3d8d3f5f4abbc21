"""What somebody says an activity shall be: its first session, how that repeats, and all else."""

from datetime import datetime
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    LONGEST_SESSION,
    MOST_SESSIONS,
    Terms,
    all_help,
    audience,
    cohosts,
    helper_hours,
    helpers,
    helpers_cutoff,
    hours,
    link,
    mode,
    seats,
)
from schemas.area_codes import grid
from schemas.recurrence import Rule
from schemas.times import MOST_EXCEPTIONS

OF_HELPERS = ("helpers", "helpers_cutoff", "helper_terms", "helper_hours")


class Dates(fields.Schema):
    """A session as somebody says it. `cutoff` is when sign-up ends; left out, it is the start.

    `helpers_cutoff` is when that of helpers does; left out, it is the same.
    """

    starts_at = fields.Instant(required=True, metadata={"description": "开始时间"})
    ends_at = fields.Instant(required=True, metadata={"description": "结束时间"})
    cutoff = fields.Instant(metadata={"description": "报名截止时间，不填为开始时间"})
    helpers_cutoff = helpers_cutoff()

    @ma.validates_schema
    def times_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        starts, ends = map(datetime.fromisoformat, (data["starts_at"], data["ends_at"]))
        if ends <= starts:
            raise _at("ends_at", "ends_before_start", "应晚于开始时间")
        if ends - starts > LONGEST_SESSION:
            raise _at("ends_at", "session_too_long", "一场活动最长 24 小时")
        for cutoff in ("cutoff", "helpers_cutoff"):
            if data.get(cutoff, data["starts_at"]) > data["starts_at"]:
                raise _at(cutoff, "cutoff_after_start", "不能晚于开始时间")


def _at(field: str, code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(fields.Complaint(code, sentence), field_name=field)


class Another(Dates):
    """One more session, which takes from the first what it does not say."""

    place = fields.Text(100, metadata={"description": "地点，不填同首场"})
    grid = grid()
    link = link()
    capacity = seats(metadata={"description": "名额，不填同首场"})
    helpers = seats(0, metadata={"description": "志愿者岗位数，不填同首场"})


def also() -> fields.Many:
    return fields.Many(
        fields.Part(Another),
        1,
        MOST_SESSIONS - 1,
        metadata={"description": "另加的场次"},
    )


class Posting(Dates):
    """What an activity says of itself: its first session, how that repeats, and sessions besides."""

    title = fields.Text(60, required=True, metadata={"description": "活动名称"})
    summary = fields.Text(2000, metadata={"description": "活动介绍"})
    audience = audience()
    category = fields.OneOf(
        CATEGORIES, required=True, metadata={"description": "活动类别"}
    )
    campaign = fields.Text(30, metadata={"description": "所属主题活动，如 我们的节日"})
    community = fields.Division(
        "community", required=True, metadata={"description": "举办地所在社区代码"}
    )
    grid = grid()
    place = fields.Text(
        100, required=True, metadata={"description": "地点；只在线上的写“线上”"}
    )
    mode = mode()
    link = link()
    capacity = seats(required=True, metadata={"description": "每场名额"})
    kept_offline = seats(
        0, metadata={"description": "为不上网的居民留的名额，由社区工作者代报"}
    )
    kept_walk_in = seats(0, metadata={"description": "留给现场来的人的名额"})
    helpers = helpers()
    helper_terms = fields.Part(Terms, metadata={"description": "志愿者的报名条件"})
    helper_hours = helper_hours()
    all_help = all_help()
    cohosts = cohosts(metadata={"description": "协办方"})
    hours = hours()
    repeats = Rule()
    except_on = fields.Many(
        fields.Day(), 1, MOST_EXCEPTIONS, metadata={"description": "不举办的日期"}
    )
    also = also()
    terms = fields.Part(Terms, metadata={"description": "报名条件"})

    @ma.validates_schema
    def said_together(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "except_on" in data and "repeats" not in data:
            raise _at("repeats", "missing_field", "只有重复的才有例外日期")
        if data.get("kept_offline", 0) + data.get("kept_walk_in", 0) > data["capacity"]:
            raise _at(
                "kept_walk_in", "more_kept_than_there_are", "留出的名额多于总名额"
            )
        _must_help_in_one_way(data)


def _must_help_in_one_way(data: dict[str, Any]) -> None:
    """Raises where all places are helpers', and places of theirs are said besides; or terms, and no places."""
    besides = [name for name in OF_HELPERS if data.get(name)]
    if besides and data.get("all_help"):
        raise _at(
            besides[0],
            "all_are_helpers",
            "全部名额都是志愿者岗位，岗位数、条件和计时写在活动本身",
        )
    if (
        besides
        and not data.get("helpers")
        and not any(one.get("helpers") for one in data.get("also", ()))
    ):
        raise _at(
            "helpers",
            "missing_field",
            "写了志愿者的条件、截止或计时，还要写志愿者岗位数",
        )
