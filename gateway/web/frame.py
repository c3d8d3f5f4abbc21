"""The frame around every page: how it is shown, what the browser may load, who may keep a copy."""

from flask import Response, render_template, request

from gateway.web import display
from schemas.documents import Json
from services.kit.errors import Problem

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Cookie",
}
FOR_ALL, FOR_ONE = "no-cache", "private, no-store"


def framed(
    template: str, content: Json, *, status: int = 200, caching: str = FOR_ALL
) -> Response:
    """The page. `caching` is `FOR_ONE` where it says what not everybody may know."""
    chosen = display.chosen(request)
    text = render_template(template, display=chosen, here=request.path, **content)
    return Response(text, status, {**HEADERS, "Cache-Control": caching})


def problem_page(problem: Problem) -> Response:
    """What went wrong in the words of the problem, and where to go from there."""
    return trouble(problem.title, problem.status)


def trouble(says: str, status: int) -> Response:
    return framed("trouble.html", {"says": says}, status=status, caching=FOR_ONE)
