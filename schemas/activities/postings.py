"""Posting an activity, from draft to archive, and the activity as it is shown."""

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    MOST_COHOSTS,
    MOST_OFFERINGS,
    MOST_SESSIONS,
    ChangedTerms,
    OfActivity,
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
from schemas.activities.proposals import Posting, also
from schemas.activities.roles import role
from schemas.area_codes import grid
from schemas.decisions import reason
from schemas.paging import Searched
from schemas.places import division
from schemas.recurrence import LONGEST as LONGEST_RULE
from schemas.recurrence import Rule
from schemas.resource import Resource

STATES = (
    "draft", "submitted", "published", "open", "running", "closed", "archived", "cancelled",
)  # fmt: skip
# Ten of each session, and those of the whole.
MOST_DIFFERENCES = 10 * MOST_SESSIONS + 30
# A grid of each session may be another.
MOST_LEFT_BEHIND = 2 + MOST_COHOSTS + MOST_SESSIONS
WHICH_IN_WORDS = {"one": "只这一场", "following": "这一场和以后的", "all": "全部"}
WHICH = tuple(WHICH_IN_WORDS)


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
        WHICH_IN_WORDS,
        load_default="all",
        metadata={"description": "改一场、这场及以后，还是全部"},
    )
    session = fields.Id(
        metadata={"description": "从哪一场说起，不填为第一场还没开始的"}
    )
    reason = reason("为什么改，会告知已报名的人")
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
    reason = reason("退回原因")


class CancelActivity(OfActivity):
    reason = reason("取消原因，会告知已报名的人")


class RequireReview(fields.Schema):
    street = fields.Division(
        "street", required=True, metadata={"description": "街道代码"}
    )
    required = fields.Truth(
        required=True, metadata={"description": "本街道的活动发布前是否需要审核"}
    )


class ListActivities(Searched):
    """Published activities by their next session; with `host`, a host's own, drafts included for who keeps them."""

    division = division()
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


class LeftBehind(fields.Schema):
    field = fields.OneOf(("campaign", "repeats", "cohosts", "grid"), required=True)
    value = fields.Text(LONGEST_RULE, required=True)


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
    text = fields.Text(
        LONGEST_RULE + 100, required=True, metadata={"description": "给人看的"}
    )


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
