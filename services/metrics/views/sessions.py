"""The sessions of a cell, in the order of their days."""

from dataclasses import replace

from schemas.documents import Json
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.model.periods import day_after, days_of

Place = tuple[str, str]


def page_of_sessions(views: Reads, question: Json) -> Json:
    """`{"items", "next"}`, as `paging.page`; `next` is the day and id of the last session."""
    after = question["after"]
    limit = question["limit"]
    sessions = following(views, question, tuple(after) if after else None, limit + 1)
    items = sessions[:limit]
    is_last = len(sessions) <= limit
    return {"items": items, "next": None if is_last else place(items[-1])}


def following(
    views: Reads, question: Json, after: Place | None, limit: int
) -> list[Json]:
    """The sessions of the question's cell after a place."""
    find = replace(_in_cell(question), limit=limit)
    if question["dimension"] != "host":
        return views.find(replace(find, after=after))
    # One that a host has in common with others is found by the host, after whose name its id goes on.
    if after:
        day, id = after
        after = day, f"{id}:{question['value']}"
    hosted = views.find(replace(find, after=after))
    sessions = (views.get("sessions", doc["session"]) for doc in hosted)
    return [session for session in sessions if session is not None]


def place(session: Json) -> list[str]:
    """Where it stands in the order of days: its day and id."""
    return [session["day"], session["id"]]


def _in_cell(question: Json) -> Find:
    first, last = days_of(question["period"])
    scope = question["scope"]
    dimension = question["dimension"]
    where = {territory.LEVELS[len(scope)]: scope}
    if dimension != "all":
        where[dimension] = question["value"]
    collection = "session_hosts" if dimension == "host" else "sessions"
    return Find(collection, where, "day", since=first, until=day_after(last))
