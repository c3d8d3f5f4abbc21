"""The code of a seat, on a phone or on paper. Made again from the key whenever it is shown, and kept nowhere.

It is good for as long as the session's door takes marks, in and out, and a seat has but one: whoever comes first with
it is there, and the door says so to whoever comes second.
"""

import base64
import hmac

from schemas.activities.door import LETTERS, LETTERS_TYPED
from schemas.documents import Json
from schemas.persons import principal
from services.activities.model.merging import as_called
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.persons.aliases import merged_into
from services.kit.views import Find, Reads

# Which of what is read or typed is taken for a letter of base32: it has neither 0, 1 nor 8.
LOOK_ALIKE = str.maketrans("018", "OIB", " -")


def seat_code(session: str, person: str, key: bytes) -> str:
    """The same for the same person at the same session and key; guessed by nobody without it."""
    digest = hmac.digest(key, f"seat:{session}:{person}".encode(), "sha256")
    return base64.b32encode(digest).decode()[:LETTERS]


def typed_form(code: str) -> str:
    """What of it is said or typed."""
    return code[:LETTERS_TYPED]


def is_whole(code: str) -> bool:
    """Whether it was shown to a camera; the rest may have been told from afar."""
    return len(_letters(code)) == LETTERS


def whose(docs: Reads, session: Json, code: str, key: bytes) -> str:
    """The person whose seat it is of. Raises `Refused` for a code of no seat in the session, or of two."""
    letters = _known(code, session)
    seats = every(docs, Find("seats", {"session": session["id"]}, "person"))
    persons = [str(seat["person"]) for seat in seats]
    found = [one for one in persons if _fits(letters, session, one, key)]
    found = found or [
        person
        for person in persons
        for before in _merged_into(docs, person)
        if _fits(letters, session, before, key)
    ]
    if not found:
        raise _unknown(session)
    if len(found) > 1:
        says = "有两个座位的短码相同，请扫二维码或按名单签到"
        raise Refused("ambiguous_code", says, path="seat_code")
    return found[0]


def _merged_into(docs: Reads, person: str) -> list[str]:
    """What the person was called when a code may have been printed."""
    others = merged_into(docs, principal(person))
    return [as_called(person, principal(person), other) for other in others]


def must_be_of(docs: Reads, person: str, session: Json, code: str, key: bytes) -> None:
    """Raises `Refused` for a code of any other seat than the person's, however they were called when it was printed."""
    letters = _known(code, session)
    names = [person, *_merged_into(docs, person)]
    if not any(_fits(letters, session, name, key) for name in names):
        raise _unknown(session)


def _known(code: str, session: Json) -> str:
    """Its letters. Raises `Refused` where they cannot be of a code."""
    letters = _letters(code)
    if len(letters) not in (LETTERS, LETTERS_TYPED):
        raise _unknown(session)
    return letters


def _fits(letters: str, session: Json, person: str, key: bytes) -> bool:
    code = seat_code(session["id"], person, key)[: len(letters)]
    return hmac.compare_digest(code, letters)


def _letters(code: str) -> str:
    letters = code.upper().translate(LOOK_ALIKE)
    return letters if letters.isascii() else ""


def _unknown(session: Json) -> Refused:
    says = f"这不是《{session['title']}》这一场的座位码"
    return Refused("bad_code", says, path="seat_code")
