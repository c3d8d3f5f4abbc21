"""What a document says, line by line, in the words its schema describes it with: nothing that only programs read."""

from collections.abc import Callable, Iterator
from typing import Any

import marshmallow as ma

from gateway.web.drawing import label_of
from gateway.web.recurring import rule_in_words
from gateway.web.words import date_in_words, moment_in_words
from schemas import fields
from schemas.credit_code import CreditCode
from schemas.documents import Json
from schemas.recurrence import Rule

Named = Callable[[str], str]  # A place's code to its name.
ELSEWHERE = {"id", "seq", "title", "name", "state", "state_text"}
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def heading(document: Json) -> str:
    """What the thing is called: by its title, else its kind."""
    called = ("title", "name", "category", "kind_text", "label")
    return str(next((document[name] for name in called if document.get(name)), ""))


def facts(shown: ma.Schema, document: Json, name_of: Named) -> Iterator[Json]:
    """`{label, says}` for what a reader can read and is there."""
    for name, field in shown.fields.items():
        if name not in ELSEWHERE and document.get(name) is not None:
            says = _says(field, document[name], name_of)
            label = label_of(field)
            if says and label:
                yield {"label": label, "says": says}


def _says(field: Any, value: Any, name_of: Named) -> str:
    for type_, in_words in IN_WORDS:
        if isinstance(field, type_):
            return in_words(field, value, name_of)
    return ""


def _nothing(field: Any, value: Any, name_of: Named) -> str:
    return ""


def _place(field: Any, value: str, name_of: Named) -> str:
    return name_of(value)


def _word(field: fields.OneOf, value: str, name_of: Named) -> str:
    """A word that has no other for readers is none for them when it is Latin."""
    said = field.said.get(value, value)
    return "" if LATIN & set(said) else said


def _words(field: fields.Many, value: list[Any], name_of: Named) -> str:
    if not isinstance(field.inner, fields.OneOf):
        return ""
    said = (_word(field.inner, one, name_of) for one in value)
    return "、".join(filter(None, said))


def _plain(field: Any, value: Any, name_of: Named) -> str:
    return str(value)


def _count(field: Any, value: int, name_of: Named) -> str:
    """What there is none of is not there."""
    return f"{value:,}" if value else ""


def _yes(field: Any, value: bool, name_of: Named) -> str:
    return "是" if value else ""


def _moment(field: Any, value: str, name_of: Named) -> str:
    return moment_in_words(value)


def _rule(field: Any, value: str, name_of: Named) -> str:
    return rule_in_words(value)


def _day(field: Any, value: str, name_of: Named) -> str:
    return date_in_words(value)


# The first that fits: a code is a text as well.
IN_WORDS: tuple[tuple[type, Callable[[Any, Any, Named], str]], ...] = (
    (fields.Division, _place),
    (CreditCode, _plain),
    (fields.Code, _nothing),
    (fields.OneOf, _word),
    (Rule, _rule),
    (fields.Text, _plain),
    (fields.Whole, _count),
    (fields.Truth, _yes),
    (fields.Instant, _moment),
    (fields.Day, _day),
    (fields.Many, _words),
)
