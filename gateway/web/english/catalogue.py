"""The messages and their English, by area: `pages` of templates, the others of what schemas and services say."""

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(r"\{([0-9]+)\}")
# In English alone, what stands for one and for any other number in that slot: `{1} {1|person|people}`.
FORMS = re.compile(r"\{([0-9]+)\|([^|}]*)\|([^|}]*)\}")
NUMBERED = re.compile(r"(?<=\{)[0-9]+(?=[|}])")
FOLDER = Path(__file__).with_name("messages")
PAGES, FIELDS, FIGURES, SERVICES = "pages", "fields", "figures", "services"
SPOKEN = (FIELDS, FIGURES, SERVICES)  # Where anything may stand in a slot.
PLAIN = 4  # Characters a message says besides what is in its slots, with the marks around names.
SAYS = re.compile(r"[\u4e00-\u9fff“”《》]")


class Sentence(NamedTuple):
    """A message with slots, to be found by `piece`, the longest of what stands between them.

    One that says little is not `plain`: what people wrote may look like it.
    """

    piece: str
    is_plain: bool
    pattern: re.Pattern[str]
    english: str


@cache
def of_area(area: str) -> Mapping[str, str]:
    """By the Chinese message, the English one."""
    text = (FOLDER / f"{area}.json").read_text(encoding="utf-8")
    known: dict[str, str] = json.loads(text)
    return known


@cache
def catalogue() -> Mapping[str, str]:
    """That of all areas; what a page says goes before what a service says."""
    known: dict[str, str] = {}
    for area in (*SPOKEN, PAGES):
        known |= of_area(area)
    return known


@cache
def sentences() -> list[Sentence]:
    """Those of services, what says most first."""
    said = chain.from_iterable(of_area(area).items() for area in SPOKEN)
    with_slots = [one for one in said if SLOT.search(one[0])]
    with_slots.sort(key=lambda one: -len(SLOT.sub("", one[0])))
    return [_sentence(*one) for one in with_slots]


def _sentence(message: str, english: str) -> Sentence:
    pieces = SLOT.split(message)[::2]
    pattern = re.compile("(.+?)".join(map(re.escape, pieces)), re.DOTALL)
    is_plain = len(SAYS.findall("".join(pieces))) >= PLAIN
    piece = max(pieces, key=len)
    return Sentence(piece, is_plain, pattern, in_order(message, english))


def in_order(message: str, english: str) -> str:
    """With the slots of both numbered as they follow each other in the message."""
    place = {slot: str(n) for n, slot in enumerate(SLOT.findall(message), 1)}
    return NUMBERED.sub(lambda slot: place[slot[0]], english)


def filled(english: str, values: list[str]) -> str:
    def form(found: re.Match[str]) -> str:
        return form_for(values[int(found[1]) - 1], found[2], found[3])

    return SLOT.sub(lambda slot: values[int(slot[1]) - 1], FORMS.sub(form, english))


def form_for(number: object, one: str, others: str) -> str:
    """What English says beside the number: `1 person`, `0 people`."""
    return one if str(number) == "1" else others
