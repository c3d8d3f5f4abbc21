"""Taking part online: who is told the link, and what a platform says of who watched."""

from schemas.documents import Json, without
from schemas.fields import instant
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.times import day_of
from services.activities.rules.authority import may_keep
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.rules.sessions import named
from services.activities.rules.signers import held_by
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

ONLINE = {"online", "both"}


def must_be_online(mode: str | None, sessions: list[Json]) -> None:
    """Raises `Invalid` when there is a link to what is held on the spot alone."""
    if mode not in ONLINE and any("link" in plan for plan in sessions):
        says = "只在现场的活动没有链接，线上也能参加的，参加方式请填线上或线上和线下"
        raise Invalid(says, code="not_online", path="link")


def without_old_links(content: Json, command: Json) -> Json:
    """The content; what is from now on held on the spot alone is no longer led to by the links it had."""
    if command.get("mode") != "onsite" or "link" in command:
        return content
    plans = [without(plan, "link") for plan in content["sessions"]]
    return content | {"sessions": plans}


def shown_to(docs: Reads, session: Json, asked: Asked) -> Json:
    """The session as the actor sees it: with its link to who has a seat there, and to its host."""
    if "link" not in session or is_told_link(docs, session, asked):
        return session
    return without(session, "link")


def is_told_link(docs: Reads, session: Json, asked: Asked) -> bool:
    """True for its host, and for who has a seat there."""
    has_a_seat = has_seat(docs, session["id"], asked.actor.id)
    return has_a_seat or may_keep(docs, session["host"], asked)


def has_seat(docs: Reads, session: str, person: str) -> bool:
    """Whether they have a seat there, or have taken one for others."""
    states = {held["state"] for held in held_by(docs, session, person)}
    return "confirmed" in states


def report_viewers(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What a platform counted. Said again, it is changed; no seat, hour or figure knows of it."""
    activity = activity_kept(docs, command, asked)
    session = session_of(docs, activity, command)
    _must_have_been_online(session, asked)
    today = local_day(asked.now)
    on = command.get("on", today)
    if not day_of(session) <= on <= today:
        raise Invalid("应在开始那天到今天之间", code="bad_date", path="on")
    content = {
        "session": session["id"],
        "viewers": command["viewers"],
        "on": on,
        "by": asked.actor.id,
    }
    return ACTIVITY.fact("viewers_reported.v1", activity["id"], content)


def _must_have_been_online(session: Json, asked: Asked) -> None:
    which, none = named(session), "没有直播观看人数"
    if session.get("mode") not in ONLINE:
        raise Refused("not_online", f"{which}只在现场，{none}", path="viewers")
    if session["state"] == "cancelled":
        raise Refused("session_cancelled", f"{which}已取消，{none}", path="viewers")
    if instant(asked.now) < session["starts_at"]:
        raise Refused("not_begun", f"{which}还没有开始，{none}", path="viewers")
