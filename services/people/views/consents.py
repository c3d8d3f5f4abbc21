"""What somebody has agreed to: for that person, their guardian and who keeps the record."""

from schemas.documents import Json, if_any
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.persons.aliases import merged_into
from services.kit.views import Find, Reads
from services.people.rules.person import PERSONS, disposes, sees


def list_consents(views: Reads, question: Json, asked: Asked) -> Json:
    """With what was said under an id that is theirs by now: of the two the stricter holds."""
    person = PERSONS.admitted(views, question["person"], asked, may=disposes, sees=sees)
    finds = (
        Find("consents", {"person": id}, "id", newest_first=True)
        for id in (person["id"], *merged_into(views, person["id"]))
    )
    found = page(views, question, *finds)
    return found | {"items": [_shown(consent, asked) for consent in found["items"]]}


def _shown(consent: Json, asked: Asked) -> Json:
    """With the words that were written down last."""
    note = consent.get("why", consent.get("note", ""))
    return consent | if_any(words=asked.note(note) if note else "")
