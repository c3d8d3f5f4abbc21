"""Makes addresses of the lines of page tables."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates, asking
from gateway.edge.home import here
from gateway.edge.paging import Cursors
from gateway.edge.rpc import Services
from gateway.web import display, words
from gateway.web.frame import FOR_ALL, FOR_ONE, framed, problem_page
from gateway.web.page import Ask, Page, Visit, gates_of
from gateway.web.places import Places
from gateway.web.residents import PAGES
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.actor import ANONYMOUS
from services.kit.clock import Clock
from services.kit.errors import Problem
from services.kit.tokens import Verifier

STATIC = "/web/<path:filename>"
GATES: Gates = {
    **gates_of(PAGES),
    ("GET", "/display"): asking(),
    ("POST", "/display"): asking(),
    ("GET", STATIC): asking(),
}
IN_WORDS = (
    words.by_day,
    words.on_each_day,
    words.seats_in_words,
    words.span_in_words,
)


def register(
    app: Flask, services: Services, verifier: Verifier, cursors: Cursors, now: Clock
) -> None:
    web = Blueprint(
        "web",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/web",
    )
    for in_words in IN_WORDS:
        app.add_template_filter(in_words)
    places = Places(services)
    _choose_display(web)

    def visit(page: Page, path: Json) -> Visit:
        actor = ANONYMOUS if page.for_all else actor_of(request.environ, verifier)
        trace = request.environ[TRACE]
        return Visit(services, places, actor, now(), trace, path, _query())

    for page in PAGES:
        web.add_url_rule(page.path, page.name, _view(page, visit, cursors))
    app.register_blueprint(web)


def _query() -> Json:
    """What the query string says; a form sends its empty fields as well, which say nothing."""
    return {name: text for name, text in request.args.items() if text}


def _view(page: Page, visited: Any, cursors: Cursors) -> Any:
    def view(**path: str) -> Response:
        try:
            visit: Visit = visited(page, path)
            content = {ask.name: _answer(ask, visit, cursors) for ask in page.asks}
            more = page.more(visit)
        except Problem as problem:
            return problem_page(problem)
        caching = FOR_ALL if page.for_all else FOR_ONE
        content |= {"query": visit.query} | path | more
        return framed(page.template, content, caching=caching)

    return view


def _answer(ask: Ask, visit: Visit, cursors: Cursors) -> Any:
    """The answer; of a list with `more`, the address of its next page, "" for the last."""
    schema = ask.schema()
    answer = visit.services.ask(
        ask.service,
        ask.question,
        reading.load(schema, _payload(ask, schema.fields, visit, cursors)),
        actor=visit.actor,
        trace=visit.trace,
    )
    if isinstance(schema, Paged):
        answer["more"] = _following(ask, answer["next"], visit, cursors)
    return answer


def _payload(ask: Ask, known: Any, visit: Visit, cursors: Cursors) -> Json:
    said = visit.query | visit.path
    payload = {name: said[name] for name in known if name in said} | ask.says(visit)
    if "after" in payload:
        payload["after"] = cursors.place(ask.question, str(payload["after"]))
    return payload


def _following(ask: Ask, place: Any, visit: Visit, cursors: Cursors) -> str:
    if place is None:
        return ""
    query = visit.query | {"after": cursors.after(ask.question, place)}
    return f"{here()}{request.path}?{urlencode(query)}"


def _choose_display(web: Blueprint) -> None:
    @web.get("/display")
    def display_page() -> Response:
        choices = {"themes": display.THEMES, "sizes": display.SIZES}
        return framed("display.html", choices | {"back": _back()}, caching=FOR_ONE)

    @web.post("/display")
    def choose() -> Answer:
        """Changes nothing but a cookie that says nothing of anybody."""
        chosen = display.chosen(request).choose(
            request.form.get("theme", ""), request.form.get("size", "")
        )
        response = redirect(here() + _back(), 303)
        display.keep(chosen, response)
        return response


def _back() -> str:
    """The page to return to: an address of ours, never one of somebody else's."""
    back = request.values.get("back", "/")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    return back if is_ours else "/"
