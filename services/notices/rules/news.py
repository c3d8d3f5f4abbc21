"""News of sessions: what a change or a cancellation means to those who hold seats, and how it is carried to them."""

from schemas.documents import Json
from schemas.notices.news import MOST_SIGNUPS, OF_A_SESSION, OF_THE_WHOLE
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads
from services.notices.folds.activities import sessions_of


def open_changed(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """What who comes must know: of a session that is still to begin all of it, of one under way where to be online."""
    activity = docs.the("activities", event.data["activity"])
    renamed = ["title"] if event.data["title"] != activity["title"] else []
    whole = [
        *renamed,
        *(name for name in OF_THE_WHOLE if name in event.data["changed"]),
    ]
    found = []
    for plan in sessions_of(event.data):
        changed = _changed(docs, plan, whole, event.time)
        found += [_about(plan["session"], plan, changed)] if changed else []
    return _opened(docs, event, "session_changed", found)


def _changed(docs: Reads, plan: Json, whole: list[str], now: str) -> list[str]:
    """What is told of a session, by name. Of one that is new, or over, nothing."""
    before = docs.get("sessions", plan["session"])
    if before is None or plan["ends_at"] <= now:
        return []
    own = [name for name in OF_A_SESSION if plan.get(name) != before.get(name)]
    return (
        [*whole, *own]
        if plan["starts_at"] > now
        else [name for name in own if name == "link"]
    )


def open_cancelled(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    cancelled = (
        event.data["sessions"] if "sessions" in event.data else [event.data["session"]]
    )
    found = [_about(id, docs.the("sessions", id), []) for id in cancelled]
    return _opened(docs, event, "session_cancelled", found)


def open_message(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The host has said something; the words are shown with the activity, to those it was said to."""
    found = [_about(id, docs.the("sessions", id), []) for id in event.data["sessions"]]
    return _opened(docs, event, "host_message", found)


def carry(docs: Reads, news: Json, asked: Asked) -> Fact:
    """To the next parties, in the order of who signed them up."""
    after = (news["after"][0], news["after"][1]) if news["after"] else None
    whose = "sits" if news["kind"] == "session_soon" else "holds"
    found = docs.find(
        Find(
            "signups",
            {whose: news["session"]},
            "by",
            after=after,
            limit=MOST_SIGNUPS + 1,
        )
    )
    parties = found[:MOST_SIGNUPS]
    people = list(dict.fromkeys(id for party in parties for id in party["people"]))
    last = [parties[-1]["by"], parties[-1]["id"]] if parties else []
    data = {
        "news": news["id"],
        "people": people,
        "after": last,
        "more": len(found) > MOST_SIGNUPS,
    }
    return Fact("news_carried.v1", f"news/{news['id'].partition('.')[0]}", data)


def _about(session: str, plan: Json, changed: list[str]) -> Json:
    known = {name: plan[name] for name in ("starts_at", "ends_at", "place")}
    return {"session": session, **known, "changed": changed}


def _opened(docs: Reads, event: Event, kind: str, sessions: list[Json]) -> Fact | None:
    """None when nobody holds a seat in any of them."""
    held = [
        about
        for about in sessions
        if docs.find(Find("signups", {"holds": about["session"]}, "by", limit=1))
    ]
    if not held:
        return None
    activity = docs.the("activities", event.data["activity"])
    title = event.data.get("title", activity["title"])
    renamed = {} if title == activity["title"] else {"title_before": activity["title"]}
    why = {"reason": event.data["reason"]} if "reason" in event.data else {}
    said = {
        "activity": activity["id"],
        "title": title,
        **renamed,
        **why,
        "sessions": held,
    }
    return Fact(
        "news_opened.v2", f"news/{event.id}", {"news": event.id, "kind": kind, **said}
    )
