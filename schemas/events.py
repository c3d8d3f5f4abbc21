"""How a schema declares an event, and the CloudEvents envelope it travels in."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import TypeVar

import marshmallow as ma

from schemas import characters, fields
from schemas.documents import Json

DECLARED: dict[str, fields.Schema] = {}
"""By modules imported so far: `load` has those of one service, `schemas.catalogue` has them all."""

Declared = TypeVar("Declared", bound=type[fields.Schema])


def event(type: str) -> Callable[[Declared], Declared]:
    """Declares the data of one event type: `@event("signup_confirmed.v1")` over a schema.

    The producer dumps strictly: a field that is unknown or missing stops the command before anything is written.
    """

    def declare(schema: Declared) -> Declared:
        if type in DECLARED:
            raise TypeError(f"event type {type} is declared twice")
        DECLARED[type] = schema()
        return schema

    return declare


def load(service: str) -> None:
    """Has every event declared that a service may record: those of its room in `schemas`, and the kit's.

    The rooms of the others are not imported for it: they are most of the time it takes a process to start.
    """
    import_module("schemas.kit")
    room = f"schemas.{service}"
    if find_spec(room) is not None:
        load_room(room)


def load_room(name: str) -> None:
    """Imports each module of a room, wherever it declares its events. A small room is one module."""
    inside: list[str] = getattr(import_module(name), "__path__", [])
    for module in walk_packages(inside, f"{name}."):
        import_module(module.name)


def check(type: str, content: Json) -> None:
    """Raises `ValidationError` when `content` is not what `type` says, `KeyError` when nobody declared `type`.

    What somebody said before there was a rule for how texts look is told on as it was said.
    """
    error = ma.ValidationError(DECLARED[type].validate(content))
    codes = {complaint["code"] for complaint in fields.complaints(error)}
    if not codes <= characters.RULES_OF_LATER:
        raise error


class CloudEvent(ma.Schema):
    """CloudEvents 1.0 in JSON, extended by `sequence` and `traceparent`; followers ignore the rest."""

    class Meta:
        unknown = ma.EXCLUDE

    specversion = ma.fields.Constant("1.0")
    id = ma.fields.String(required=True)
    source = ma.fields.String(required=True)
    type = ma.fields.String(required=True)
    subject = ma.fields.String(required=True)
    time = ma.fields.String(required=True)
    datacontenttype = ma.fields.Constant("application/json")
    data = ma.fields.Dict(required=True)
    sequence = ma.fields.String(required=True)
    traceparent = ma.fields.String(required=True)
