"""Posting an activity: from draft to archive, with everything it says.

`activity_published.v1` and its kin told of one session beside the rest; `.v2` lists the sessions. Logs have both.
"""

from datetime import datetime
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    LONGEST_SESSION,
    MOST_COHOSTS,
    MOST_OFFERINGS,
    MOST_SESSIONS,
    ChangedTerms,
    OfActivity,
    Session,
    Terms,
    all_help,
    audience,
    cohosts,
    free,
    helper_hours,
    helpers,
    helpers_cutoff,
    host,
    hours,
    link,
    mode,
    seats,
)
from schemas.activities.roles import role
from schemas.events import event
from schemas.grids import grid
from schemas.paging import Searched
from schemas.recurrence import Rule
from schemas.resource import Resource
from schemas.times import MOST_EXCEPTIONS

STATES = (
    "draft", "submitted", "published", "open", "running", "closed", "archived", "cancelled",
)  # fmt: skip
MOST_DIFFERENCES = (
    10 * MOST_SESSIONS + 30
)  # Ten of each session, and those of the whole.
MOST_LEFT_BEHIND = (
    2 + MOST_COHOSTS + MOST_SESSIONS
)  # A grid of each session may be another.
WHICH = ("one", "following", "all")
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


class DraftActivity(Posting):
    host = host(
        required=True, metadata={"description": "主办方，如 branch/东郊一支部的编号"}
    )


class ReviseActivity(Posting):
    activity = fields.Id(required=True, metadata={"description": "活动编号"})


class ChangeActivity(OfActivity):
    """After publication: what changes, for one session, it and those after it, or all that have not begun.

    `starts_at` and the like are those of `session`, and the other sessions move by as much. `cutoff` moves with the
    start unless said.
    """

    which = fields.OneOf(
        WHICH,
        load_default="all",
        metadata={"description": "改一场、这场及以后，还是全部"},
    )
    session = fields.Id(
        metadata={"description": "从哪一场说起，不填为第一场还没开始的"}
    )
    reason = fields.Text(
        200, required=True, metadata={"description": "为什么改，会告知已报名的人"}
    )
    title = fields.Text(60, metadata={"description": "名称"})
    summary = fields.Text(2000, metadata={"description": "简介"})
    audience = audience()
    cohosts = cohosts(metadata={"description": "协办方"})
    starts_at = fields.Instant(metadata={"description": "开始时间"})
    ends_at = fields.Instant(metadata={"description": "结束时间"})
    cutoff = fields.Instant(metadata={"description": "报名截止时间"})
    place = fields.Text(100, metadata={"description": "地点"})
    mode = mode()
    link = link()
    grid = grid()
    capacity = seats(metadata={"description": "名额"})
    kept_offline = seats(0, metadata={"description": "为不上网的人留的名额"})
    kept_walk_in = seats(0, metadata={"description": "为直接到场的人留的名额"})
    terms = fields.Part(
        ChangedTerms, metadata={"description": "报名条件里要改的；有人报名后只能放宽"}
    )
    helpers = seats(0, metadata={"description": "志愿者岗位数"})
    helpers_cutoff = fields.Instant(metadata={"description": "志愿者报名截止时间"})
    also = also()


class ReturnActivity(OfActivity):
    reason = fields.Text(200, required=True, metadata={"description": "退回原因"})


class CancelActivity(OfActivity):
    reason = fields.Text(
        200, required=True, metadata={"description": "取消原因，会告知已报名的人"}
    )


class RequireReview(fields.Schema):
    street = fields.Division(
        "street", required=True, metadata={"description": "街道代码"}
    )
    required = fields.Truth(
        required=True, metadata={"description": "本街道的活动发布前是否需要审核"}
    )


class ListActivities(Searched):
    """Published activities by their next session; with `host`, a host's own, drafts included for who keeps them."""

    division = fields.Division(metadata={"description": "区、街道或社区代码"})
    category = fields.AnyOf(CATEGORIES, metadata={"description": "类别"})
    campaign = fields.Text(30, metadata={"description": "所属主题活动"})
    audience = fields.Text(
        60,
        metadata={"description": "服务对象里含有的字，如 老人；一老一小包含老人、儿童"},
    )
    state = fields.AnyOf(STATES, metadata={"description": "状态"})
    host = host(metadata={"description": "主办方"})
    role = role("有这种名额的；与 free 同用为这种名额还有空的")
    free = free()
    since = fields.Instant(
        metadata={"description": "还有场次在这以后结束的，含正在进行的"}
    )
    until = fields.Instant(metadata={"description": "其中有场次的开始时间早于"})


# Events


class About(fields.Schema):
    """What both versions say."""

    activity = fields.Id(required=True)
    host = host(required=True)
    title = fields.Text(60, required=True)
    summary = fields.Text(2000)
    audience = audience()
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    community = fields.Division("community", required=True)
    place = fields.Text(100, required=True)


class OneSession(About):
    """An activity as it was posted when it had one session."""

    session = fields.Id(required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = seats(required=True)


class Content(About):
    """An activity as posted, whole, so that who reads one event needs no earlier one. Sessions are in order of time."""

    grid = grid()
    hours = hours()
    mode = mode()
    helper_terms = fields.Part(Terms)
    helper_hours = helper_hours()
    all_help = all_help()
    cohosts = cohosts(required=True)
    sessions = fields.Many(fields.Part(Session), 1, MOST_SESSIONS, required=True)
    repeats = Rule()
    terms = fields.Part(Terms, required=True)


@event("activity_drafted.v1")
class ActivityDraftedWithOneSession(OneSession):
    pass


@event("activity_revised.v1")
class ActivityRevisedWithOneSession(OneSession):
    pass


@event("activity_published.v1")
class ActivityPublishedWithOneSession(OneSession):
    pass


class LeftBehind(fields.Schema):
    field = fields.OneOf(("campaign", "repeats", "cohosts", "grid"), required=True)
    value = fields.Text(200, required=True)


@event("activity_drafted.v2")
class ActivityDrafted(Content):
    """`left_behind` tells what was said in the activity or template it was made from and does not hold for it."""

    left_behind = fields.Many(fields.Part(LeftBehind), 1, MOST_LEFT_BEHIND)


@event("activity_revised.v2")
class ActivityRevised(Content):
    pass


@event("activity_published.v2")
class ActivityPublished(Content):
    pass


@event("activity_changed.v1")
class ActivityChanged(Content):
    """As it is after the change: `sessions` are all that are not cancelled, `moved` those whose time is another now."""

    changed = fields.Many(fields.Text(30), 1, 20, required=True)
    moved = fields.Many(fields.Id(), 0, MOST_SESSIONS, required=True)
    reason = fields.Text(200, required=True)


@event("activity_submitted.v1")
class ActivitySubmitted(OfActivity):
    pass


@event("activity_returned.v1")
class ActivityReturned(ReturnActivity):
    pass


@event("activity_opened.v1")
class ActivityOpened(OfActivity):
    pass


@event("activity_archived.v1")
class ActivityArchived(OfActivity):
    pass


@event("activity_cancelled.v1")
class ActivityWithOneSessionCancelled(OfActivity):
    session = fields.Id(required=True)
    reason = fields.Text(200, required=True)
    offerings = fields.Many(fields.Id(), 0, 50, required=True)


@event("activity_cancelled.v2")
class ActivityCancelled(OfActivity):
    """`sessions` are those that will not be held because of it."""

    sessions = fields.Many(fields.Id(), 1, MOST_SESSIONS, required=True)
    reason = fields.Text(200, required=True)


@event("review_required.v1")
class ReviewRequired(RequireReview):
    pass


# Resources


class OfferingUsed(fields.Schema):
    offering = fields.Id(required=True)
    session = fields.Id()
    state = fields.OneOf(
        ("requested", "granted", "refused", "withdrawn"), required=True
    )
    reason = fields.Text(200)


class Difference(fields.Schema):
    field = fields.Text(30, required=True)
    before = fields.Text(2000, allow_none=True, required=True)
    after = fields.Text(2000, allow_none=True, required=True)


class LeftBehindShown(LeftBehind):
    text = fields.Text(300, required=True, metadata={"description": "给人看的"})


class Activity(Resource):
    """An activity with its first session; the others are in its list of sessions."""

    session = fields.Id(required=True, metadata={"description": "首场的编号"})
    next_session = fields.Id(
        metadata={"description": "最近一场没有结束的场次，都结束了则没有"}
    )
    next_at = fields.Instant(
        metadata={"description": "最近一场没有结束的场次的开始时间"}
    )
    sessions_count = fields.Whole(
        1, MOST_SESSIONS, metadata={"description": "场次数，不含取消的"}
    )
    host = host(required=True)
    host_name = fields.Text(100, metadata={"description": "主办方名称"})
    cohosts = cohosts()
    title = fields.Text(
        70, required=True, metadata={"description": "名称；已取消的前面写着【已取消】"}
    )
    summary = fields.Text(2000)
    audience = audience()
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    community = fields.Division("community", required=True)
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    grid = grid()
    place = fields.Text(100, required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = seats(required=True)
    kept_offline = seats(0)
    kept_walk_in = seats(0)
    helpers = helpers()
    helpers_cutoff = helpers_cutoff()
    helper_terms = fields.Part(Terms)
    helper_hours = helper_hours()
    all_help = all_help()
    hours = hours()
    mode = mode()
    link = link()
    repeats = Rule()
    terms = fields.Part(Terms)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    reason = fields.Text(200, metadata={"description": "取消、退回或修改的原因"})
    report = fields.Text(2000)
    offerings = fields.Many(fields.Part(OfferingUsed), 0, MOST_OFFERINGS)
    taken = seats(0, metadata={"description": "首场已确认人数"})
    waiting = fields.Whole(0, 2**53, metadata={"description": "首场候补组数"})
    helpers_taken = seats(0, metadata={"description": "首场已确认的志愿者人数"})
    helpers_waiting = fields.Whole(
        0, 2**53, metadata={"description": "首场志愿者候补组数"}
    )
    paused = fields.Truth(
        metadata={
            "description": "主办方被暂停或已退出，暂不接受新的报名；已报名的不受影响"
        }
    )
    paused_text = fields.Text(100, metadata={"description": "为什么暂停，给人看的"})
    title_warning = fields.Text(
        300,
        metadata={
            "description": "草稿的名称里写着别的月份、日期或年份，如照六月的再办一次而名称仍是“6月”"
        },
    )
    left_behind = fields.Many(
        fields.Part(LeftBehindShown),
        1,
        MOST_LEFT_BEHIND,
        metadata={"description": "照原来的活动或模板起草时，不再适用而没有带过来的"},
    )
    differences = fields.Many(
        fields.Part(Difference),
        0,
        MOST_DIFFERENCES,
        metadata={"description": "退回后重新提交时，与退回前相比改了什么"},
    )


class Review(Resource):
    id = fields.Division("street", required=True, metadata={"description": "街道代码"})
    required = fields.Truth(required=True)
