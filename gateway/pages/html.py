"""Pages for people: what every one of them may load, which is nothing from outside, and problems told as a page."""

from flask import Response, render_template, request

from gateway.edge.errors import on_problem
from services.kit.errors import Problem

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HTML, JSON = "text/html", "application/json"
LONGEST_WISH = 1000  # Of an Accept header. Werkzeug (3.1) takes it apart in the square of the spaces in it.
OF_PAGES = {
    "Content-Type": f"{HTML}; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
}


def page(content: str, caching: str = "no-cache") -> Response:
    return varied(Response(content, headers={**OF_PAGES, "Cache-Control": caching}))


def told(problem: Problem, hint: str = "") -> Response:
    """A problem as a page, for who reads pages."""
    response = on_problem(problem)
    if not wants_json():
        response.set_data(
            render_template("problem.html", title=problem.title, hint=hint)
        )
        response.headers |= OF_PAGES
    return varied(response)


def wants_json() -> bool:
    if len(request.environ.get("HTTP_ACCEPT", "")) > LONGEST_WISH:
        return False
    return request.accept_mimetypes.best_match([HTML, JSON], default=HTML) == JSON


def varied(response: Response) -> Response:
    response.vary.add("Accept")
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
