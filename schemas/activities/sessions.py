"""Sessions: each date of an activity, with a state and a count of its own."""

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    MOST_SESSIONS,
    MOST_VIEWERS,
    OfActivity,
    OfSession,
    Session,
    Terms,
    all_help,
    cohosts,
    free,
    helper_hours,
    host,
    hours,
    mode,
    seats,
)
from schemas.activities.roles import role
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged
from schemas.persons import Person
from schemas.places import division
from schemas.resource import Resource

MOST_NAMED = 500

SETTLED = ("session", "nothing")
STATES = ("planned", "running", "closed", "cancelled")


class WithoutCheckout(fields.Schema):
    count = fields.OneOf(
        SETTLED,
        required=True,
        metadata={"description": "session 按活动结束时离开计，nothing 不计时长"},
    )


class CloseSession(OfSession):
    report = fields.Text(2000, metadata={"description": "活动小结"})
    without_checkout = fields.Part(
        WithoutCheckout,
        metadata={
            "description": "签到而没有签退的人怎么计，不填为不计；会告知本人，个别的可再更正"
        },
    )


class CancelSessions(OfActivity):
    session = fields.Id(required=True, metadata={"description": "场次编号"})
    which = fields.OneOf(
        ("one", "following"),
        {"one": "只这一场", "following": "这一场和以后的"},
        load_default="one",
        metadata={"description": "这一场，还是这场及以后"},
    )
    reason = reason("取消原因，会告知已报名的人")


class ReportViewers(OfSession):
    """How many watched a live-stream, as its platform says; said again, it is put right."""

    viewers = fields.Whole(
        0,
        MOST_VIEWERS,
        required=True,
        metadata={"description": "直播平台报的观看人数，不计入到场"},
    )
    on = fields.Day(metadata={"description": "哪天的数字，不填为今天"})


class ListSessions(Paged):
    """Sessions of public activities by time; with `activity` or `host`, those of it."""

    activity = fields.Id(metadata={"description": "活动编号"})
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
    since = fields.Instant(metadata={"description": "结束时间晚于，含正在进行的"})
    until = fields.Instant(metadata={"description": "开始时间早于"})


# Events


@event("activity_started.v1")
class ActivityStarted(OfActivity):
    """Of an activity with one session: it has begun. Today `session_started.v1`."""


@event("activity_closed.v1")
class ActivityClosed(OfActivity):
    """Of an activity with one session: it is over. Today `session_closed.v1`."""

    session = fields.Id(required=True)
    report = fields.Text(2000)


class TheSession(OfActivity):
    session = fields.Id(required=True)


@event("doors_opened.v1")
class DoorsOpened(TheSession):
    """People are let in before the session begins, which it does by itself."""


@event("session_started.v1")
class SessionStarted(TheSession):
    """It has begun. Old logs have some that were told up to an hour before the start, and ended the queue then."""


class Chosen(WithoutCheckout):
    by = fields.Id(required=True)


@event("session_closed.v1")
class SessionClosed(TheSession):
    """`without_checkout` is how those count who came and did not check out, where there are any, and who chose it."""

    report = fields.Text(2000)
    without_checkout = fields.Part(Chosen)


@event("sessions_cancelled.v1")
class SessionsCancelled(OfActivity):
    """Some of an activity's sessions; the others are held."""

    sessions = fields.Many(fields.Id(), 1, MOST_SESSIONS, required=True)
    reason = fields.Text(200, required=True)


@event("viewers_reported.v1")
class ViewersReported(TheSession):
    """What a platform said on a day: nobody's attendance, and no part of any figure of it."""

    viewers = fields.Whole(0, MOST_VIEWERS, required=True)
    on = fields.Day(required=True)
    by = fields.Id(required=True)


# Resources


class SessionShown(Session, Resource):
    """One date of an activity. `changes` counts what was changed since it was published."""

    id = fields.Id(required=True)
    activity = fields.Id(required=True)
    host = host(required=True)
    host_name = fields.Text(100, metadata={"description": "主办方名称"})
    cohosts = cohosts()
    title = fields.Text(
        70, required=True, metadata={"description": "名称；已取消的前面写着【已取消】"}
    )
    category = fields.OneOf(CATEGORIES, required=True)
    community = fields.Division("community", required=True)
    street = fields.Division("street")
    hours = hours()
    mode = mode()
    viewers = fields.Whole(
        0,
        MOST_VIEWERS,
        metadata={"description": "主办方报告的直播观看人数，不计入到场"},
    )
    viewers_on = fields.Day(metadata={"description": "是哪天的数字"})
    viewers_text = fields.Text(100, metadata={"description": "给人看的"})
    terms = fields.Part(Terms)
    helper_terms = fields.Part(Terms)
    helper_hours = helper_hours()
    all_help = all_help()
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(20, required=True)
    reason = fields.Text(200, metadata={"description": "取消的原因"})
    report = fields.Text(2000)
    closed_at = fields.Instant(metadata={"description": "收尾的时间"})
    closed_late = fields.Truth(
        metadata={"description": "true 表示次日以后才收尾，当日的数字在那以前还会变"}
    )
    changes = fields.Whole(0, 2**31)
    taken = seats(0, metadata={"description": "已确认人数"})
    waiting = fields.Whole(0, 2**53, metadata={"description": "候补组数"})
    helpers_taken = seats(0, metadata={"description": "已确认的志愿者人数"})
    helpers_waiting = fields.Whole(0, 2**53, metadata={"description": "志愿者候补组数"})


class Counts(fields.Schema):
    """Who was expected and who came, of all or of helpers alone."""

    confirmed = seats(
        0, required=True, metadata={"description": "报名已确认的人，现场参加的不计"}
    )
    attended = seats(
        0, required=True, metadata={"description": "到场的人，含现场参加的"}
    )
    walked_in = seats(0, required=True, metadata={"description": "其中现场参加的"})
    no_shows = seats(
        0,
        required=True,
        metadata={"description": "爽约：已确认而没来的，加上截止后取消的"},
    )
    waiting = fields.Whole(
        0, 2**53, required=True, metadata={"description": "还在候补的组数"}
    )


class Prefilled(Counts):
    """What is known when a session is to be closed, with a report to be changed at will.

    Helpers are counted among all, and by themselves.
    """

    session = fields.Id(required=True)
    helpers = fields.Part(
        Counts, metadata={"description": "其中志愿者；没有志愿者岗位则没有"}
    )
    minutes = fields.Whole(
        0, 2**53, required=True, metadata={"description": "志愿者的服务时长合计，分钟"}
    )
    attended_minutes = fields.Whole(
        0, 2**53, required=True, metadata={"description": "参与者的参与时长合计，分钟"}
    )
    without_checkout = fields.Many(
        Person(),
        0,
        MOST_NAMED,
        required=True,
        metadata={"description": f"签到而没有签退的人，最多列 {MOST_NAMED} 人"},
    )
    report = fields.Text(2000, required=True, metadata={"description": "活动小结草稿"})
