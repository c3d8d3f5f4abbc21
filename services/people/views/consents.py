"""What somebody has agreed to: for that person, their guardian and who keeps the record."""

from schemas.documents import Json, if_any
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.rules.person import PERSONS, disposes, sees


def list_consents(views: Reads, question: Json, asked: Asked) -> Json:
    person = PERSONS.admitted(views, question["person"], asked, may=disposes, sees=sees)
    where = {"person": person["id"]}
    found = page(views, question, Find("consents", where, "id", newest_first=True))
    return found | {"items": [_shown(consent, asked) for consent in found["items"]]}


def _shown(consent: Json, asked: Asked) -> Json:
    """With the words that were written down last."""
    note = consent.get("why", consent.get("note", ""))
    return consent | if_any(words=asked.note(note) if note else "")
