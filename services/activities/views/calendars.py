"""Calendars as they are read: a place's, a host's, an activity's; what was cancelled stays in them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from schemas.activities.calendars import MOST_ENTRIES
from schemas.documents import Json, pick_present
from schemas.fields import instant
from services.activities.rules.authority import EVER_APPROVED
from services.activities.rules.lookups import activity_seen
from services.activities.views.clocked import titled
from services.district import territory
from services.district.hosts import KEPT_IN, name_of
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Find, Reads

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
ONE_MORE = MOST_ENTRIES + 1  # It tells of more.
OF_SESSION = (
    "activity", "title", "category", "place", "host", "summary", "audience", "starts_at", "ends_at", "changes",
    "changed_at", "reason",
)  # fmt: skip


def get_calendar(views: Reads, question: Json, asked: Asked) -> Json:
    """Of an activity, a host or a division. Raises `Unknown` for one that is not recorded, or not public."""
    if "activity" in question:
        return _of_activity(views, activity_seen(views, question, asked))
    whose = question.get("host") or question["division"]
    named = name_of(views, whose, "name")
    if not named or not _is_public(views, whose):
        raise Unknown("没有这样的日历")
    sessions = _nearest(views, _wheres(question), asked)
    return _calendar_of(views, f"{named['name']}活动", sessions)


def calendar(views: Reads, name: str, entries: Sequence[Json], complete: bool) -> Json:
    """`{name, entries, complete}`, the entries with the names of their hosts."""
    hosts = {entry["host"] for entry in entries}
    names = {host: _host_name(views, host) for host in hosts}
    named = [entry | names[entry["host"]] for entry in entries]
    return {"name": name, "entries": named, "complete": complete}


def entry(session: Json) -> Json:
    """The session as calendars show it, under its own id."""
    cancelled = session["state"] == "cancelled"
    return pick_present(session, *OF_SESSION) | {
        "status": "cancelled" if cancelled else "confirmed",
        "status_text": session["state_text"],
        "id": session["id"],
        "session": session["id"],
    }


def by_time(entry: Json) -> tuple[str, str]:
    return entry["starts_at"], entry["id"]


def _of_activity(views: Reads, activity: Json) -> Json:
    """All its sessions, also those long over."""
    of = {"activity": activity["id"]}
    sessions = views.find(Find("sessions", of, "starts_at", limit=ONE_MORE))
    return _calendar_of(views, titled(activity), sessions)


def _calendar_of(views: Reads, name: str, sessions: Sequence[Json]) -> Json:
    """Of `ONE_MORE` at most: when there is one more it is not complete."""
    entries = [entry(session) for session in sessions[:MOST_ENTRIES]]
    return calendar(views, name, entries, complete=len(sessions) <= MOST_ENTRIES)


def _host_name(views: Reads, host: str) -> Json:
    """`{host_name}`; as it was named where its name is not known."""
    return {"host_name": host} | name_of(views, host, "host_name")


def _is_public(views: Reads, whose: str) -> bool:
    """A unit or partner is named to everybody from its approval on."""
    kind, _, id = whose.partition("/")
    if kind not in {"unit", "partner"}:
        return True
    host = views.get(KEPT_IN[kind], id)
    return host is None or host["state"] in EVER_APPROVED


def _wheres(question: Json) -> list[Json]:
    """A host's sessions are found together; those of a division where they are shown, and where they are not."""
    if "host" in question:
        return [{"host": question["host"]}]
    division = territory.within(question)
    return [{"shown": shown} | division for shown in ("public", "cancelled")]


def _nearest(views: Reads, wheres: Iterable[Json], asked: Asked) -> list[Json]:
    """In order of time; when there are too many, first what is to come, then what was last, and `ONE_MORE`."""
    to_come, past = [], []
    for where in wheres:
        to_come += _to_come(views, where, asked)
        past += _past(views, where, asked)
    nearest = sorted(to_come, key=by_time) + sorted(past, key=by_time, reverse=True)
    kept = nearest[:MOST_ENTRIES]
    one_more = nearest[MOST_ENTRIES:ONE_MORE]
    return sorted(kept, key=by_time) + one_more


def _to_come(views: Reads, where: Json, asked: Asked) -> list[Json]:
    now = instant(asked.now)
    until = instant(asked.now + AHEAD)
    return views.find(Find("sessions", where, "starts_at", now, until, limit=ONE_MORE))


def _past(views: Reads, where: Json, asked: Asked) -> list[Json]:
    """The latest first."""
    since = instant(asked.now - BACK)
    now = instant(asked.now)
    latest_first = Find(
        "sessions", where, "starts_at", since, now, limit=ONE_MORE, newest_first=True
    )
    return views.find(latest_first)
