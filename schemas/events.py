"""How a schema declares an event, and the CloudEvents envelope it travels in."""

from collections.abc import Callable
from typing import TypeVar

import marshmallow as ma

from schemas import fields

DECLARED: dict[str, fields.Schema] = {}
"""By modules imported so far: ask `schemas.catalogue`, which has them all."""

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
