"""The sessions of a cell, in the order of their days."""

from dataclasses import replace

from schemas.documents import Json
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.model.periods import day_after, days_of

Place = tuple[str, str]


def page_of_sessions(views: Reads, question: Json) -> Json:
    """`{"items", "next"}`, as `paging.page`; `next` is the day and id of the last session."""
    after = tuple(question["after"]) if question["after"] else None
    found = following(views, question, after, question["limit"] + 1)
    items = found[: question["limit"]]
    return {
        "items": items,
        "next": place(items[-1]) if len(found) > len(items) else None,
    }


def following(
    views: Reads, question: Json, after: Place | None, limit: int
) -> list[Json]:
    """The sessions of the question's cell after a place."""
    find = replace(_in_cell(question), limit=limit)
    if question["dimension"] != "host":
        return views.find(replace(find, after=after))
    # One that a host has in common with others is found by the host, after whose name its id goes on.
    host = question["value"]
    found = views.find(replace(find, after=after and (after[0], f"{after[1]}:{host}")))
    sessions = [views.get("sessions", doc["session"]) for doc in found]
    return [session for session in sessions if session is not None]


def place(session: Json) -> list[str]:
    return [session["day"], session["id"]]


def _in_cell(question: Json) -> Find:
    first, last = days_of(question["period"])
    where = {territory.LEVELS[len(question["scope"])]: question["scope"]}
    if question["dimension"] != "all":
        where[question["dimension"]] = question["value"]
    collection = "session_hosts" if question["dimension"] == "host" else "sessions"
    return Find(collection, where, "day", since=first, until=day_after(last))
