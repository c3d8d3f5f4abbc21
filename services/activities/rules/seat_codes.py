"""The code of a seat, on a phone or on paper. Made again from the key whenever it is shown, and kept nowhere.

It is good for as long as the session's door takes marks, in and out, and a seat has but one: whoever comes first with
it is there, and the door says so to whoever comes second.
"""

import base64
import hmac

from schemas.activities.door import LETTERS, LETTERS_TYPED
from schemas.documents import Json
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

# Which of what is read or typed is taken for a letter of base32: it has neither 0, 1 nor 8.
LOOK_ALIKE = str.maketrans("018", "OIB", " -")


def seat_code(session: str, person: str, key: bytes) -> str:
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
    letters = _letters(code)
    if len(letters) not in (LETTERS, LETTERS_TYPED):
        raise _unknown(session)
    seats = every(docs, Find("seats", {"session": session["id"]}, "person"))
    persons = (str(seat["person"]) for seat in seats)
    found = [one for one in persons if _fits(letters, session, one, key)]
    if not found:
        raise _unknown(session)
    if len(found) > 1:
        says = "有两个座位的短码相同，请扫二维码或按名单签到"
        raise Refused("ambiguous_code", says, path="seat_code")
    return found[0]


def _fits(letters: str, session: Json, person: str, key: bytes) -> bool:
    code = seat_code(session["id"], person, key)[: len(letters)]
    return hmac.compare_digest(code, letters)


def _letters(code: str) -> str:
    letters = code.upper().translate(LOOK_ALIKE)
    return letters if letters.isascii() else ""


def _unknown(session: Json) -> Refused:
    says = f"这不是《{session['title']}》这一场的座位码"
    return Refused("bad_code", says, path="seat_code")
