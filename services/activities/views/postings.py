"""Activities as they are shown: by themselves, and in lists by the next date."""

from collections.abc import Callable

from schemas.documents import Json, pick
from services.activities.folds.postings import ACTIVITIES
from services.activities.folds.sessions import SESSIONS
from services.activities.rules.authority import may_keep, now_text, why_paused
from services.activities.rules.lookups import activity_seen
from services.activities.rules.online import is_told_link
from services.activities.views import clocked, filters, sessions
from services.activities.views.dates import dates_from, next_date, next_or_last
from services.activities.views.differences import differences
from services.activities.views.pages import show_each
from services.district import territory
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed, narrowed
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads, Seen

Where = dict[str, str]
Judge = Callable[[Json], bool]
WRITTEN = ("draft", "submitted")


def get_activity(views: Reads, question: Json, asked: Asked) -> Json:
    """As it stands now; while it is being written, with what differs since it was sent back."""
    once = Seen(views)
    activity = activity_seen(once, question, asked)
    seen = _at(once, activity, now_text(asked))
    seen |= sessions.counts(once, activity | {"id": activity["session"]})
    seen |= _since_return(once, activity)
    seen |= _link_of_first(once, activity, asked)
    return clocked.activity(once, seen, asked)


def list_activities(views: Reads, question: Json, asked: Asked) -> Json:
    """Each activity stands where its next session does, at `since` or now: what is over, where its last one was."""
    at = question.get("since", now_text(asked))
    once = Seen(views)

    def shown(activity: Json) -> Json:
        return clocked.activity(once, _at(once, activity, at), asked)

    return show_each(find(once, question, asked), shown)


def _at(views: Reads, activity: Json, at: str) -> Json:
    """With whether its host is paused, and which of its sessions is the first that is not over then."""
    seen = _paused(views, activity)
    seen |= name_of(views, activity["host"], "host_name")
    date = next_date(views, activity, at)
    if date:
        seen |= {"next_session": date["id"], "next_at": date["starts_at"]}
    return seen


def _paused(views: Reads, activity: Json) -> Json:
    """The activity with whether its host's standing pauses it now."""
    why = why_paused(views, activity["host"])
    if not why:
        return activity | {"paused": False}
    text = f"主办方{why}，暂不接受新的报名；已报名的不受影响"
    return activity | {"paused": True, "paused_text": text}


def _since_return(views: Reads, activity: Json) -> Json:
    """`{differences}` since the street sent it back, for those who write and those who review it."""
    before = views.get("returned", activity["id"])
    if before is None or activity["state"] not in WRITTEN:
        return {}
    content = views.the("contents", activity["id"])
    return {"differences": differences(before, content)}


def _link_of_first(views: Reads, activity: Json, asked: Asked) -> Json:
    """`{link}` of the first session, which a draft has as planned, to who is told it."""
    content = views.the("contents", activity["id"])
    plan = content["sessions"][0]
    first = plan | {"id": activity["session"], "host": activity["host"]}
    if "link" not in first or not is_told_link(views, first, asked):
        return {}
    return pick(first, "link")


# Lists


def find(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}` of the activities somebody asks for, as they are kept."""
    wheres = _wheres(views, question, asked)

    def is_asked_for(activity: Json) -> bool:
        if not any(where.items() <= activity.items() for where in wheres):
            return False
        if not _is_of_kind(activity, question):
            return False
        return _has_date(views, activity, question, asked)

    if "text" in question:
        every = Find("activities", {}, "starts_at")
        return listed(views, ACTIVITIES, question, every, sees=is_asked_for)
    return _by_date(views, question, wheres, asked, is_asked_for)


def _wheres(views: Reads, question: Json, asked: Asked) -> list[Where]:
    """All there is of a host, for who keeps it; for others what is public."""
    where = territory.within(question)
    if "host" in question:
        where |= {"host": question["host"]}
    if "host" not in question or not may_keep(views, question["host"], asked):
        where |= {"shown": "public"}
    return [where | category for category in each(question, "category")]


def _by_date(
    views: Reads,
    question: Json,
    wheres: list[Where],
    asked: Asked,
    is_asked_for: Judge,
) -> Json:
    """Found by their sessions; those not published, which have none yet, by the first that is planned."""
    at = question.get("since", now_text(asked))

    def is_listed(doc: Json) -> bool:
        if "activity" not in doc:
            return is_asked_for(doc)
        if filters.is_over(doc, question):
            return False
        activity = filters.activity_of(views, doc)
        if not is_asked_for(activity):
            return False
        return bool(next_or_last(views, activity, at)["id"] == doc["id"])

    def activity_at(doc: Json) -> Json:
        return filters.activity_of(views, doc) if "activity" in doc else doc

    dates = page(views, question, *_finds(question, wheres), sees=is_listed)
    return show_each(dates, activity_at)


def _finds(question: Json, wheres: list[Where]) -> list[Find]:
    since = filters.begins_since(question)
    # Without a since the next session may be later than the first, which is asked for.
    until = question.get("until") if since else None
    finds = []
    for where in wheres:
        sessions_there = Find("sessions", where, "starts_at", since, until)
        finds.append(narrowed(sessions_there, SESSIONS))
    if any("shown" not in where for where in wheres):
        hidden = {"host": question["host"], "shown": "hidden"}
        finds.append(Find("activities", hidden, "starts_at"))
    return finds


def _is_of_kind(activity: Json, question: Json) -> bool:
    if "state" in question and activity["state"] not in question["state"]:
        return False
    return filters.is_for(activity, question)


def _has_date(views: Reads, activity: Json, question: Json, asked: Asked) -> bool:
    """Whether one of its sessions is when, and has room for whom, somebody asks."""
    since = question.get("since", "")
    first = next_date(views, activity, since) if since else activity
    if first is None or not filters.begins_before(first, question):
        return False
    if "free" in question:
        return _has_room(views, activity, question, asked)
    if "role" not in question:
        return True
    plans = _plans(views, activity)
    return any(filters.has_places(plan, question) for plan in plans)


def _has_room(views: Reads, activity: Json, question: Json, asked: Asked) -> bool:
    at = max(question.get("since", ""), now_text(asked))
    for date in dates_from(views, activity, at):
        if not filters.begins_before(date, question):
            continue
        if filters.has_room_for(views, date, question, asked):
            return True
    return False


def _plans(views: Reads, activity: Json) -> list[Json]:
    """What is said of each of its sessions, with whether all places are helpers'."""
    content = views.the("contents", activity["id"])
    whether = {"all_help": content.get("all_help")}
    return [plan | whether for plan in content["sessions"]]
