"""Decisions about others: the reason they are told, and that what a decision strikes besides is known."""

import re
import unicodedata
from typing import Any

from schemas import fields

LONGEST_REASON = 200
# However it is set apart: 138 0000 1234, 138-0000-1234, +86 13800001234.
MOBILE = r"(?:(?:00)?86[ -]?)?1[3-9](?:[ -]?[0-9]){9}"
# Division, birth and serial number (GB 11643).
IDENTITY = r"[1-8][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx]"
SOMEBODYS = re.compile(f"(?<![0-9A-Z])(?:{MOBILE}|{IDENTITY})(?![0-9A-Z])")

STRIKES_OTHERS = "知道还会影响什么仍要办：先不填，会说明影响什么；知道了填 true"


class Staying(fields.Text):
    """What is said in an official's own words and is part of an event: it stays, whoever is erased.

    A number by which somebody can be reached or is known for certain is refused; a name nobody can tell from a word.
    """

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if SOMEBODYS.search(unicodedata.normalize("NFKC", text)):
            says = "这里写的会一直保留，请不要写手机号和身份证号"
            raise fields.wrong("names_somebody", says)
        return text


class Reason(Staying):
    """Why somebody decided so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LONGEST_REASON, **kwargs)


def reason(says: str, *, required: bool = True) -> Reason:
    """`says` to whoever decides what the reason is of, and who will see it."""
    return Reason(required=required, metadata={"description": says})


def confirm(says: str = STRIKES_OTHERS) -> fields.Truth:
    """Left out, whoever decides is told first what else it strikes."""
    return fields.Truth(metadata={"description": says})
