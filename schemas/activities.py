"""Activities: what secretaries post, what residents ask, and the events that come of it."""

from datetime import datetime, timedelta
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

CATEGORIES = (
    "文体", "亲子阅读", "助老", "义诊", "安全排查", "调解", "环境整治",
    "空间改造", "帮困", "邻里节庆", "主题党日", "干部培训", "公益助农",
)  # fmt: skip
STATES = (
    "draft", "submitted", "published", "open", "running", "closed", "archived", "cancelled",
)  # fmt: skip
RELATIONS = ("self", "child", "elder", "family")
MOST_SEATS = 5_000
MOST_IN_A_PARTY = 6
LONGEST_SESSION = timedelta(hours=24)

HOST = fields.Complaint("bad_host", "主办方应为 branch/编号、unit/编号、partner/编号 或 community/社区代码")


def host(**kwargs: Any) -> fields.Code:
    return fields.Code(rf"(branch|unit|partner)/{fields.Id.PATTERN}|community/[0-9]{{12}}", HOST, most=80, **kwargs)


class Posting(fields.Schema):
    """What an activity says of itself. `cutoff` is when sign-up ends; left out, it is the start."""

    title = fields.Text(60, required=True, metadata={"description": "活动名称"})
    summary = fields.Text(2000, metadata={"description": "活动介绍"})
    category = fields.OneOf(CATEGORIES, required=True, metadata={"description": "活动类别"})
    campaign = fields.Text(30, metadata={"description": "所属主题活动，如 我们的节日"})
    community = fields.Division("community", required=True, metadata={"description": "举办地所在社区代码"})
    place = fields.Text(100, required=True, metadata={"description": "地点"})
    starts_at = fields.Instant(required=True, metadata={"description": "开始时间"})
    ends_at = fields.Instant(required=True, metadata={"description": "结束时间"})
    cutoff = fields.Instant(metadata={"description": "报名截止时间，不填为开始时间"})
    capacity = fields.Whole(
        1, MOST_SEATS, code="capacity_out_of_range", required=True, metadata={"description": "名额"}
    )

    @ma.validates_schema
    def times_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        starts, ends = map(datetime.fromisoformat, (data["starts_at"], data["ends_at"]))
        if ends <= starts:
            raise _at("ends_at", "ends_before_start", "结束时间应晚于开始时间")
        if ends - starts > LONGEST_SESSION:
            raise _at("ends_at", "session_too_long", "一场活动最长 24 小时")
        if data.get("cutoff", data["starts_at"]) > data["starts_at"]:
            raise _at("cutoff", "cutoff_after_start", "报名截止不能晚于开始时间")


def _at(field: str, code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(fields.Complaint(code, sentence), field_name=field)


class DraftActivity(Posting):
    host = host(required=True, metadata={"description": "主办方，如 branch/东郊一支部的编号"})


class ReviseActivity(Posting):
    activity = fields.Id(required=True)


class OfActivity(fields.Schema):
    """A command or question about one activity that needs no more words."""

    activity = fields.Id(required=True)


class ReturnActivity(OfActivity):
    reason = fields.Text(200, required=True, metadata={"description": "退回原因"})


class CancelActivity(OfActivity):
    reason = fields.Text(200, required=True, metadata={"description": "取消原因，会告知已报名的人"})


class CloseActivity(OfActivity):
    report = fields.Text(2000, metadata={"description": "活动小结"})


class RequireReview(fields.Schema):
    street = fields.Division("street", required=True)
    required = fields.Truth(required=True, metadata={"description": "本街道的活动发布前是否需要审核"})


class OfOffering(OfActivity):
    offering = fields.Id(required=True, metadata={"description": "共建资源编号"})


class Participant(fields.Schema):
    person = fields.Id(required=True, metadata={"description": "居民编号"})
    relation = fields.OneOf(RELATIONS, load_default="self", metadata={"description": "与报名人的关系"})


def party() -> fields.Many:
    return fields.Many(fields.Part(Participant), 1, MOST_IN_A_PARTY, code="party_size", required=True)


class SignUp(OfActivity):
    party = party()


class OfSignup(fields.Schema):
    signup = fields.Id(required=True)


class CheckIn(OfActivity):
    """At the door: with the `code` shown there, for oneself or family; without it, from the organiser's roster."""

    person = fields.Id(metadata={"description": "居民编号；扫码签到可不填，即本人"})
    code = fields.Text(300, metadata={"description": "现场二维码内容", "proof": True})
    at = fields.Instant(metadata={"description": "实际时间，不填为现在；离线记录补传时填写"})


class CheckOut(CheckIn):
    pass


class Rate(OfActivity):
    score = fields.Whole(1, 5, code="score_out_of_range", required=True, metadata={"description": "评分 1–5"})
    words = fields.Text(500, metadata={"description": "想说的话，可随时删除"})


class ListActivities(Paged):
    """Published activities by time; with `host`, a host's own, drafts included for those who keep them."""

    division = fields.Division(metadata={"description": "区、街道或社区代码"})
    category = fields.OneOf(CATEGORIES)
    host = host()
    since = fields.Instant(metadata={"description": "开始时间不早于"})
    until = fields.Instant(metadata={"description": "开始时间早于"})


class ListOfActivity(OfActivity, Paged):
    pass


class MySignups(Paged):
    pass


# Events


class Content(fields.Schema):
    """An activity as posted, whole, so that who reads one event needs no earlier one."""

    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    host = host(required=True)
    title = fields.Text(60, required=True)
    summary = fields.Text(2000)
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    community = fields.Division("community", required=True)
    place = fields.Text(100, required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = fields.Whole(1, MOST_SEATS, required=True)


@event("activity_drafted.v1")
class ActivityDrafted(Content):
    pass


@event("activity_revised.v1")
class ActivityRevised(Content):
    pass


@event("activity_submitted.v1")
class ActivitySubmitted(OfActivity):
    pass


@event("activity_returned.v1")
class ActivityReturned(ReturnActivity):
    pass


@event("activity_published.v1")
class ActivityPublished(Content):
    pass


@event("activity_opened.v1")
class ActivityOpened(OfActivity):
    pass


@event("activity_started.v1")
class ActivityStarted(OfActivity):
    pass


@event("activity_closed.v1")
class ActivityClosed(OfActivity):
    session = fields.Id(required=True)
    report = fields.Text(2000)


@event("activity_archived.v1")
class ActivityArchived(OfActivity):
    pass


@event("activity_cancelled.v1")
class ActivityCancelled(OfActivity):
    session = fields.Id(required=True)
    reason = fields.Text(200, required=True)
    offerings = fields.Many(fields.Id(), 0, 50, required=True)


@event("review_required.v1")
class ReviewRequired(RequireReview):
    pass


@event("offering_requested.v1")
class OfferingRequested(OfOffering):
    host = host(required=True)
    starts_at = fields.Instant(required=True)


@event("offering_request_withdrawn.v1")
class OfferingRequestWithdrawn(OfOffering):
    pass


@event("offering_granted.v1")
class OfferingGranted(OfOffering):
    pass


@event("offering_refused.v1")
class OfferingRefused(OfOffering):
    reason = fields.Text(200, required=True)


class SignedUp(OfActivity):
    session = fields.Id(required=True)
    signup = fields.Id(required=True)
    by = fields.Id(required=True)
    party = party()
    ticket = fields.Whole(1, 2**53, required=True)


@event("signup_confirmed.v1")
class SignupConfirmed(SignedUp):
    pass


@event("signup_waitlisted.v1")
class SignupWaitlisted(SignedUp):
    position = fields.Whole(1, 2**53, required=True)


@event("signup_cancelled.v1")
class SignupCancelled(OfActivity):
    """`late` means after the cutoff; `promoted` are the waiting sign-ups that got the seats, in order."""

    session = fields.Id(required=True)
    signup = fields.Id(required=True)
    late = fields.Truth(required=True)
    promoted = fields.Many(fields.Id(), 0, MOST_IN_A_PARTY, required=True)


class AtTheDoor(OfActivity):
    session = fields.Id(required=True)
    person = fields.Id(required=True)
    at = fields.Instant(required=True)
    way = fields.OneOf(("scanned", "backfilled"), required=True)


@event("checked_in.v1")
class CheckedIn(AtTheDoor):
    pass


@event("checked_out.v1")
class CheckedOut(AtTheDoor):
    """`minutes` is the person's service in this session as it stands after this event, `hours` its class."""

    minutes = fields.Whole(0, 48 * 60, required=True)
    hours = fields.OneOf(("scanned", "backfilled", "adjusted"), required=True)


@event("activity_rated.v1")
class ActivityRated(OfActivity):
    session = fields.Id(required=True)
    person = fields.Id(required=True)
    score = fields.Whole(1, 5, required=True)
    note = fields.Id()


# Resources


class OfferingUsed(fields.Schema):
    offering = fields.Id(required=True)
    state = fields.OneOf(("requested", "granted", "refused", "withdrawn"), required=True)
    reason = fields.Text(200)


class Activity(Resource):
    session = fields.Id(required=True)
    host = host(required=True)
    title = fields.Text(60, required=True)
    summary = fields.Text(2000)
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    community = fields.Division("community", required=True)
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    place = fields.Text(100, required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = fields.Whole(1, MOST_SEATS, required=True)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(20, required=True, metadata={"description": "状态，给人看的"})
    reason = fields.Text(200, metadata={"description": "取消或退回的原因"})
    report = fields.Text(2000)
    offerings = fields.Many(fields.Part(OfferingUsed), 0, 50)
    taken = fields.Whole(0, MOST_SEATS, metadata={"description": "已确认人数"})
    waiting = fields.Whole(0, 2**53, metadata={"description": "候补组数"})
    paused = fields.Truth(metadata={"description": "主办方被暂停或已退出，暂不接受新的报名；已报名的不受影响"})
    paused_text = fields.Text(100, metadata={"description": "为什么暂停，给人看的"})


class Signup(Resource):
    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    by = fields.Id(required=True)
    party = party()
    size = fields.Whole(1, MOST_IN_A_PARTY, required=True)
    state = fields.OneOf(("confirmed", "waiting", "cancelled"), required=True)
    state_text = fields.Text(20, required=True, metadata={"description": "已确认、候补第 3 位、已取消"})
    position = fields.Whole(0, 2**53, metadata={"description": "候补位次，0 为不在候补"})
    ticket = fields.Whole(1, 2**53)
    starts_at = fields.Instant(required=True)
    title = fields.Text(60)


class Seat(Resource):
    """One person in one session: the roster's line."""

    id = fields.Text(130, required=True, metadata={"description": "编号，场次:居民"})
    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    person = fields.Id(required=True)
    relation = fields.OneOf(RELATIONS, required=True)
    signup = fields.Id(required=True)
    state = fields.OneOf(("confirmed", "waiting", "cancelled"), required=True)
    inside_since = fields.Instant(allow_none=True)
    attended = fields.Truth(required=True)
    minutes = fields.Whole(0, 48 * 60)
    hours = fields.Text(20)
    score = fields.Whole(1, 5, allow_none=True)


class Review(Resource):
    id = fields.Division("street", required=True, metadata={"description": "街道代码"})
    required = fields.Truth(required=True)


class DoorCode(fields.Schema):
    code = fields.Text(300, required=True, metadata={"description": "放进二维码的内容"})
    expires_at = fields.Instant(required=True)
