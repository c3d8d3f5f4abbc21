"""An activity's life: drafted, reviewed where the street asks, published, opened, run, closed."""

from datetime import datetime, timedelta

from schemas.fields import instant
from services.activities.rules.authority import must_be_active, must_keep, must_post, now_text
from services.kit import territory
from services.kit.authority import must_oversee, oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.lifecycle import LifeCycle, Step
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay

EARLY_START = timedelta(minutes=60)
FARTHEST = timedelta(days=731)

BEFORE_IT_STARTS = ("draft", "submitted", "published", "open")

ACTIVITY = LifeCycle(
    "activity",
    "活动",
    {
        "draft": "草稿",
        "submitted": "待审核",
        "published": "已发布",
        "open": "报名中",
        "running": "进行中",
        "closed": "已结束",
        "archived": "已归档",
        "cancelled": "已取消",
    },
    {
        "revise": Step("修改", ("draft",)),
        "submit": Step("提交审核", ("draft",), "submitted"),
        "return": Step("退回修改", ("submitted",), "draft"),
        "publish": Step("发布", ("draft", "submitted"), "published"),
        "open": Step("开放报名", ("published",), "open"),
        "start": Step("开始", ("open",), "running"),
        "close": Step("结束", ("running",), "closed"),
        "cancel": Step("取消", BEFORE_IT_STARTS, "cancelled"),
        "archive": Step("归档", ("closed",), "archived"),
        "request_offering": Step("申请资源", BEFORE_IT_STARTS),
    },
)


def the_activity(docs: Overlay, id: str) -> Doc:
    activity = docs.get("activities", id)
    if activity is None:
        raise Unknown(f"没有编号为 {id} 的活动", path="activity")
    return activity


def must_allow(activity: Doc, step: str) -> None:
    ACTIVITY.must_allow(activity, step, activity["title"])


def kept(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The activity, when the actor keeps it and its state allows `step`."""
    activity = the_activity(docs, command["activity"])
    must_keep(docs, activity["host"], asked)
    must_allow(activity, step)
    return activity


def postable(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The activity, when the actor keeps it, its state allows `step` and its host may post."""
    activity = kept(docs, command, asked, step)
    must_be_active(docs, activity["host"], asked)
    return activity


def draft(docs: Overlay, command: Data, asked: Asked) -> Fact:
    must_post(docs, command["host"], asked)
    _must_be_possible(docs, command, asked)
    content = _content(command, asked.new_id, command["host"])
    return Fact("activity_drafted.v1", f"activity/{asked.new_id}", content)


def revise(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = postable(docs, command, asked, "revise")
    _must_be_possible(docs, command, asked)
    if command["starts_at"] != activity["starts_at"] and held_offerings(activity):
        raise Refused("offerings_held", "已为原来的时间申请了资源，请先撤回再改时间", path="starts_at")
    content = _content(command, activity["id"], activity["host"])
    return _fact("activity_revised.v1", activity, content)


def submit(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = postable(docs, command, asked, "submit")
    if not needs_review(docs, activity):
        raise Refused("no_review_needed", "本街道不要求审核，可以直接发布")
    return _fact("activity_submitted.v1", activity)


def send_back(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    must_oversee(asked.actor, activity["community"])
    must_allow(activity, "return")
    return _fact("activity_returned.v1", activity, {"reason": command["reason"]})


def publish(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    if activity["state"] == "submitted":
        must_oversee(asked.actor, activity["community"])
    else:
        must_keep(docs, activity["host"], asked)
    must_allow(activity, "publish")
    must_be_active(docs, activity["host"], asked)
    if activity["state"] == "draft" and needs_review(docs, activity):
        raise Refused("review_needed", "本街道要求活动先审核，请先提交")
    if activity["starts_at"] <= now_text(asked):
        raise Refused("in_the_past", "开始时间已过，请先修改时间")
    content = _content(activity, activity["id"], activity["host"])
    return _fact("activity_published.v1", activity, content)


def open_signups(docs: Overlay, command: Data, asked: Asked) -> Fact:
    return _fact("activity_opened.v1", postable(docs, command, asked, "open"))


def start(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = kept(docs, command, asked, "start")
    if asked.now < datetime.fromisoformat(activity["starts_at"]) - EARLY_START:
        raise Refused("too_early", "离开始还有一个多小时，还不能开始")
    return _fact("activity_started.v1", activity)


def close(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = kept(docs, command, asked, "close")
    if now_text(asked) < activity["starts_at"]:
        raise Refused("not_begun", "还没到开始时间，不能结束")
    report = {"report": command["report"]} if "report" in command else {}
    return _fact("activity_closed.v1", activity, {"session": activity["session"], **report})


def cancel(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    if not oversees(asked.actor, activity["community"]):
        must_keep(docs, activity["host"], asked)
    must_allow(activity, "cancel")
    data = {"session": activity["session"], "reason": command["reason"], "offerings": held_offerings(activity)}
    return _fact("activity_cancelled.v1", activity, data)


def archive(docs: Overlay, command: Data, asked: Asked) -> Fact:
    return _fact("activity_archived.v1", kept(docs, command, asked, "archive"))


def require_review(docs: Overlay, command: Data, asked: Asked) -> Fact:
    must_oversee(asked.actor, command["street"])
    territory.known(docs, command["street"], "street")
    return Fact("review_required.v1", f"street/{command['street']}", command)


def held_offerings(activity: Doc) -> list[str]:
    """The offerings asked for and neither refused nor withdrawn."""
    return [use["offering"] for use in activity["offerings"] if use["state"] in {"requested", "granted"}]


def needs_review(docs: Overlay, activity: Doc) -> bool:
    review = docs.get("reviews", activity["street"])
    return review is not None and review["required"]


def _must_be_possible(docs: Overlay, posting: Data, asked: Asked) -> None:
    territory.known(docs, posting["community"], "community")
    if posting["starts_at"] <= now_text(asked):
        raise Invalid("开始时间已经过去", code="in_the_past", path="starts_at")
    if posting["starts_at"] > instant(asked.now + FARTHEST):
        raise Invalid("开始时间太远，最多提前两年", code="too_far_ahead", path="starts_at")


POSTED = (
    "title", "summary", "category", "campaign", "community", "place", "starts_at", "ends_at", "cutoff", "capacity",
)  # fmt: skip


def _content(posting: Data, activity: str, host: str) -> Data:
    """The whole posting as an event carries it. Today an activity has one session, named after it."""
    content = {name: posting[name] for name in POSTED if name in posting}
    content.setdefault("cutoff", posting["starts_at"])
    return {"activity": activity, "session": f"{activity}.1", "host": host, **content}


def _fact(type: str, activity: Doc, data: Data | None = None) -> Fact:
    return Fact(type, f"activity/{activity['id']}", {"activity": activity["id"], **(data or {})})
