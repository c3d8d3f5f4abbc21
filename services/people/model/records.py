"""A person's record: one note, read and written as JSON; and how it looks to who may not see all of it."""

import json
from collections.abc import Callable

from schemas.documents import Json, pick_present

OF_A_RECORD = ("name", "born", "contacts", "login", "mail")
SHOWN_BEFORE, SHOWN_AFTER = 3, 4
COUNTRY = "+86"


def note_of(person: str) -> str:
    return f"person.{person}"


def read(note: Callable[[str], str], person: str) -> Json:
    """`{name, born, contacts, login, mail}`, as far as it says; empty once it is erased."""
    text = note(note_of(person))
    record: Json = json.loads(text) if text else {}
    return record


def written(record: Json) -> str:
    return json.dumps(pick_present(record, *OF_A_RECORD), ensure_ascii=False)


def masked(record: Json) -> Json:
    """The family name, the ends of each number, and nothing of when somebody was born."""
    if not record:
        return {}
    numbers = [masked_phone(number) for number in record.get("contacts", [])]
    shown: Json = {"name": masked_name(record["name"]), "contacts": numbers}
    if "login" in record:
        shown["login"] = masked_phone(record["login"])
    if "mail" in record:
        shown["mail"] = masked_mail(record["mail"])
    return shown


def plain(record: Json) -> Json:
    """All of it, numbers without the country they are all of."""
    if not record:
        return {}
    contacts = [_without_country(number) for number in record.get("contacts", [])]
    shown = record | {"contacts": contacts}
    if "login" in record:
        shown["login"] = _without_country(record["login"])
    return shown


def masked_name(name: str) -> str:
    return f"{name[0]}*"


def masked_phone(number: str) -> str:
    """`138****1234`"""
    digits = _without_country(number)
    return f"{digits[:SHOWN_BEFORE]}****{digits[-SHOWN_AFTER:]}"


def masked_mail(address: str) -> str:
    """`w****@example.org`"""
    return f"{address[0]}****@{address.rpartition('@')[2]}"


def _without_country(number: str) -> str:
    return number.removeprefix(COUNTRY)
