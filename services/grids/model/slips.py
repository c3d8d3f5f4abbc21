"""The code on the slip a member leaves at a door: good for one visit, made again from the key, kept nowhere.

So nobody has to be tied to a door to learn who called there and why: who holds the slip was there.
"""

import base64
import hmac

from schemas.grids.slips import LETTERS


def code_of(visit: str, key: bytes) -> str:
    digest = hmac.digest(key, f"visit:{visit}".encode(), "sha256")
    return base64.b32encode(digest).decode()[:LETTERS]


def is_of(visit: str, code: str, key: bytes) -> bool:
    return hmac.compare_digest(code_of(visit, key), code)
