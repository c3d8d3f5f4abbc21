"""What an account is linked to."""

from schemas.documents import Json, pick
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads
from services.people.folds.identities import MOST_IDENTITIES


def listed(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of a person."""
    person = views.get("persons", question["person"]) or {}
    where = {"account": person.get("account", "-")}
    found = views.find(Find("identities", where, "id", limit=MOST_IDENTITIES))
    return {"items": [pick(one, "id", "provider", "linked_at") for one in found]}
