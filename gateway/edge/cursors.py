"""Cursors: where the next page begins, sealed into one word that tells its reader nothing."""

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from schemas.paging import BAD_CURSOR
from services.kit.errors import Invalid

LONGEST = 1000
KEY_BYTES = 32


class Cursors:
    """Makes cursors and reads them. Gateways that answer for each other share the `key`.

    The same place is the same cursor, so that an unchanged page need not be sent again.
    """

    def __init__(self, key: bytes):
        self._seal = AESSIV(key)

    def after(self, question: str, place: list[Any]) -> str:
        """A cursor good for this `question` only: the places of another are in another order."""
        text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
        sealed = self._seal.encrypt(text.encode(), [question.encode()])
        cursor = base64.urlsafe_b64encode(sealed).decode()
        return cursor.rstrip("=")

    def place(self, question: str, cursor: str) -> list[Any]:
        """Where `cursor` leads. Raises `Invalid` for one of another question, or that was not made with this key."""
        try:
            place = self._seal.decrypt(_decoded(cursor), [question.encode()])
            return list(json.loads(place))
        except (InvalidTag, ValueError) as error:
            raise Invalid(BAD_CURSOR, code=BAD_CURSOR.code, path="after") from error


def _decoded(cursor: str) -> bytes:
    if len(cursor) > LONGEST:
        raise ValueError("longer than any cursor we make")
    padding = "=" * (-len(cursor) % 4)
    return base64.b64decode(cursor + padding, altchars=b"-_", validate=True)
