"""What a kind of upload says of itself."""

from collections.abc import Callable
from typing import NamedTuple

import marshmallow as ma

from gateway.files.uploads.lines import Line, Marks
from schemas import fields
from schemas.documents import Json


class Upload(NamedTuple):
    """Its lines stand under `many` and are each a `line`, which becomes a `command` or two of the service.

    What came of a line is said with what it was `about`.
    """

    service: str
    path: str
    name: str
    summary: str
    schema: type[fields.Schema]
    shown: type[fields.Schema]
    many: str
    line: type[fields.Schema]
    marks: Marks
    command: str
    about: Callable[[Line], Json]
    report: type[ma.Schema]
