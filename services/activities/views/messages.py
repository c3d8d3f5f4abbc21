"""What hosts have said to those who signed up, as it is read: by the host, and by whom it was said to."""

from schemas.documents import Json
from services.activities.rules import messages
from services.activities.rules.lookups import activity_seen
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def host_messages(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest first. Who signed up to one session does not read what was said to another."""
    activity = activity_seen(views, question, asked)
    messages.must_be_among(views, activity, asked)
    find = Find("host_messages", {"activity": activity["id"]}, "at", newest_first=True)
    found = page(
        views,
        question,
        find,
        sees=lambda message: messages.sees(views, activity, message, asked),
    )
    return {**found, "items": [_shown(message, asked) for message in found["items"]]}


def _shown(message: Json, asked: Asked) -> Json:
    words = "" if message["deleted"] else asked.note(message["id"])
    return {**message, "words": words} if words else message
