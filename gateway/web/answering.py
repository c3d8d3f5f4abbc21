"""What a page needs before it is drawn: who looks at it, and the answers to what it asks."""

from typing import Any
from urllib.parse import urlencode

from flask import request
from ulid import ULID

from gateway.edge import reading
from gateway.edge.application import application
from gateway.edge.auth import UNSURE, access_unknown, actor_of
from gateway.edge.cursors import Cursors
from gateway.edge.home import here
from gateway.signin.access import RESIDENT
from gateway.web import arriving
from gateway.web.frame import back_to, came_from
from gateway.web.page import Ask, Batch, Form, Page, Row, Visit
from gateway.web.role_in_use import in_use
from gateway.web.whose import areas_of
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Unauthenticated

# The first words of the addresses of what is done in a role: seen as a resident they would say that there is nothing.
OF_WORK = {"desk", "approve", "ops", "unit", "partner", "branch"}


def who_asks(row: Row) -> Actor:
    """Raises `Unauthenticated` for a token that proves nothing, and when nobody asks for somebody's own page.

    Raises `Unavailable` while it cannot be told who asks.
    """
    actor = actor_of(request.environ, application().verifier)
    if isinstance(row, Page) and row.for_all:
        return ANONYMOUS
    if isinstance(row, Page) and row.for_whoever:
        return in_use(actor)
    if actor is ANONYMOUS:
        arriving.must_be_tellable()
        raise Unauthenticated("请先登录", code="session_over")
    if request.environ.get(UNSURE) and row.path.split("/")[1] in OF_WORK:
        raise access_unknown()
    return in_use(actor)


def query() -> Json:
    """What the query string says; a form sends its empty fields as well, which say nothing."""
    return {name: text for name, text in request.args.items() if text}


def content_of(row: Page | Form | Batch, visit: Visit, cursors: Cursors) -> Json:
    """What the template gets: the answers, the rest, and for a form what is filled in so far, which is nothing."""
    asks = () if isinstance(row, Batch) else row.asks
    answers = {ask.name: _answer(ask, visit, cursors) for ask in asks}
    return fresh(visit) | visit.path | answers | row.more(visit)


def fresh(visit: Visit) -> Json:
    """What every page has: a form that is not filled in, the work of who looks, and what the address asks."""
    known: Json = {"key": str(ULID()), "typed": {}, "wrong": {}, "says": ""}
    known["back"] = back_to("")
    known["came_from"] = came_from()
    known["areas"] = areas_of(visit.actor)
    known["is_staff"] = any(role.role != RESIDENT for role in visit.actor.roles)
    return known | {"query": visit.query}


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
