"""News of sessions: what a change or a cancellation means to those who hold seats, and how it is carried to them."""

from schemas.documents import Json, pick, pick_present
from schemas.notices.news import MOST_SIGNUPS, OF_A_SESSION, OF_THE_WHOLE
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads
from services.notices.folds.activities import sessions_of
from services.notices.model.places import place


def open_changed(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """What who comes must know: of a session that is still to begin all of it, of one under way where to be online."""
    whole = _changed_of_whole(docs, event)
    sessions = []
    for plan in sessions_of(event.data):
        changed = _changed(docs, plan, whole, event.time)
        if changed:
            sessions.append(_about(plan["session"], plan, changed))
    return _opened(docs, event, "session_changed", sessions)


def _changed_of_whole(docs: Reads, event: Event) -> list[str]:
    content = event.data
    activity = docs.the("activities", content["activity"])
    changed = [name for name in OF_THE_WHOLE if name in content["changed"]]
    is_renamed = content["title"] != activity["title"]
    return ["title", *changed] if is_renamed else changed


def _changed(docs: Reads, plan: Json, whole: list[str], now: str) -> list[str]:
    """What is told of a session, by name. Of one that is new, or over, nothing."""
    before = docs.get("sessions", plan["session"])
    if before is None or plan["ends_at"] <= now:
        return []
    own = [name for name in OF_A_SESSION if plan.get(name) != before.get(name)]
    if plan["starts_at"] > now:
        return whole + own
    return [name for name in own if name == "link"]


def open_cancelled(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    content = event.data
    several = "sessions" in content
    ids = content["sessions"] if several else [content["session"]]
    return _opened(docs, event, "session_cancelled", _about_all(docs, ids))


def open_message(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The host has said something; the words are shown with the activity, to those it was said to."""
    sessions = _about_all(docs, event.data["sessions"])
    return _opened(docs, event, "host_message", sessions)


def carry(docs: Reads, news: Json, asked: Asked) -> Fact:
    """To the next parties, in the order of who signed them up."""
    parties, more = _next_parties(docs, news)
    people = (person for party in parties for person in party["people"])
    last = parties[-1] if parties else {}
    content = {
        "news": news["id"],
        "people": list(dict.fromkeys(people)),
        "after": [last["by"], last["id"]] if last else [],
        "more": more,
    }
    stream = news["id"].partition(".")[0]
    return Fact("news_carried.v1", f"news/{stream}", content)


def _next_parties(docs: Reads, news: Json) -> tuple[list[Json], bool]:
    """As many as are told at a time, and whether there are more. Of a session that is near hears who sits there."""
    whose = "sits" if news["kind"] == "session_soon" else "holds"
    where = {whose: news["session"]}
    after = place(news["after"])
    one_more = MOST_SIGNUPS + 1
    parties = docs.find(Find("signups", where, "by", after=after, limit=one_more))
    return parties[:MOST_SIGNUPS], len(parties) > MOST_SIGNUPS


def _about_all(docs: Reads, ids: list[str]) -> list[Json]:
    return [_about(id, docs.the("sessions", id), []) for id in ids]


def _about(session: str, plan: Json, changed: list[str]) -> Json:
    known = pick(plan, "starts_at", "ends_at", "place")
    return known | {"session": session, "changed": changed}


def _opened(docs: Reads, event: Event, kind: str, sessions: list[Json]) -> Fact | None:
    """None when nobody holds a seat in any of them."""
    held = [about for about in sessions if _is_held(docs, about["session"])]
    if not held:
        return None
    activity = docs.the("activities", event.data["activity"])
    content = {
        "news": event.id,
        "kind": kind,
        "activity": activity["id"],
        "title": event.data.get("title", activity["title"]),
        "sessions": held,
    }
    content |= pick_present(event.data, "reason")
    if content["title"] != activity["title"]:
        content["title_before"] = activity["title"]
    return Fact("news_opened.v2", f"news/{event.id}", content)


def _is_held(docs: Reads, session: str) -> bool:
    return bool(docs.find(Find("signups", {"holds": session}, "by", limit=1)))
