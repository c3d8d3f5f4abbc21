"""Whether a sign-up may be asked for at all: the activity takes them, it is in time, and it is said for whom."""

from schemas.documents import Json
from services.activities.model.documents import Seating
from services.activities.model.lifecycles import STANDING
from services.activities.model.times import moment
from services.activities.rules.authority import may_keep, now_text, why_paused
from services.activities.rules.signers import latest_of
from services.district.calendar import local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.views import Reads

NOT_OPEN = {
    "draft": ("not_open", "还没有开放报名"),
    "submitted": ("not_open", "还没有开放报名"),
    "published": ("not_open", "还没有开放报名"),
    "closed": ("signup_closed", "已经结束"),
    "archived": ("signup_closed", "已经结束"),
    "cancelled": ("activity_cancelled", "已经取消"),
}
NOT_PLANNED = {
    "running": ("signup_closed", "已经开始，报名已截止"),
    "closed": ("signup_closed", "已经结束"),
    "cancelled": ("session_cancelled", "已经取消"),
}


def must_be_open(docs: Reads, activity: Json, asked: Asked) -> None:
    """Raises `Unknown` for a draft of others, `Refused` when the activity takes no sign-ups."""
    host = activity["host"]
    if activity["shown"] == "hidden" and not may_keep(docs, host, asked):
        raise Unknown("没有这个活动", path="activity")
    title = activity["title"]
    state = activity["state"]
    if state in NOT_OPEN:
        code, why = NOT_OPEN[state]
        raise Refused(code, f"《{title}》{why}")
    if why := why_paused(docs, host):
        says = f"《{title}》的主办方{why}，暂不接受新的报名"
        raise Refused("host_suspended", says, source="partners")


def must_be_before_cutoff(session: Json, asked: Asked) -> None:
    """Raises `Refused` from the very moment of the cutoff on."""
    if session["state"] in NOT_PLANNED:
        raise no_longer_planned(session)
    if now_text(asked) >= session["cutoff"]:
        when = local_minute(moment(session["cutoff"]))
        raise Refused("signup_closed", f"《{session['title']}》的报名已在 {when} 截止")


def no_longer_planned(session: Json) -> Refused:
    """What is said of a session that has begun, is over or cancelled."""
    code, why = NOT_PLANNED[session["state"]]
    return Refused(code, f"《{session['title']}》这一场{why}")


def who_signs_up(command: Json, asked: Asked) -> str:
    """Who signs up. A worker who does so for others says for whom, or guardian and notices would be the worker's."""
    if "by" in command:
        return str(command["by"])
    me = asked.actor.id
    comes = any(member["person"] == me for member in command["party"])
    if not comes and not asked.actor.has("resident"):
        raise Invalid("代别人报名，请写明替哪位居民报", code="by_needed", path="by")
    return me


def must_have_no_other(docs: Reads, session: Json, by: str, asked: Asked) -> None:
    """One sign-up at a time: so nobody fills a session with people who do not exist."""
    signup = latest_of(docs, session["seating"], by)
    if signup is None or signup["state"] not in STANDING:
        return
    whose, path = ("您", "party") if by == asked.actor.id else ("这位居民", "by")
    says = f"{whose}已有一个本场的报名，可以换人，或取消后重新报名"
    raise Refused("already_signed_up", says, path=path)


def pool_of(activity: Json, by: str, asked: Asked) -> str:
    """Seats kept for those not online are for whom a community worker signs up, not for the worker."""
    if asked.is_the_asker(by):
        return "online"
    serves = asked.actor.asker.covers("community_worker", activity["community"])
    return "offline" if serves else "online"


def must_be_able_to_fit(seating: Seating, pool: str, party: list[Json]) -> None:
    """Raises `Refused` when the party would not get seats even if nobody else had signed up."""
    most = _seats_for(pool, seating)
    if len(party) <= most:
        return
    how = "网上报名" if pool == "online" else "社区代报"
    says = f"这一组有 {len(party)} 人，本场{how}一共只有 {most} 个名额"
    if most <= 0:
        says = f"本场没有给{how}的名额"
    raise Refused("party_larger_than_capacity", says, path="party")


def _seats_for(pool: str, seating: Seating) -> int:
    seats = seating["capacity"] - seating["kept_walk_in"]
    if pool == "online":
        seats -= seating["kept_offline"]
    return seats
