"""Passwords: kept as argon2id, which takes a native thread some 70 ms; never to be done between others' turns.

The parameters are OWASP's (Password Storage Cheat Sheet, argon2id): 19 MiB, two passes, one lane.
"""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from schemas.documents import Json

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
OF_NOBODY = HASHER.hash("whoever has no password is compared with this one")


def with_hash(payload: Json) -> Json:
    """The payload with the `hash` of its password, which alone is kept. Blocks."""
    return payload | {"hash": HASHER.hash(payload["password"])}


def is_right(kept: str, password: str) -> bool:
    """Takes as long when nothing is kept, and is then always wrong. Blocks."""
    try:
        HASHER.verify(kept or OF_NOBODY, password)
    except VerifyMismatchError:
        return False
    return bool(kept)
