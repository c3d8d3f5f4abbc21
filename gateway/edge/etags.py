"""What a caller has already is not sent again."""

import hashlib

from flask import Response, request
from werkzeug.http import parse_etags

LONGEST_LIST = 1000  # Of ETags a caller says it has. Of one address it has one from us.


def unless_known(response: Response) -> Response:
    """The response with its ETag, or 304 when the caller has just that."""
    digest = hashlib.blake2b(response.get_data(), digest_size=16).hexdigest()
    response.set_etag(digest)
    response.headers["Cache-Control"] = "no-cache"
    if is_known(request.environ.get("HTTP_IF_NONE_MATCH", ""), digest):
        response.status_code = 304
        response.set_data(b"")
    return response


def is_known(header: str, etag: str) -> bool:
    """True when `header`, an If-None-Match, names the ETag. One that is too long is as if it were not there."""
    if not header or not etag or len(header) > LONGEST_LIST:
        return False
    return parse_etags(header).contains_weak(etag)
