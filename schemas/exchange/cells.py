"""Cells as people type them, made the values the schemas expect."""

import re
from itertools import islice
from typing import Any

from marshmallow.fields import Field

from schemas import fields
from schemas.cobuild.needs import SLOTS
from schemas.exchange import moments, weekly
from schemas.exchange.as_written import AGREED, NO_PHONE, TRUTHS
from schemas.exchange.cleaning import COUNTS, narrow
from schemas.exchange.raw import DRESSED, MOMENT, TEXT
from schemas.opening_hours import OpeningHours
from schemas.people.parts import OF_A_NUMBER, WAYS_TO_CONSENT, Born, Phone
from schemas.recurrence import Rule

PARTS = re.compile(r"[、,，;；\n]")
# Of telephones also what stands between a whole number and the next.
PHONES = re.compile(r"[、,，;；\n/／]|(?<=[0-9]{11})\s+(?=1)")
OF_A_DIVISION = (6, 9, 12)  # Digits; none begins with 0.
PARTS_OR_SLASH = re.compile(r"[、,，;；\n/／]")  # Days have slashes.
WHOLE = re.compile(r"-?([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})(\.0{1,9})?")
COUNTED_BY = re.compile(rf"(?<=[0-9])\s*({COUNTS.pattern})\Z")
APOSTROPHES = "'‘’"  # Before what is to be text and no number; some programs keep them.
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# What Excel makes of the digits of a code, and of 3-5, where it writes them as text.
CUT = re.compile(
    r"[0-9](\.[0-9]+)?E\+[0-9]{1,3}|[0-9]{1,2}月[0-9]{1,2}日"
    rf"|[0-9]{{1,2}}-({MONTHS})|({MONTHS})-[0-9]{{2}}",
    re.IGNORECASE,
)
COUNTED = (fields.Whole, fields.Day, fields.Instant, fields.Truth)


def value(field: Field[Any], text: str) -> Any:
    """A cell as JSON for `field`; what cannot be is left as it is, for the schema to refuse."""
    match field:
        case fields.Whole() | fields.Truth():
            return _plain(field, text.lstrip(APOSTROPHES))
        case OpeningHours():
            return weekly.spans(text)
        case fields.Many():
            return _many(field, text)
        case fields.Instant() | fields.Day() | Born():
            return _moment(field, text.lstrip(APOSTROPHES))
        case fields.OneOf():
            return _word(field, text)
        case fields.Code() | Rule():
            return narrow(text).lstrip(APOSTROPHES)
    return text


def _moment(field: Field[Any], text: str) -> str:
    match field:
        case fields.Instant():
            return moments.instant(text)
        case fields.Day():
            return moments.day(text)
    return moments.month(text)


def is_no_longer_text(field: Field[Any] | None, text: str, is_a: str) -> bool:
    """Whether a spreadsheet has made something else of what was typed into a column of texts, codes or words."""
    one = field.inner if isinstance(field, fields.Many) else field
    if isinstance(one, COUNTED) or _keeps_all_of_it(one, text, is_a):
        return False
    return is_a != TEXT or CUT.fullmatch(text) is not None


def _keeps_all_of_it(one: Field[Any] | None, text: str, is_a: str) -> bool:
    """A year is no less a year as a number, a month as a day; of a phone or a place no digit is cut off."""
    if isinstance(one, Born):
        return is_a == MOMENT or text.isdecimal()
    if isinstance(one, fields.Division):
        return text.isdecimal() and len(text) in OF_A_DIVISION
    return isinstance(one, Phone) and len(text) == OF_A_NUMBER and text.isdecimal()


def is_no_longer_number(field: Field[Any] | None, is_a: str) -> bool:
    """Whether it has made a date of a number, or shows something else than the number."""
    return isinstance(field, fields.Whole) and is_a in (MOMENT, DRESSED)


def unit_of(field: Field[Any] | None, text: str) -> str:
    """What follows a number that stands in a column of numbers, `""` for nothing."""
    counted = COUNTED_BY.search(narrow(text))
    return counted[1] if counted and isinstance(field, fields.Whole) else ""


def _plain(field: Field[Any], text: str) -> int | str:
    plain = narrow(text)
    if isinstance(field, fields.Truth):
        return TRUTHS.get(plain.lower(), text)
    number = COUNTED_BY.sub("", plain)
    if WHOLE.fullmatch(number):
        return int(number.partition(".")[0].replace(",", ""))
    return text


def _many(field: fields.Many, text: str) -> list[Any]:
    """What stands between the commas; of too many, just enough to tell."""
    item = field.inner
    nothing = {"", *NO_PHONE} if isinstance(item, Phone) else {""}
    split = map(str.strip, _between(item).split(text))
    filled = (part for part in split if part not in nothing)
    parts = list(islice(filled, field.most + 1))
    if not isinstance(item, fields.OneOf) or item.words != SLOTS:
        return [value(item, part) for part in parts]
    slots: dict[str, None] = {}
    for part in parts:
        slots |= dict.fromkeys(_slots(item, part))
    return list(slots)


def _between(item: Field[Any]) -> re.Pattern[str]:
    if isinstance(item, Phone):
        return PHONES
    return PARTS_OR_SLASH if isinstance(item, fields.OneOf) else PARTS


def _slots(field: fields.OneOf, text: str) -> list[str]:
    word = _word(field, text)
    return [word] if word in SLOTS else weekly.slots(text)


def _word(field: fields.OneOf, text: str) -> str:
    """The word that a reader calls so."""
    plain = narrow(text).replace(" ", "")
    for word, called in field.said.items():
        if narrow(called) == plain:
            return word
    return AGREED.get(plain, text) if field.words == WAYS_TO_CONSENT else text
