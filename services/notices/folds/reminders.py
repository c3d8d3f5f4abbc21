"""The daily round in which those who have a seat are reminded: when it comes next, and what was reminded of."""

from schemas.documents import pick
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.notices.folds.news import put_news

COLLECTIONS = (Collection("rounds", (("ring_at",),)), Collection("reminded"))
ROUND = "reminders"


def fold_begun(docs: Overlay, event: Event) -> None:
    docs.put("rounds", {"id": ROUND, "ring_at": event.data["ring_at"], "after": []})


def fold_rung(docs: Overlay, event: Event) -> None:
    """Each session is news to who has a seat there; of the same time nobody is reminded twice."""
    content = event.data
    for number, session in enumerate(content["sessions"]):
        news = {
            "id": f"{event.id}.{number}",
            "kind": "session_soon",
            "about": f"activity/{session['activity']}",
            "words": pick(session, "title", "starts_at", "place"),
        }
        put_news(docs, event, session, news)
        reminded = {"id": session["session"], "starts_at": session["starts_at"]}
        docs.put("reminded", reminded)
    docs.put("rounds", {"id": ROUND} | pick(content, "ring_at", "after"))


OWN: Folds = {
    "reminders_begun.v1": fold_begun,
    "reminders_rung.v1": fold_rung,
}
