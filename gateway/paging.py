"""Cursors: where the next page begins, as one opaque word."""

import base64
import json
from typing import Any

from schemas.paging import BAD_CURSOR
from services.kit.errors import Invalid

LONGEST = 1000


def to_cursor(question: str, place: list[Any]) -> str:
    """A cursor good for this `question` only: the places of another are in another order."""
    text = json.dumps([question, *place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(question: str, cursor: str) -> list[Any]:
    """The place in `cursor`. It only says where to go on, so a forged one shows nothing the question would not show."""
    try:
        asked, *place = list(json.loads(_decoded(cursor)))
    except (ValueError, TypeError, RecursionError) as error:
        raise _bad() from error
    if asked != question:
        raise _bad()
    return place


def _decoded(cursor: str) -> bytes:
    if len(cursor) > LONGEST:
        raise ValueError("longer than any cursor we make")
    return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)


def _bad() -> Invalid:
    return Invalid(BAD_CURSOR, code=BAD_CURSOR.code, path="after")
