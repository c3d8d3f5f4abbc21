"""Every event of the platform by its type, and the CloudEvents envelope it travels in."""

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma

from schemas import characters, fields

EVENTS: dict[str, fields.Schema] = {}


Declared = TypeVar("Declared", bound=type[fields.Schema])


def event(type: str) -> Callable[[Declared], Declared]:
    """Declares the data of one event type: `@event("signup_confirmed.v1")` over a schema.

    The producer dumps strictly: a field that is unknown or missing stops the command before anything is written.
    """

    def declare(schema: Declared) -> Declared:
        if type in EVENTS:
            raise TypeError(f"event type {type} is declared twice")
        EVENTS[type] = schema()
        return schema

    return declare


def check(type: str, data: dict[str, Any]) -> None:
    """Raises `ValidationError` when `data` is not what `type` says, `KeyError` when nobody declared `type`.

    What somebody said before there was a rule for how texts look is told on as it was said.
    """
    error = ma.ValidationError(EVENTS[type].validate(data))
    if any(
        each["code"] not in characters.RULES_OF_LATER
        for each in fields.complaints(error)
    ):
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
