"""Posting an activity: drafted, reviewed where the street asks for it, published, opened, archived or cancelled."""

from schemas.documents import Json, pick_present, without
from schemas.fields import instant
from services.activities.model.contents import grid_of
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.roles import OF_HELPERS
from services.activities.model.times import day_of
from services.activities.rules import cohosts
from services.activities.rules.authority import (
    may_keep,
    must_be_active,
    must_keep,
    must_post,
)
from services.activities.rules.campaigns import must_be_on
from services.activities.rules.dates import planned
from services.activities.rules.lookups import (
    activity_cancellable,
    activity_seen,
    activity_to,
    must_allow,
    postable,
)
from services.activities.rules.offerings import held_offerings
from services.activities.rules.online import must_be_online
from services.district import own, territory
from services.district.authority import must_oversee
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads

SAID = (
    "title",
    "summary",
    "audience",
    "category",
    "campaign",
    "community",
    "grid",
    "place",
    "hours",
    "mode",
    "repeats",
    *OF_HELPERS,
)


def draft(docs: Reads, posting: Json, asked: Asked) -> Fact:
    """A posting that only its host and those who review it see. Raises when it could not be held so."""
    must_post(docs, posting["host"], asked)
    content = _content(docs, posting, asked, asked.new_id, posting["host"])
    return ACTIVITY.fact("activity_drafted.v2", asked.new_id, content)


def revise(docs: Reads, command: Json, asked: Asked) -> Fact:
    """All of a draft, said anew. Raises `Refused` when offerings are asked for and the days change."""
    activity = postable(docs, command, asked, "revise")
    id = activity["id"]
    content = _content(docs, command, asked, id, activity["host"])
    before = docs.the("contents", id)
    is_moved = _dates(content) != _dates(before)
    if is_moved and held_offerings(activity):
        says = "已为原来的时间申请了资源，请先撤回再改时间"
        raise Refused("offerings_held", says, path="starts_at")
    return ACTIVITY.fact("activity_revised.v2", id, content)


def submit(docs: Reads, command: Json, asked: Asked) -> Fact:
    """For review, where the street asks for it."""
    activity = postable(docs, command, asked, "submit")
    if not needs_review(docs, activity):
        raise Refused("no_review_needed", "本街道不要求审核，可以直接发布")
    return ACTIVITY.fact("activity_submitted.v1", activity["id"])


def send_back(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who reviews, with what is to be changed."""
    activity = activity_seen(docs, command, asked)
    must_oversee(docs, asked.actor, activity["community"])
    own.must_not_keep(activity["host"], asked)
    must_allow(activity, "return")
    return ACTIVITY.fact(
        "activity_returned.v1", activity["id"], {"reason": command["reason"]}
    )


def publish(docs: Reads, command: Json, asked: Asked) -> Fact:
    """From now on all see it. Raises `Refused` when it is to be reviewed first, or its day is over."""
    activity = activity_seen(docs, command, asked)
    _must_publish(docs, activity, asked)
    must_allow(activity, "publish")
    must_be_active(docs, activity["host"], asked)
    if activity["state"] == "draft" and needs_review(docs, activity):
        raise Refused("review_needed", "本街道要求活动先审核，请先提交")
    if activity["starts_at"] <= instant(asked.now):
        raise Refused("in_the_past", "开始时间已过，请先修改时间")
    content = content_of(docs, activity)
    must_lie_in_grid(docs, content, content["sessions"])
    return ACTIVITY.fact("activity_published.v2", activity["id"], content)


def _must_publish(docs: Reads, activity: Json, asked: Asked) -> None:
    """Raises unless the actor keeps the activity; what waits for review another publishes, who oversees the place."""
    keeps = may_keep(docs, activity["host"], asked)
    reviewed = needs_review(docs, activity) or not keeps
    if activity["state"] == "submitted" and reviewed:
        must_oversee(docs, asked.actor, activity["community"])
        own.must_not_keep(activity["host"], asked)
    else:
        must_keep(docs, activity["host"], asked)


def open_signups(docs: Reads, command: Json, asked: Asked) -> Fact:
    return ACTIVITY.fact(
        "activity_opened.v1", postable(docs, command, asked, "open")["id"]
    )


def cancel(docs: Reads, command: Json, asked: Asked) -> Fact:
    """All of it. Raises `Refused` once a session has begun: the others are cancelled by themselves."""
    activity = activity_cancellable(docs, command, asked)
    if activity["state"] == "running":
        says = f"《{activity['title']}》已有场次开始，不能整个取消；还没开始的场次可以取消“这一场及以后”"
        raise Refused("cannot_cancel", says, path="state")
    must_allow(activity, "cancel")
    plans = content_of(docs, activity)["sessions"]
    content = {"sessions": [plan["session"] for plan in plans]}
    content["reason"] = command["reason"]
    return ACTIVITY.fact("activity_cancelled.v2", activity["id"], content)


def archive(docs: Reads, command: Json, asked: Asked) -> Fact:
    return ACTIVITY.fact(
        "activity_archived.v1", activity_to(docs, command, asked, "archive")["id"]
    )


def require_review(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Whether what is posted in a street is reviewed; for what is published from now on."""
    territory.known(docs, command["street"], "street")
    return Fact("review_required.v1", f"street/{command['street']}", command)


def needs_review(docs: Reads, activity: Json) -> bool:
    """Whether its street looks at what is posted before it is published."""
    review = docs.get("reviews", activity["street"])
    return review is not None and review["required"]


def content_of(docs: Reads, activity: Json) -> Json:
    """The whole content as an event carries it."""
    content = docs.the("contents", activity["id"])
    return without(content, "id", "seq")


def must_lie_in_grid(docs: Reads, content: Json, plans: list[Json]) -> None:
    """Raises when the grid named is not one of the community's on the day of a session."""
    community = content["community"]
    for plan in plans:
        if grid := grid_of(content, plan):
            territory.must_contain(docs, community, grid["grid"], day_of(plan))


def _content(
    docs: Reads, posting: Json, asked: Asked, activity: str, host: str
) -> Json:
    """The posting as an event tells it. Raises when it could not be held so."""
    sessions = _numbered(activity, planned(posting, asked))
    _must_be_somewhere(docs, posting, sessions)
    must_be_online(posting.get("mode"), sessions)
    _must_know_communities(docs, posting)
    must_be_on(docs, posting)
    partners = posting.get("cohosts", [])
    cohosts.must_be_known(docs, host, partners, asked)
    whole = {"activity": activity, "host": host} | pick_present(posting, *SAID)
    with_whom = {
        "cohosts": partners,
        "terms": posting.get("terms", {}),
    }
    return whole | with_whom | {"sessions": sessions}


def _numbered(activity: str, plans: list[Json]) -> list[Json]:
    numbers = enumerate(plans, start=1)
    return [{"session": f"{activity}.{number}"} | plan for number, plan in numbers]


def _must_be_somewhere(docs: Reads, posting: Json, sessions: list[Json]) -> None:
    """Raises unless community and grid are there on the day of each session."""
    for plan in sessions:
        territory.known(docs, posting["community"], "community", day_of(plan))
    must_lie_in_grid(docs, posting, sessions)


def _must_know_communities(docs: Reads, posting: Json) -> None:
    for terms in ("terms", "helper_terms"):
        communities = posting.get(terms, {}).get("communities", [])
        for place, code in enumerate(communities):
            territory.known(docs, code, f"{terms}/communities/{place}")


def _dates(content: Json) -> list[str]:
    return [plan["starts_at"] for plan in content["sessions"]]
