"""What hosts have said to those who signed up, as it is read: by the host, and by whom it was said to."""

from schemas.documents import Json, if_any
from services.activities.rules import messages
from services.activities.rules.lookups import activity_seen
from services.activities.views.pages import show_each
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def host_messages(views: Reads, question: Json, asked: Asked) -> Json:
    """The latest first. Who signed up to one session does not read what was said to another."""
    activity = activity_seen(views, question, asked)
    messages.must_be_among(views, activity, asked)
    where = {"activity": activity["id"]}
    latest_first = Find("host_messages", where, "at", newest_first=True)

    def sees(message: Json) -> bool:
        return messages.sees(views, activity, message, asked)

    sent = page(views, question, latest_first, sees=sees)
    return show_each(sent, lambda message: _shown(message, asked))


def _shown(message: Json, asked: Asked) -> Json:
    words = "" if message["deleted"] else asked.note(message["id"])
    return message | if_any(words=words)
