"""What went wrong, as pages tell it: in the language of the page, and with nobody's number in it.

Refusals call people by their ids, as programs know them. Whoever reads a page sees beside it who is meant.
"""

import re
from typing import Any

from flask import Response, request

from gateway.edge.errors import CSRF, to_json
from gateway.web import display
from gateway.web.companions import NAMED
from gateway.web.english.saying import said
from schemas.documents import Json

ULID = "[0-9A-HJKMNP-TV-Z]{26}"
# How a refusal begins: with somebody's id, or that of whom they brought; or with what one calls one's own guest.
PERSON = re.compile(rf"{ULID}(?:~(?P<guest>[\w.-]+))?|(?P<own>{'|'.join(NAMED)})(?= )")

FOR_PROGRAMS = re.compile("（接口为[^）]*）")  # How a program says the same.


def plainly(refusal: str) -> str:
    """A refusal as the page that is asked for tells it."""
    text = FOR_PROGRAMS.sub("", refusal)
    found = PERSON.match(text)
    who, rest = (_called(found), text[found.end() :]) if found else ("", text)
    if not display.chosen(request).is_english:
        return who + (rest.lstrip() if who else rest)
    told = str(said(who + rest))
    return told[:1].upper() + told[1:] if who else told


def in_its_language(words: str) -> str:
    """Words of ours as the page that asks says them."""
    return str(said(words)) if display.chosen(request).is_english else words


def _called(found: re.Match[str]) -> str:
    if found["own"]:
        return NAMED[found["own"]]
    guest = found["guest"]
    return f"这位居民的{NAMED.get(guest, '家人')}" if guest else "这位居民"


def to_islands(response: Response) -> Response:
    """What the API answers a page's own script: it shows what was refused as it is told, also of single lines."""
    if CSRF not in request.environ or not response.is_json:
        return response
    body: Any = response.get_json()
    if isinstance(body, dict):
        is_changed = [_told(one) for one in (body, *body.get("rows", ()))]
        if any(is_changed):
            response.set_data(to_json(body))
    return response


def _told(body: Json) -> bool:
    """Whether there was something to tell."""
    if "errors" not in body:
        return False
    for one in body["errors"]:
        one["message"] = plainly(one["message"])
    if "title" in body:
        body["title"] = plainly(body["title"])
    return bool(body["errors"] or "title" in body)
