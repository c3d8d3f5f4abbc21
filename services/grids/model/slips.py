"""The code on the slip a member leaves at a door: good for one visit.

So nobody has to be tied to a door to learn who called there and why: who holds the slip was there.
"""

from hmac import compare_digest

from schemas.grids.slips import LETTERS
from services.kit.codes import printed


def code_of(visit: str, key: bytes) -> str:
    return printed("visit", visit, LETTERS, key)


def is_of(visit: str, code: str, key: bytes) -> bool:
    return compare_digest(code_of(visit, key), code)
