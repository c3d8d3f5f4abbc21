"""The field types every schema is built from; each refusal has a stable code and a Chinese sentence."""

from schemas.fields.complaints import COMMON, Complaint, complaints, wrong
from schemas.fields.numbers import Truth, Whole
from schemas.fields.objects import Many, Part, Schema, named
from schemas.fields.texts import AnyOf, Code, Division, Id, OneOf, Text
from schemas.fields.times import Day, Instant, instant, no_such

__all__ = [
    "COMMON",
    "AnyOf",
    "Code",
    "Complaint",
    "Day",
    "Division",
    "Id",
    "Instant",
    "Many",
    "OneOf",
    "Part",
    "Schema",
    "Text",
    "Truth",
    "Whole",
    "complaints",
    "instant",
    "named",
    "no_such",
    "wrong",
]
