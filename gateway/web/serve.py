"""Makes addresses of the lines of page tables."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from ulid import ULID
from werkzeug.wrappers import Response as Answer

from gateway.edge import memory, reading
from gateway.edge.application import Application, application
from gateway.edge.auth import actor_of
from gateway.edge.cursors import Cursors
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates
from gateway.edge.home import here
from gateway.edge.news import News
from gateway.signin.access import RESIDENT
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.routes import SIGNING
from gateway.web import (
    activities,
    arriving,
    desk,
    displaying,
    district,
    live,
    own,
    parties,
    residents,
    scan,
    seat_code,
    signin,
    statics,
)
from gateway.web.filters import FILTERS
from gateway.web.forms import readable, typed
from gateway.web.frame import (
    CSRF,
    FOR_ALL,
    FOR_ONE,
    as_page,
    framed,
    problem_page,
    unsent,
)
from gateway.web.page import Ask, Button, Form, Page, Visit, gates_of
from gateway.web.places import Places
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import KeyReused, Problem, Unauthenticated, Unavailable

PAGES: tuple[Page | Form | Button, ...] = (
    *residents.PAGES,
    *activities.PAGES,
    *parties.PAGES,
    *own.PAGES,
    *seat_code.PAGES,
    *scan.PAGES,
    *district.PAGES,
    *desk.PAGES,
)
GATES: Gates = {
    **gates_of(PAGES),
    **signin.GATES,
    **displaying.GATES,
    **statics.GATES,
    **scan.GATES,
    **live.GATES,
}
Row = Page | Form | Button
View = Callable[..., Answer]
Visited = Callable[[Row, Json], Visit]
SENT_BEFORE = "这张表已经提交过，内容又改了；要另外再提交一份，请再按一次"


def register(app: Application) -> None:
    signed_in: SignedIn = app.extensions[SIGNED_IN]
    web = Blueprint(
        "web",
        __name__,
        template_folder="templates",
    )
    files = statics.Statics()
    statics.register(web, files)
    scan.register(web)
    live.register(web, app.extensions.setdefault(live.LISTENING, News()))
    app.add_template_global(files.address, "asset")
    for in_words in FILTERS:
        app.add_template_filter(in_words)
    places = Places(app.services)
    displaying.register(web)
    signin.register(web, signed_in, app.extensions[SIGNING])
    cursors = app.cursors
    app.extensions[CSRF] = lambda: signed_in.csrf(request.environ)

    def visited(row: Row, path: Json) -> Visit:
        actor = _who(row)
        now, trace = app.now(), request.environ[TRACE]
        return Visit(app.services, places, actor, now, trace, path, _query())

    for row in PAGES:
        if not isinstance(row, Button):
            web.add_url_rule(row.path, row.name, _shown(row, visited, cursors))
        if not isinstance(row, Page):
            sent = _sent(row, visited, cursors)
            web.add_url_rule(row.path, f"send {row.name}", sent, methods=["POST"])
    app.register_blueprint(web)
    app.after_request(as_page)


def _who(row: Row) -> Actor:
    """Raises `Unauthenticated` for a token that proves nothing, and when nobody asks for somebody's own page.

    Raises `Unavailable` while it cannot be told who asks.
    """
    actor = actor_of(request.environ, application().verifier)
    if isinstance(row, Page) and row.for_all:
        return ANONYMOUS
    if actor is ANONYMOUS:
        arriving.must_be_tellable()
        raise Unauthenticated("请先登录", code="session_over")
    return actor


def _query() -> Json:
    """What the query string says; a form sends its empty fields as well, which say nothing."""
    return {name: text for name, text in request.args.items() if text}


def _shown(row: Page | Form, visited: Visited, cursors: Cursors) -> View:
    def show(**path: str) -> Answer:
        try:
            visit = visited(row, path)
            content = _content(row, visit, cursors)
        except Problem as problem:
            return problem_page(problem)
        page = framed(row.template, content, caching=_caching(row))
        page.headers |= row.headers(content)
        return page

    return show


def _caching(row: Page | Form) -> str:
    if isinstance(row, Form) or not row.for_all:
        return FOR_ONE
    if row.remembered:
        memory.may_keep(request.environ, row.remembered)
    return FOR_ALL


def _content(row: Page | Form, visit: Visit, cursors: Cursors) -> Json:
    """What the template gets: the answers, the rest, and for a form what is filled in so far, which is nothing."""
    answers = {ask.name: _answer(ask, visit, cursors) for ask in row.asks}
    fresh: Json = {"key": str(ULID()), "typed": {}, "wrong": {}, "says": ""}
    fresh["is_staff"] = any(role.role != RESIDENT for role in visit.actor.roles)
    return fresh | {"query": visit.query} | visit.path | answers | row.more(visit)


def _sent(row: Form | Button, visited: Visited, cursors: Cursors) -> View:
    """Sends the command under the key that came with the form: sent twice, it is done once."""

    def send(**path: str) -> Answer:
        schema = row.schema()
        try:
            if not arriving.is_from_here():
                _who(row)  # Of nobody anything is read, but from a page of ours.
            filled = arriving.filled_in(schema)
        except Problem as problem:
            return problem_page(problem)
        try:
            visit = visited(row, path)
            arriving.must_be_senders()
        except Problem as problem:
            texts = readable(filled, schema)
            return unsent(problem, texts, arriving.page_of(row))
        try:
            answer = _done(row, visit, filled)
        except Problem as problem:
            if isinstance(row, Button):
                return problem_page(problem)
            return _again(row, visit, filled, problem, cursors)
        return redirect(here() + row.then.format_map(answer["document"]), 303)

    return send


def _done(row: Form | Button, visit: Visit, filled: Json) -> Json:
    schema = row.schema()
    payload = reading.load(schema, reading.with_path(filled, visit.path, schema))
    with visit.services.place(row.service):
        answer: Json = visit.services.ask(
            row.service,
            row.command,
            payload,
            actor=visit.actor,
            key=_key(),
            trace=visit.trace,
        )
        return answer


def _again(
    row: Form, visit: Visit, filled: Json, problem: Problem, cursors: Cursors
) -> Answer:
    """The form as it was filled in, with what was wrong at each field."""
    if problem.code == KeyReused.code:
        problem = KeyReused(SENT_BEFORE)
    try:
        content = _content(row, visit, cursors)
    except Problem as other:
        return problem_page(other)
    content["typed"] = typed(filled)
    content["wrong"] = {one["path"]: one["message"] for one in problem.errors}
    content["says"] = problem.title
    if isinstance(problem, Unavailable):
        # It may have been done: sent again it is not done twice.
        content["key"] = _key()
    page = framed(row.template, content, problem=problem, caching=FOR_ONE)
    page.headers |= row.headers(content)
    return page


def _key() -> str:
    key = request.form.get("key", "")
    return key if reading.KEY.fullmatch(key) else str(ULID())


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
