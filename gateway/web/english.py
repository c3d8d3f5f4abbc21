"""Pages in English: what templates say, and what services say in words of theirs. What people wrote stays as they did.

A message is what stands between two tags, or in an attribute: `第 {1} 页`, each `{{ … }}` a number in it. So a sentence
is one message, wherever English puts its words. What a service says has a number for each number in it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

STATEMENT = re.compile(r"(\{%.*?%\}|\{#.*?#\})", re.DOTALL)
MESSAGE = re.compile(r'(?:\{\{(?:(?!\}\}).)*\}\}|[^<>{}"\n])+')
EXPRESSION = re.compile(r"\{\{(?:(?!\}\}).)*\}\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"[0-9][0-9,.:]*")
SLOT = re.compile(r"\{([0-9]+)\}")
DAY = re.compile(r"([0-9]+)月([0-9]+)日(?: 周([一二三四五六日]))?")
MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
WEEKDAYS = dict(
    zip(
        "一二三四五六日", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], strict=True
    )
)
MARKS = str.maketrans(
    {"。": ". ", "，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ")", "、": ", "}
)
CATALOGUE = Path(__file__).with_name("english.json")


@cache
def catalogue() -> Mapping[str, str]:
    """By the Chinese message, the English one."""
    known: dict[str, str] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return known


def messages(source: str) -> Iterator[str]:
    """Those of a template."""
    for number, part in enumerate(STATEMENT.split(source)):
        if number % 2 == 0:
            for found in MESSAGE.findall(part):
                message = _numbered(found.strip())
                if CHINESE.search(SLOT.sub("", message)):
                    yield message


def _numbered(text: str) -> str:
    numbers = iter(range(1, len(text)))
    return EXPRESSION.sub(lambda _: f"{{{next(numbers)}}}", text)


class InEnglish(Extension):
    """Puts a template's messages into English before it is compiled."""

    def preprocess(
        self, source: str, name: str | None, filename: str | None = None
    ) -> str:
        parts = STATEMENT.split(source)
        parts[::2] = [MESSAGE.sub(_translated, part) for part in parts[::2]]
        return "".join(parts)


def _translated(found: re.Match[str]) -> str:
    text = found[0]
    inner = text.strip()
    english = catalogue().get(_numbered(inner))
    if english is None:
        return _punctuated(text)
    return text.replace(inner, _filled(english, EXPRESSION.findall(inner)))


def _punctuated(text: str) -> str:
    """What is left between two messages: Chinese marks as English ones. What stands in an expression stays."""
    words = EXPRESSION.split(text)
    if any(map(CHINESE.search, words)):
        return text
    expressions = [*EXPRESSION.findall(text), ""]
    pairs = zip(words, expressions, strict=True)
    return "".join(word.translate(MARKS) + one for word, one in pairs)


def _filled(english: str, values: list[str]) -> str:
    return SLOT.sub(lambda slot: values[int(slot[1]) - 1], english)


def said(value: Any) -> Any:
    """What an expression says, in English where that is known."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    if not CHINESE.search(value):
        return value
    return _known(value) or _known(DAY.sub(_day, value)) or DAY.sub(_day, value)


def _known(text: str) -> str | None:
    numbers = NUMBER.findall(text)
    slots = iter(range(1, len(numbers) + 1))
    english = catalogue().get(text)
    if english is None:
        english = catalogue().get(NUMBER.sub(lambda _: f"{{{next(slots)}}}", text))
    return english and _filled(english, numbers)


def _day(found: re.Match[str]) -> str:
    day = f"{found[2]} {MONTHS[int(found[1]) - 1]}" if int(found[1]) <= 12 else found[0]
    return f"{WEEKDAYS[found[3]]} {day}" if found[3] else day


def english(env: Environment) -> Environment:
    """The same templates, in English."""
    return env.overlay(extensions=[InEnglish], finalize=said)
