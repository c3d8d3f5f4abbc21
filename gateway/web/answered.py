"""Pages that answer what is sent to them: whom a name means, what became of a list. So no address has a name in it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from werkzeug.wrappers import Response as Answer

from gateway.edge.cursors import Cursors
from gateway.edge.gates import Gate, Gates
from gateway.web import arriving
from gateway.web.answering import content_of, who_asks
from gateway.web.frame import FOR_ONE, framed, problem_page
from gateway.web.page import Form, Page, Visit
from gateway.web.sending import View, Visited
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.errors import Problem


class Answered(NamedTuple):
    """What is sent to `path` is answered by the page of `row`, with what `says` tells of what is filled in."""

    path: str
    row: Page | Form
    schema: type[Schema]
    says: Callable[[Visit, Json], Json]
    gate: Gate = Gate(())


def gates_of_answered(rows: Iterable[Answered]) -> Gates:
    return {("POST", one.path): one.gate for one in rows}


def received(
    row: Page | Form, path: Json, schema: Schema, visited: Visited
) -> tuple[Visit, Json]:
    """Who sends a form of ours, and what it says: a cookie is believed of a form that is read. Raises a `Problem`."""
    if not arriving.is_from_here():
        who_asks(row)  # Of nobody anything is read, but from a page of ours.
    filled = arriving.filled_in(schema)
    visit = visited(row, path)
    arriving.must_be_senders()
    return visit, filled


def answering_of(one: Answered, visited: Visited, cursors: Cursors) -> View:
    def answer(**path: str) -> Answer:
        try:
            visit, filled = received(one.row, path, one.schema(), visited)
            said = one.says(visit, filled)
            content = content_of(one.row, visit, cursors)
        except Problem as problem:
            return problem_page(problem)
        return framed(one.row.template, content | said, caching=FOR_ONE)

    return answer
