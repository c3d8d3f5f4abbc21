"""News on its way to everybody who holds a seat, and the notices it has become so far."""

from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds import notices

COLLECTIONS = (
    Collection("news", (("carry_at",),)),
    Collection("rounds", (("ring_at",),)),
    Collection("reminded"),
)
ROUND = "reminders"


def fold_opened(docs: Overlay, event: Event) -> None:
    data = event.data
    for number, session in enumerate(data["sessions"]):
        words = {
            "title": data.get("title_before", data["title"]),
            **notices.said(event, "reason"),
        }
        about = {
            "session": session["session"],
            "soon": session["starts_at"],
            "about": f"activity/{data['activity']}",
        }
        words |= {name: session[name] for name in ("starts_at", "place")}
        if session["changed"]:
            words["changed"] = session["changed"]
            words["renamed"] = data["title"] if "title_before" in data else ""
            words["period"] = [
                session[name] for name in ("starts_at", "ends_at") if name in session
            ]
        known = {
            "kind": data["kind"],
            "words": words,
            **about,
            "after": [],
            "carry_at": event.time,
        }
        docs.put("news", {"id": f"{data['news']}.{number}", **known})


def fold_begun(docs: Overlay, event: Event) -> None:
    docs.put("rounds", {"id": ROUND, "ring_at": event.data["ring_at"], "after": []})


def fold_rung(docs: Overlay, event: Event) -> None:
    """Each session is news to who has a seat there; of the same time nobody is reminded twice."""
    for number, session in enumerate(event.data["sessions"]):
        words = {name: session[name] for name in ("title", "starts_at", "place")}
        about = {
            "session": session["session"],
            "soon": session["starts_at"],
            "about": f"activity/{session['activity']}",
        }
        known = {
            "kind": "session_soon",
            "words": words,
            **about,
            "after": [],
            "carry_at": event.time,
        }
        docs.put("news", {"id": f"{event.id}.{number}", **known})
        docs.put(
            "reminded", {"id": session["session"], "starts_at": session["starts_at"]}
        )
    docs.put(
        "rounds",
        {"id": ROUND, **{name: event.data[name] for name in ("ring_at", "after")}},
    )


def fold_carried(docs: Overlay, event: Event) -> None:
    """Who was told already, as one of another party, is not told twice."""
    news = docs.the("news", event.data["news"])
    said = {name: news[name] for name in ("kind", "words", "about", "soon")}
    for id in event.data["people"]:
        notice = f"{news['id']}.{id}"
        if docs.get("news_notices", notice) is None:
            notices.put(
                "notices",
                docs,
                notice,
                {**said, "to": notices.person(id), "at": event.time},
            )
    moved = {**news, "after": event.data["after"], "carry_at": event.time}
    docs.put(
        "news",
        moved
        if event.data["more"]
        else {k: v for k, v in moved.items() if k != "carry_at"},
    )


OWN: Folds = {
    "news_opened.v1": fold_opened,
    "news_opened.v2": fold_opened,
    "news_carried.v1": fold_carried,
    "reminders_begun.v1": fold_begun,
    "reminders_rung.v1": fold_rung,
}
