"""What people thought of a session, as its host reads it."""

from schemas.documents import Json, if_any
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.views.pages import show_each
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def list_ratings(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of a session for its host, by score; not whose they are."""
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    by_score = Find("ratings", {"session": session["id"]}, "score")
    ratings = page(views, question, by_score)
    return show_each(ratings, lambda rating: _shown(rating, asked))


def _shown(rating: Json, asked: Asked) -> Json:
    """What was thought, and not by whom."""
    words = asked.note(rating["note"]) if "note" in rating else ""
    return {"score": rating["score"]} | if_any(words=words)
