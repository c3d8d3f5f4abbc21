"""Forms: what a browser sends made what a schema loads, and a schema's fields made what a page draws.

A field is called by its path, as problems call it: `party/0/person`. So a refusal finds the field it is about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma

from gateway.edge.errors import TooLarge
from schemas import fields
from schemas.documents import Json
from schemas.fields.texts import LONGEST_LINE

MOST_FIELDS = 500
TOO_MANY = f"一次填得太多：最多 {MOST_FIELDS} 项，请分几次提交"
LONGEST_NAME = 100
WHOLE = re.compile(r"-?[0-9]{1,15}")
NUMBER = re.compile(r"[0-9]{1,4}")  # Of an item in a list.
LOCAL_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
OURS = {"key", "csrf"}  # Fields of the form itself, no part of what is asked.
HERE = "+08:00"


def payload_of(sent: Iterable[tuple[str, str]], schema: ma.Schema) -> Json:
    """What was filled in. An empty field says nothing, nor does an item of a list in which only choices are made.

    Nothing else is checked here: a text that is no number stays a text, which the schema refuses in its own words.
    Raises `TooLarge` for more fields than any form has: to take some of them would be to lose the rest.
    """
    listed = list(sent)
    if len(listed) > MOST_FIELDS:
        raise TooLarge(TOO_MANY)
    said: Json = {}
    for name, text in listed:
        if text.strip() and name not in OURS and len(name) <= LONGEST_NAME:
            _put(said, name.split("/"), text, schema)
    whole: Json = _without_gaps(said, schema)
    return whole


def _put(said: Json, path: list[str], text: str, schema: ma.Schema) -> None:
    """Items of lists stand under their numbers until all are there."""
    field: Any = None
    inside: Mapping[str, Any] = schema.fields
    for step in path[:-1]:
        said = said.setdefault(step, {})
        if not isinstance(said, dict):
            return  # `a` and `a/b` cannot both be meant; the schema sees the first.
        if not NUMBER.fullmatch(step):
            field = inside.get(step)
            inside = _fields_in(field)
    last = path[-1]
    field = _item(field) if NUMBER.fullmatch(last) else inside.get(last)
    said.setdefault(last, _value(text, field))


def _fields_in(field: Any) -> Mapping[str, Any]:
    item = _item(field)
    return item.schema.fields if isinstance(item, ma.fields.Nested) else {}


def _item(field: Any) -> Any:
    return field.inner if isinstance(field, ma.fields.List) else field


def _value(text: str, field: Any) -> Any:
    if isinstance(field, fields.Whole) and WHOLE.fullmatch(text.strip()):
        return int(text)
    if isinstance(field, fields.Truth):
        return {"true": True, "false": False}.get(text, text)
    if isinstance(field, fields.Instant) and LOCAL_MINUTE.fullmatch(text):
        return f"{text}:00{HERE}"
    return text


def _without_gaps(said: Any, schema: ma.Schema) -> Any:
    """With lists where the schema has lists, their items in order and none left empty."""
    shaped = (
        (name, _shaped(value, schema.fields.get(name))) for name, value in said.items()
    )
    return {name: value for name, value in shaped if value not in ([], {})}


def _shaped(value: Any, field: Any) -> Any:
    if isinstance(field, fields.Many) and isinstance(value, dict):
        return list(_items(value, field.inner))
    if isinstance(field, fields.Part) and isinstance(value, dict):
        return _without_gaps(value, field.schema)
    return value


def _items(numbered: Json, item: Any) -> Iterator[Any]:
    for number in sorted(filter(NUMBER.fullmatch, numbered), key=int):
        value = numbered[number]
        if not isinstance(item, ma.fields.Nested):
            yield value
        elif isinstance(value, dict) and _says_something(value, item.schema):
            yield _without_gaps(value, item.schema)


def _says_something(item: Json, schema: ma.Schema) -> bool:
    """Somebody typed into it: a choice stands in every form from the beginning."""
    chosen = (fields.OneOf, fields.Truth)
    return any(not isinstance(schema.fields.get(name), chosen) for name in item)


def typed(payload: Any, path: str = "") -> dict[str, Any]:
    """A payload by paths again, to be shown as it was filled in."""
    if isinstance(payload, dict):
        parts: Iterable[tuple[Any, Any]] = payload.items()
    elif isinstance(payload, list):
        parts = enumerate(payload)
    else:
        return {path: _as_typed(payload)}
    flat: dict[str, Any] = {}
    for name, value in parts:
        flat |= typed(value, f"{path}/{name}" if path else str(name))
    return flat


def _as_typed(value: Any) -> Any:
    """A minute as the browser's own field for it has it: without seconds and zone."""
    minute, seconds, zone = str(value).partition(f":00{HERE}")
    return minute if seconds and not zone else value


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field as a page draws it. `kind` is the input's type, or `select` or `textarea`; `hint` says the rest."""

    path: str
    kind: str
    label: str
    hint: str
    required: bool
    choices: list[tuple[str, str]]
    limits: dict[str, int]
    autocomplete: str = ""


def is_askable(field: Any) -> bool:
    """Whether somebody can fill it in: not a list, nor somebody's id."""
    is_text = isinstance(field, fields.Text) and not isinstance(field, fields.Code)
    return is_text or isinstance(field, ASKABLE)


def readable(payload: Json, schema: ma.Schema) -> list[tuple[str, str]]:
    """What was written and chosen, each with what its field is called: to be read and copied by who did."""
    known = schema.fields
    names = [name for name in payload if name in known and is_askable(known[name])]
    return [(one.label, _said(one, payload[one.path])) for one in drawn(schema, *names)]


def _said(field: Drawn, value: Any) -> str:
    if field.kind == "checkbox":
        return "是" if value is True else "否"
    return dict(field.choices).get(value, str(_as_typed(value)))


# What a browser may fill in by itself (HTML, 4.10.18.7).
AUTOCOMPLETE = {
    "phone": "tel",
    "digits": "one-time-code",
    "password": "current-password",
}
ASKABLE = (fields.OneOf, fields.Truth, fields.Whole, fields.Day, fields.Instant)
KINDS: tuple[tuple[type, str], ...] = (
    (fields.OneOf, "select"),
    (fields.Truth, "checkbox"),
    (fields.Whole, "number"),
    (fields.Instant, "datetime-local"),
    (fields.Day, "date"),
)


def drawn(schema: ma.Schema, *names: str, under: str = "") -> list[Drawn]:
    """These fields of the schema in this order; `under` is the path they lie under, as in `party/0`."""
    return [
        _drawn(schema.fields[name], f"{under}/{name}" if under else name)
        for name in names
    ]


def _drawn(field: Any, path: str) -> Drawn:
    description = str(field.metadata.get("description", ""))
    choices = list(field.said.items()) if isinstance(field, fields.OneOf) else []
    if choices:
        description = description.partition("：")[0]  # Its words are in the choices.
    label, hint = _spoken(description)
    fills = AUTOCOMPLETE.get(path.rpartition("/")[2], "")
    kind = "password" if path == "password" else _kind(field)
    return Drawn(
        path, kind, label, hint, field.required, choices, _limits(field), fills
    )


def _spoken(description: str) -> tuple[str, str]:
    """What a field is called, and what is said about it besides."""
    parts = re.split("[，；。]", description, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _kind(field: Any) -> str:
    for type_, kind in KINDS:
        if isinstance(field, type_):
            return kind
    is_long = isinstance(field, fields.Text) and field.most > LONGEST_LINE
    return "textarea" if is_long else "text"


def _limits(field: Any) -> dict[str, int]:
    if isinstance(field, fields.Whole):
        return {"min": field.least, "max": field.most}
    return {"maxlength": field.most} if isinstance(field, fields.Text) else {}
