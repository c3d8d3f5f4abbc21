"""Pages go out compressed to browsers that say they take it: what people read over a slow network is mostly markup.

A page says one secret, the token of its forms, and says it differently each time: how well it is compressed tells
nothing about it (BREACH).
"""

import gzip

from flask import Response, request

from gateway.edge import memory

LEAST_BYTES = 1024  # Less than this goes in one packet anyway.
HARD = 6  # Of 9; above it takes twice as long for a hundredth less.


def squeezed(response: Response) -> Response:
    """Not what is remembered for others, who may take it as it is only."""
    if response.mimetype != "text/html" or memory.SERVICE in request.environ:
        return response
    response.vary.add("Accept-Encoding")
    if _is_worth_it(response):
        response.set_data(gzip.compress(response.get_data(), HARD, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_worth_it(response: Response) -> bool:
    takes_it = "gzip" in request.headers.get("Accept-Encoding", "")
    is_whole = not response.is_streamed and "Content-Encoding" not in response.headers
    return takes_it and is_whole and len(response.get_data()) >= LEAST_BYTES
