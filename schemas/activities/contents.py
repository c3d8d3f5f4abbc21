"""What an activity says of itself: the parts that commands, events and documents share."""

from datetime import timedelta
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.area_codes import grid

CATEGORIES = (
    "文体", "亲子阅读", "助老", "义诊", "安全排查", "调解", "环境整治",
    "空间改造", "帮困", "邻里节庆", "主题党日", "干部培训", "公益助农",
)  # fmt: skip
MOST_SEATS = 5_000
MOST_SESSIONS = 60
MOST_COHOSTS = 10
MOST_OFFERINGS = 100  # One for each session of the longest series, and others besides.
LONGEST_SESSION = timedelta(hours=24)

HOST = fields.Complaint(
    "bad_host", "主办方应为 branch/编号、unit/编号、partner/编号 或 community/社区代码"
)


def host(**kwargs: Any) -> fields.Code:
    """`branch/B1`, `unit/U1`, `partner/P1` or `community/510108015001`."""
    return fields.Code(
        rf"(branch|unit|partner)/{fields.Id.PATTERN}|community/[0-9]{{12}}",
        HOST,
        most=80,
        **kwargs,
    )


def cohosts(**kwargs: Any) -> fields.Many:
    """Who shares the credit with the host."""
    return fields.Many(host(), 0, MOST_COHOSTS, **kwargs)


HOURS_IN_WORDS = {"in_out": "按签到签退", "length": "签到即按全场", "none": "不计"}
HOURS = tuple(HOURS_IN_WORDS)


def hours(**kwargs: Any) -> fields.OneOf:
    """How the time of who comes counts: `in_out` from in to out, `length` that of the session, `none` not at all."""
    says = (
        "时长怎么计：in_out 按签到签退，length 签到即按全场，none 不计；不填为 in_out"
    )
    return fields.OneOf(HOURS, HOURS_IN_WORDS, metadata={"description": says}, **kwargs)


MODES_IN_WORDS = {"onsite": "线下", "online": "线上", "both": "线上和线下"}
MODES = tuple(MODES_IN_WORDS)
MOST_VIEWERS = 2_000_000_000


def mode(**kwargs: Any) -> fields.OneOf:
    says = "怎么参加：onsite 现场，online 线上，both 现场线上都可以；不填为 onsite"
    return fields.OneOf(MODES, MODES_IN_WORDS, metadata={"description": says}, **kwargs)


def link(**kwargs: Any) -> fields.Code:
    """Where one takes part online. A name before the host (`https://bank@elsewhere/`) would pretend another one."""
    complaint = fields.Complaint(
        "bad_link",
        "应为网址，如 https://meeting.example.org/123，中间不要有空格和 @ 用户名",
    )
    says = "线上参加的链接，只有主办方和报名成功的人看得到"
    return fields.Code(
        r"https?://[^\s/?#@]+([/?#]\S*)?",
        complaint,
        most=500,
        metadata={"description": says},
        **kwargs,
    )


def helper_hours() -> fields.OneOf:
    return fields.OneOf(
        HOURS,
        HOURS_IN_WORDS,
        metadata={"description": "志愿者的时长怎么计，不填同参与者的"},
    )


def all_help() -> fields.Truth:
    """Where nobody is served on the spot, as on a duty shift, whoever comes serves."""
    return fields.Truth(
        metadata={"description": "全部名额都是志愿者岗位，如值守、巡逻；不填为否"}
    )


def helpers() -> fields.Whole:
    return seats(0, metadata={"description": "志愿者岗位数，在名额以外；不填为没有"})


def helpers_cutoff() -> fields.Instant:
    return fields.Instant(
        metadata={"description": "志愿者报名截止时间，不填同报名截止时间"}
    )


def audience() -> fields.Text:
    return fields.Text(60, metadata={"description": "服务对象，如 独居老人"})


def seats(least: int = 1, **kwargs: Any) -> fields.Whole:
    """How many there are places for."""
    return fields.Whole(least, MOST_SEATS, code="capacity_out_of_range", **kwargs)


def free() -> fields.Whole:
    return fields.Whole(
        1, MOST_SEATS, metadata={"description": "还能报上名的：几个人一起，名额还够"}
    )


class OfActivity(fields.Schema):
    """A command or question about one activity that needs no more words."""

    activity = fields.Id(required=True, metadata={"description": "活动编号"})


def session_id(**kwargs: Any) -> fields.Id:
    """Of a session that need not be said where there is but one."""
    return fields.Id(metadata={"description": "场次编号；只有一场时可不填"}, **kwargs)


class OfSession(OfActivity):
    """A command or question about one session; `session` may be left out where the activity has but one."""

    session = session_id()


class Terms(fields.Schema):
    """Who may sign up, and how: what is left out does not matter."""

    least_age = fields.Whole(0, 120, metadata={"description": "活动当天最小周岁"})
    most_age = fields.Whole(0, 120, metadata={"description": "活动当天最大周岁"})
    communities = fields.Many(
        fields.Division("community"),
        1,
        100,
        metadata={"description": "限这些社区的居民"},
    )
    one_per_household = fields.Truth(metadata={"description": "每户限报一次"})
    approval = fields.Truth(metadata={"description": "报名要由主办方审核"})

    @ma.validates_schema
    def ages_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data.get("least_age", 0) > data.get("most_age", 120):
            raise ma.ValidationError(
                fields.Complaint("ages_out_of_order", "最大年龄不能小于最小年龄"),
                "most_age",
            )


class ChangedTerms(fields.Schema):
    """What of the terms is to be another; what is left out stays, and what is null matters no longer."""

    least_age = fields.Whole(
        0,
        120,
        allow_none=True,
        metadata={"description": "活动当天最小周岁，null 为不限"},
    )
    most_age = fields.Whole(
        0,
        120,
        allow_none=True,
        metadata={"description": "活动当天最大周岁，null 为不限"},
    )
    communities = fields.Many(
        fields.Division("community"),
        1,
        100,
        allow_none=True,
        metadata={"description": "限这些社区，null 为不限"},
    )
    one_per_household = fields.Truth(metadata={"description": "每户限报一次"})
    approval = fields.Truth(metadata={"description": "报名要由主办方审核"})


class Session(fields.Schema):
    """One date of an activity, whole. `kept_offline` and `kept_walk_in` seats are not given away online.

    `grid` is told where it is not that of the whole activity, or has been changed. `helpers` have seats and a cutoff
    of their own.
    """

    session = fields.Id(required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = seats(required=True)
    place = fields.Text(100, required=True)
    grid = grid()
    link = link()
    kept_offline = seats(0)
    kept_walk_in = seats(0)
    helpers = helpers()
    helpers_cutoff = helpers_cutoff()
