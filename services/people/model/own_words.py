"""A person's own words: what somebody who knows them would try first."""

import unicodedata
from collections.abc import Iterator

from schemas.documents import Json

FEWEST_BESIDES = 5  # Different characters that a password has besides them.
OF_A_NUMBER = (11, 8, 6)  # Of its last digits, so many.


def is_own_word(password: str, record: Json) -> bool:
    """Whether next to nothing is left of the password once name, year of birth and numbers are taken out."""
    rest = unicodedata.normalize("NFKC", password).casefold()
    words = sorted(set(_words(record)), key=len, reverse=True)
    if not any(word in rest for word in words):
        return False
    for word in words:
        rest = rest.replace(word, "")
    return len(set(rest)) < FEWEST_BESIDES


def _words(record: Json) -> Iterator[str]:
    if "name" in record:
        yield record["name"].casefold()
    if "born" in record:
        yield record["born"].replace("-", "")
        yield record["born"][:4]
    logins = (record.get("login", ""), record.get("phone", ""))
    for number in (*record.get("contacts", ()), *logins):
        yield from (number[-length:] for length in OF_A_NUMBER if number)
