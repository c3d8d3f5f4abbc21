"""A schema's fields made what a page draws, and what was filled in made readable again."""

import re
from dataclasses import dataclass
from typing import Any

import marshmallow as ma

from gateway.web.forms import as_typed
from schemas import fields
from schemas.documents import Json
from schemas.fields.texts import LONGEST_LINE


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
    return dict(field.choices).get(value, str(as_typed(value)))


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
