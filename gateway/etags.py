"""What a caller has already is not sent again."""

import hashlib

from flask import Response, request


def unless_known(response: Response) -> Response:
    """The response with its ETag, or 304 when the caller has just that."""
    response.set_etag(hashlib.blake2b(response.get_data(), digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "no-cache"
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
        response.set_data(b"")
    return response
