"""What an expression says, in English: by its message, with what stands in it, or else in parts."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from gateway.web.english.catalogue import CHINESE, catalogue, filled, sentences

NUMBER = re.compile(r"[0-9][0-9,.:]*")
DAY = re.compile(
    r"(?:([0-9]{4})\s?年\s?)?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日(?: 周([一二三四五六日]))?"
    r"|([0-9]{4})\s?年\s?([0-9]{1,2})\s?月"
)
MONTHS = [
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS = dict(zip("一二三四五六日", DAYS, strict=True))
WEEKDAY = re.compile("周([一二三四五六日])(?=[ 至、，；]|$)")
MARKS = {
    "。": ". ",
    "，": ", ",
    "：": ": ",
    "；": "; ",
    "（": " (",
    "）": ")",
    "、": ", ",
}
BETWEEN = re.compile("([。，：；、]| · |(?<=”)(?=“))")
# A name may have a word in brackets of its own.
GLOSSED = re.compile(
    "(?P<name>[^：（]+(?:（[^：（）]*）)?)(?P<mark>[：（])(?P<words>.+?)(?P<end>）?)"
)
QUOTED = ", "  # Between two in quotation marks, where Chinese has nothing.
MOST_PARTS = 41  # Words and the marks between them.
MOST_REMEMBERED = 4096
Look = Callable[[str], str | None]
LONGEST = 300  # Characters. What we say is shorter; what people wrote may be longer, and dear to look through.


def said(value: Any) -> Any:
    """What an expression says, in English where that is known. What is marked up already is said."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if not CHINESE.search(value):
        return value
    return in_english(value) or _glossed(value) or value


def in_english(text: str) -> str | None:
    """None where it is not known."""
    return _by(_whole, text)


def _by(look: Look, text: str) -> str | None:
    """The English of all of it, as `look` knows it, or else in parts."""
    if len(text) > LONGEST:
        return None
    known = look(text)
    return _in_parts(look, text) if known is None else known


def _whole(text: str) -> str | None:
    """A message, or a sentence."""
    known = _known(text)
    return _sentence(_in_a_slot, text) if known is None else known


@lru_cache(MOST_REMEMBERED)
def _in_a_slot(text: str) -> str | None:
    """The same, but for what stands in its own slots: there no sentence is looked for any more.

    Whoever writes a text could make it last for ever otherwise, by one sentence in another in another.
    """
    known = _known(text)
    return _sentence(_known, text) if known is None else known


def _known(text: str) -> str | None:
    """Of a message with nothing but numbers in its slots, or none."""
    return catalogue().get(text) or _with_numbers(_dated(text))


def _with_numbers(text: str) -> str | None:
    if not CHINESE.search(text):
        return text
    numbers = NUMBER.findall(text)
    slots = iter(range(1, len(numbers) + 1))
    english = catalogue().get(NUMBER.sub(lambda _: f"{{{next(slots)}}}", text))
    return english and filled(english, numbers)


def _sentence(look: Look, text: str) -> str | None:
    """Of one that says something in its slots: names as they are, words in English as `look` knows them."""
    for one in sentences():
        if one.piece in text and (found := one.pattern.fullmatch(text)):
            values = found.groups()
            words = [_by(look, value) for value in values]
            if one.is_plain or None not in words:
                return filled(one.english, list(map(_or_as_it_is, words, values)))
    return None


def _or_as_it_is(english: str | None, text: str) -> str:
    return english or _glossed(text) or text


def _in_parts(look: Look, text: str) -> str | None:
    """Of several messages with a mark between each two, if the English of all is known."""
    parts = BETWEEN.split(text)
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    english: list[str] = []
    while parts:
        first, parts = _first_of(look, parts)
        if first is None:
            return None
        english += first, *(MARKS.get(mark, mark or QUOTED) for mark in parts[:1])
        parts = parts[1:]
    return "".join(english).rstrip()


def _first_of(look: Look, parts: list[str]) -> tuple[str | None, list[str]]:
    """The English of as many as are one message, and what is left of them."""
    for end in range(len(parts), 0, -2):
        known = look("".join(parts[:end]))
        if known is not None:
            return known, parts[end:]
    return None, []


def _glossed(text: str) -> str | None:
    """Of a name, or a number with its word, with words of ours behind it."""
    found = GLOSSED.fullmatch(text)
    if not found or not CHINESE.search(found["words"]):
        return None
    words = _by(_in_a_slot, found["words"])
    if words is None:
        return None
    name = _known(found["name"]) or found["name"]
    return f"{name}{MARKS[found['mark']]}{words}{MARKS.get(found['end'], '')}"


def _dated(text: str) -> str:
    """With its days as English has them."""
    return WEEKDAY.sub(lambda found: WEEKDAYS[found[1]], DAY.sub(_day, text))


def _day(found: re.Match[str]) -> str:
    """`Sat 13 Jun 2026`, as much of it as is said; `Jun 2026`."""
    year, month, day, weekday, year_alone, month_alone = found.groups()
    number = int(month or month_alone)
    if not 1 <= number <= len(MONTHS):
        return found[0]
    named = WEEKDAYS.get(weekday)
    words = (named, day, MONTHS[number - 1], year or year_alone)
    return " ".join(filter(None, words))
