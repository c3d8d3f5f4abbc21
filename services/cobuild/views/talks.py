"""What was said about a commitment, for those who take part in it."""

from schemas.documents import Json, if_any, pick
from services.cobuild.rules.talks import concerned
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

SIDES = {"unit": "单位", "community": "社区", "beneficiary": "受益人"}


def list_messages(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: from the first on, for those concerned; of one that was deleted no words."""
    commitment = concerned(views, question, asked)
    where = {"commitment": commitment["id"]}
    found = page(views, question, Find("messages", where, "at"))
    return shown(views, found, asked, _message)


def _message(views: Reads, message: Json, asked: Asked) -> Json:
    """By side, and not by whom: a unit does not learn who the beneficiary is."""
    shared = pick(message, "id", "seq", "at", "side")
    shared["side_text"] = SIDES[message["side"]]
    shared["mine"] = asked.is_me(message["by"])
    if message["deleted"]:
        return shared
    return shared | if_any(words=asked.note(message["id"]))
