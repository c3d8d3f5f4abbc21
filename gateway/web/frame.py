"""The frame around every page: how it is shown, what the browser may load, who may keep a copy."""

from collections.abc import Iterable
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from flask import (
    Response,
    current_app,
    redirect,
    render_template,
    request,
    stream_with_context,
)
from jinja2 import Environment
from werkzeug.wrappers import Response as Answer

from gateway.edge import errors
from gateway.edge.home import here, is_of_ours
from gateway.edge.streams import flushed
from gateway.web import display
from gateway.web.english.saying import said
from gateway.web.telling import plainly
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
    "Vary": "Authorization, Cookie",
}
FOR_ALL, FOR_ONE = "no-cache", "private, no-store"
ENGLISH = "english"  # Where the application keeps what draws pages in English.
GROWS = "<!-- grows -->"  # Where a page grows that is sent while it is made.
CSRF = "csrf"  # Where the application keeps what makes the token of a form.


def back_to(otherwise: str) -> str:
    """The page to return to, as the address or the form says: one of ours, never one of somebody else's."""
    back = request.values.get("back", otherwise)
    return back if is_of_ours(back) else otherwise


def came_from() -> str:
    """The page somebody was led here from, to leave for it without doing anything; "" where there is none of ours."""
    came = request.args.get("from", "")
    return came if is_of_ours(came) else ""


def framed(
    template: str,
    content: Json,
    *,
    problem: Problem | None = None,
    caching: str = FOR_ALL,
) -> Response:
    """The page; it may be the answer to a `problem`.

    `caching` is `FOR_ONE` where it says what not everybody may know.
    """
    around = {"here": request.path}
    if caching == FOR_ONE:
        around["csrf"] = current_app.extensions[CSRF]()
    text = drawn(template, **around, **content)
    page = Response(text, 200, {**HEADERS, "Cache-Control": caching})
    return _instead(errors.on_problem(problem), page) if problem else page


def drawn(template: str, /, **content: Any) -> str:
    """The template in the language chosen; `say` says a word in it."""
    content["display"] = display.chosen(request)
    if content["display"].is_english:
        return _in_english(template, say=said, **content)
    return render_template(template, say=str, **content)


def growing(template: str, content: Json, parts: Iterable[str]) -> Response:
    """A page that is sent while it is made: up to `GROWS` at once, there each part when it is there, then the rest."""
    page = framed(template, content, caching=FOR_ONE)
    before, _, after = page.get_data(as_text=True).partition(GROWS)
    whole = chain([before], parts, [after])
    sent = flushed((part.encode() for part in whole), request.environ)
    page.response = stream_with_context(sent)
    page.headers.pop("Content-Length", None)
    page.headers["X-Accel-Buffering"] = "no"
    return page


def _in_english(template: str, /, **content: Any) -> str:
    current_app.update_template_context(content)
    known: Environment = current_app.extensions[ENGLISH]
    return known.get_template(template).render(content)


def problem_page(problem: Problem) -> Answer:
    """What went wrong in the words of the problem, and where to go from there.

    Who only wants to see something and has not signed in is led to do so, and back; a token cannot be helped so.
    """
    is_unknown = problem.status == 401 and "HTTP_AUTHORIZATION" not in request.environ
    if is_unknown and request.method == "GET":
        back = urlencode({"back": request.full_path.rstrip("?")})
        return redirect(f"{here()}/sign-in?{back}", 303)
    return _told(errors.on_problem(problem))


def unsent(problem: Problem, filled: list[tuple[str, str]], page: str) -> Response:
    """What somebody filled in and may not send any more, as when their session is over: to be copied into `page`."""
    ways = {401: f"/sign-in?{urlencode({'back': page})}"}
    content = {"says": plainly(problem.title), "filled": filled}
    content["again"] = ways.get(problem.status, page)
    return framed("trouble.html", content, problem=problem, caching=FOR_ONE)


def as_page(response: Response) -> Response:
    """What went wrong anywhere, as a page where a browser shows it; the rest as it is."""
    is_problem = response.mimetype == errors.MEDIA_TYPE
    wants_page = is_problem and errors.wants_page(request.environ)
    return _told(response) if wants_page else response


def _told(problem: Response) -> Response:
    """A problem document as a page, with the headers it has."""
    content = {"says": plainly(problem.get_json()["title"])}
    return _instead(problem, framed("trouble.html", content, caching=FOR_ONE))


def _instead(problem: Response, page: Response) -> Response:
    """The page for what the problem says, under its status and its other headers, as when to come again."""
    problem.set_data(page.get_data())
    problem.headers |= page.headers
    return problem
