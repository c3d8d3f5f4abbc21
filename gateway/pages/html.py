"""Pages for people: what every one of them may load, which is nothing from outside, and problems told as a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, request

from gateway.edge.errors import on_problem
from gateway.edge.responses import JSON
from services.kit.errors import Problem

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HTML = "text/html"
LONGEST_WISH = 1000  # Of an Accept header. Werkzeug (3.1) takes it apart in the square of the spaces in it.
OF_PAGES = {
    "Content-Type": f"{HTML}; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
}

# Where the application keeps what draws a template in the language chosen.
DRAW = "draw"

Page = Callable[..., Response]


def drawn(template: str, /, **content: Any) -> str:
    text: str = current_app.extensions[DRAW](template, **content)
    return text


def page(content: str, caching: str = "no-cache") -> Response:
    """`caching` is its Cache-Control."""
    return varied(Response(content, headers=OF_PAGES | {"Cache-Control": caching}))


def private_page(content: str) -> Response:
    """A page of people, which nobody keeps."""
    return page(content, "private, no-store")


def for_readers(answer: Page) -> Page:
    """A view whose problems are told as pages."""

    @wraps(answer)
    def view(**path: str) -> Response:
        try:
            return answer(**path)
        except Problem as problem:
            return problem_page(problem)

    return view


def problem_page(problem: Problem, hint: str = "") -> Response:
    """A problem as a page, for who reads pages."""
    response = on_problem(problem)
    if not wants_json():
        response.set_data(drawn("problem.html", title=problem.title, hint=hint))
        response.headers |= OF_PAGES
    return varied(response)


def wants_json() -> bool:
    """False for a wish so long that reading it would cost more than answering."""
    if len(request.environ.get("HTTP_ACCEPT", "")) > LONGEST_WISH:
        return False
    return request.accept_mimetypes.best_match([HTML, JSON], default=HTML) == JSON


def varied(response: Response) -> Response:
    """Says that the answer depends on what is wished for, and on the language chosen."""
    response.vary.update(["Accept", "Cookie"])
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
