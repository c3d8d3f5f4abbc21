"""Templates to fill in: each is written once, by a program of its own."""

from functools import cache

from flask import Response

from gateway.files import programs
from gateway.files.exports import attachment
from gateway.files.formats import WRITTEN_WITHIN_S, XLSX
from schemas.exchange.columns import Kind


def template(name: str, kind: Kind) -> Response:
    """Raises `NotDone` when it could not be written in time."""
    return attachment(
        _written(name), XLSX, f"{kind.title}导入模板.xlsx", f"{name}-template.xlsx"
    )


@cache
def _written(name: str) -> bytes:
    return programs.run(
        "gateway.files.template_writer", b"", name, within_s=WRITTEN_WITHIN_S
    )
