"""What a caller has already is not sent again."""

import hashlib

from flask import Response, request
from werkzeug.http import parse_etags

LONGEST_LIST = 1000  # Of ETags a caller says it has. Of one address it has one from us.


def unless_known(response: Response) -> Response:
    """The response with its ETag, or 304 when the caller has just that."""
    response.set_etag(hashlib.blake2b(response.get_data(), digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "no-cache"
    if is_known(
        request.environ.get("HTTP_IF_NONE_MATCH", ""), response.get_etag()[0] or ""
    ):
        response.status_code = 304
        response.set_data(b"")
    return response


def is_known(said: str, etag: str) -> bool:
    """True when `said`, an If-None-Match header, names the ETag. One that is too long is as if it were not there."""
    return (
        bool(said and etag)
        and len(said) <= LONGEST_LIST
        and parse_etags(said).contains_weak(etag)
    )
