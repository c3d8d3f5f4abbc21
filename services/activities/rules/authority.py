"""Who may act for a host, and who for a resident."""

from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import principal
from services.district.calendar import day_in_words, local_day
from services.district.hosts import KEPT_IN, TOLD_BY, called
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.views import Reads

KEEPERS = ("branch_secretary", "unit_liaison", "partner_manager", "community_worker")
PAUSED = {
    "partner": {"suspended": "已被暂停社区合伙人资格", "withdrawn": "已退出社区合伙人"},
    "unit": {"suspended": "已被暂停联建单位资格", "withdrawn": "已不再是联建单位"},
}
# Once approved, a host goes through with what it has begun, whatever becomes of it.
EVER_APPROVED = {"approved", "reinstated", "suspended", "withdrawn"}


def must_keep(docs: Reads, host: str, asked: Asked) -> None:
    """Raises unless the actor may keep the activities of `host`: its secretary in office, its liaison, …"""
    kind, _, id = host.partition("/")
    if kind == "branch":
        _must_be_secretary(docs, id, asked)
    elif kind == "unit":
        _must_hold(asked.actor, "unit_liaison", host)
        _must_be_approved(docs, "units", id, "cobuild", "联建单位")
    elif kind == "partner":
        _must_hold(asked.actor, "partner_manager", host)
        _must_be_approved(docs, "partners", id, "partners", "社区合伙人")
    else:
        _must_hold(asked.actor, "community_worker", id)


def must_post(docs: Reads, host: str, asked: Asked) -> None:
    """Raises unless the actor may post for `host`: keeps its activities, and it is active."""
    must_keep(docs, host, asked)
    must_be_active(docs, host, asked)


def must_be_active(docs: Reads, host: str, asked: Asked) -> None:
    """Raises when `host` is paused, or is a branch that has ended: what it has posted it may carry through."""
    if why := why_paused(docs, host):
        source = TOLD_BY[host.partition("/")[0]]
        says = f"主办方{called(docs, host)}现在不能发布活动或申请资源：{why}"
        raise Refused("host_suspended", says, source=source)
    if ended_on := ended(docs, host, asked):
        says = f"这个支部已从 {day_in_words(ended_on)} 起并入其他支部或撤销"
        raise Refused("branch_ended", says, path="host")


def ended(docs: Reads, host: str, asked: Asked) -> str:
    """Since when `host` is a branch merged or dissolved; "" while it is not."""
    kind, _, id = host.partition("/")
    branch = docs.get("branches", id) if kind == "branch" else None
    ended_on = str(branch.get("ended_on", "")) if branch else ""
    return ended_on if ended_on <= local_day(asked.now) else ""


def why_paused(docs: Reads, host: str) -> str:
    """In words, why `host` takes no new sign-ups and posts nothing; "" when it does.

    Asked of the host's standing each time and kept nowhere, so a reinstatement resumes just what was paused.
    """
    kind, _, id = host.partition("/")
    if kind not in PAUSED:
        return ""
    standing = docs.get(KEPT_IN[kind], id)
    return PAUSED[kind].get(standing["state"], "") if standing else ""


def _must_hold(actor: Actor, role: str, place: str) -> None:
    if not actor.covers(role, place):
        raise Forbidden("您不能代表这个主办方", code="not_your_host", path="host")


def _must_be_secretary(docs: Reads, branch: str, asked: Asked) -> None:
    _must_hold(asked.actor, "branch_secretary", f"branch/{branch}")
    known = docs.get("branches", branch)
    if known is None:
        says = "没有这个党支部"
        raise Refused("unknown_branch", says, path="host", source="branches")
    today = local_day(asked.now)
    if secretary(known, today) != asked.actor.id:
        raise _not_in_office(known, today, asked.actor.id)


def _not_in_office(branch: Json, today: str, person: str) -> Refused:
    own = [term for term in branch["terms"] if term["person"] == person]
    ended = [term["until"] for term in own if term["until"] < today]
    if ended:
        says = f"您的书记任期到 {day_in_words(max(ended))} 为止，已经届满"
        return Refused("term_expired", says, path="host", source="branches")
    says = "您今天不是这个支部的在任书记"
    return Refused("not_the_secretary", says, path="host", source="branches")


def secretary(branch: Json, day: str) -> str | None:
    """Who is secretary on `day`: the last appointed whose term had begun, if it has not ended."""
    for term in reversed(branch["terms"]):
        if term["since"] <= day:
            return term["person"] if day <= term["until"] else None
    return None


def _must_be_approved(
    docs: Reads, collection: str, id: str, source: str, name: str
) -> None:
    doc = docs.get(collection, id)
    if doc is None or doc["state"] not in EVER_APPROVED:
        says = f"这个{name}还没有通过审核"
        raise Refused("host_not_approved", says, path="host", source=source)


def may_keep(docs: Reads, host: str, asked: Asked) -> bool:
    """True when `must_keep` would not object."""
    try:
        must_keep(docs, host, asked)
    except (Forbidden, Refused):
        return False
    return True


def must_speak_for(actor: Actor, person: str, community: str) -> None:
    """Raises unless the actor is `person`, or a community worker of `community` acting for them."""
    if actor.id != person and not actor.covers("community_worker", community):
        raise Forbidden("只能为自己操作；代办请由社区工作者进行", code="not_yours")


def must_be_anothers(person: str, asked: Asked, path: str) -> None:
    """Raises for oneself and one's guests, whatever one's role: what is recorded of a person, another records."""
    if asked.is_oneself(principal(person)):
        says = "自己和自己带来的人，签到、时长、评价和证明都要由别人办理"
        raise Forbidden(says, code="own_hours", path=path)


def now_text(asked: Asked) -> str:
    """The moment of the request as documents say it."""
    return instant(asked.now)
