"""Answers as JSON."""

from typing import Any

import orjson
from flask import Response

JSON = "application/json"


def of_json(
    body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """`body` is what JSON can say, or JSON already."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return Response(content, status, headers, content_type=JSON)
