"""Forms: what a browser sends made what a schema loads.

A field is called by its path, as problems call it: `party/0/person`. So a refusal finds the field it is about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import marshmallow as ma

from gateway.edge.errors import TooLarge
from schemas import fields
from schemas.documents import Json

MOST_FIELDS = 500
TOO_MANY = f"一次填得太多：最多 {MOST_FIELDS} 项，请分几次提交"
LONGEST_NAME = 100
WHOLE = re.compile(r"-?[0-9]{1,15}")
NUMBER = re.compile(r"[0-9]{1,4}")  # Of an item in a list.
LOCAL_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
# What somebody wants to find, by the field it is for, and that they do.
SOUGHT, SEEKING = "sought", "seeking"
# Fields of the form itself, no part of what is asked.
OURS = {"key", "csrf", "back", "also", SOUGHT, SEEKING}
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
        path = name.split("/")
        if text.strip() and path[0] not in OURS and len(name) <= LONGEST_NAME:
            _put(said, path, text, schema)
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
        return {path: as_typed(payload)}
    flat: dict[str, Any] = {}
    for name, value in parts:
        flat |= typed(value, f"{path}/{name}" if path else str(name))
    return flat


def as_typed(value: Any) -> Any:
    """A minute as the browser's own field for it has it: without seconds and zone."""
    minute, seconds, zone = str(value).partition(f":00{HERE}")
    return minute if seconds and not zone else value
