"""What was said about a commitment, for those who take part in it."""

from schemas.documents import Json
from services.cobuild.rules.talks import concerned
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

SIDES = {"unit": "单位", "community": "社区", "beneficiary": "受益人"}


def list_messages(views: Reads, question: Json, asked: Asked) -> Json:
    commitment = concerned(views, question, asked)
    found = page(
        views, question, Find("messages", {"commitment": commitment["id"]}, "at")
    )
    return {**found, "items": [_shown(message, asked) for message in found["items"]]}


def _shown(message: Json, asked: Asked) -> Json:
    """By side, and not by whom: a unit does not learn who the beneficiary is."""
    words = "" if message["deleted"] else asked.note(message["id"])
    told = {name: message[name] for name in ("id", "seq", "at", "side")}
    told |= {
        "side_text": SIDES[message["side"]],
        "mine": message["by"] == asked.actor.id,
    }
    return told | ({"words": words} if words else {})
