"""Forms, buttons and batches as they are sent: each command under the key that came with its form, so done once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from flask import redirect, request
from ulid import ULID
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.cursors import Cursors
from gateway.edge.errors import innermost
from gateway.edge.home import here
from gateway.web import arriving
from gateway.web.answering import content_of, who_asks
from gateway.web.drawing import Drawn, label_of, readable
from gateway.web.forms import typed
from gateway.web.frame import FOR_ONE, back_to, framed, problem_page, unsent
from gateway.web.page import (
    Batch,
    Brings,
    Button,
    Form,
    Order,
    Row,
    Visit,
    service_of,
)
from gateway.web.telling import plainly
from schemas.documents import Json, pick_present
from services.kit.errors import KeyReused, Problem, Unavailable

View = Callable[..., Answer]
Visited = Callable[[Row, Json], Visit]
MOST_AT_ONCE = 50
SENT_BEFORE = "这张表已经提交过，内容又改了；要另外再提交一份，请再按一次"


def sender_of(row: Form | Button | Batch, visited: Visited, cursors: Cursors) -> View:
    if isinstance(row, Batch):
        return _settled(row, visited, cursors)
    return _sent(row, visited, cursors)


def _sent(row: Form | Button, visited: Visited, cursors: Cursors) -> View:
    """Sends the command under the key that came with the form: sent twice, it is done once."""

    def send(**path: str) -> Answer:
        schema = row.schema()
        try:
            if not arriving.is_from_here():
                who_asks(row)  # Of nobody anything is read, but from a page of ours.
            filled = arriving.filled_in(schema)
        except Problem as problem:
            return problem_page(problem)
        try:
            visit = visited(row, path)
            arriving.must_be_senders()
        except Problem as problem:
            texts = readable(filled, schema)
            return unsent(problem, texts, arriving.page_of(row))
        if page := _instead(row, visit, filled, cursors):
            return page
        try:
            answer = _done(row, visit, filled)
        except Problem as problem:
            if isinstance(row, Button):
                return problem_page(problem)
            return _again(row, visit, filled, problem, cursors)
        _also(row, visit, answer["document"])
        then = back_to(row.then.format_map(path | answer["document"]))
        return redirect(here() + then, 303)

    return send


def _instead(
    row: Form | Button, visit: Visit, filled: Json, cursors: Cursors
) -> Answer | None:
    """The page that a form is answered with which leads nowhere."""
    if isinstance(row, Button):
        return None
    if arriving.is_seeking():
        return _with_who_is_found(row, visit, filled, cursors)
    return _brought(row, row.brings, visit, filled, cursors) if row.brings else None


def _settled(row: Batch, visited: Visited, cursors: Cursors) -> View:
    """Sends a command for each thing that was ticked. What one is refused keeps nothing from the others."""

    def settle(**path: str) -> Answer:
        try:
            if not arriving.is_from_here():
                who_asks(row)
            chosen = arriving.ticked()
            visit = visited(row, path)
            arriving.must_be_senders()
            outcomes = list(_outcomes(row, visit, chosen))
            content = content_of(row, visit, cursors)
        except Problem as problem:
            return problem_page(problem)
        return framed(row.template, content | {"outcomes": outcomes}, caching=FOR_ONE)

    return settle


def _brought(
    row: Form, brings: Brings, visit: Visit, filled: Json, cursors: Cursors
) -> Answer:
    """The secret, of which the service is told the hash. Sent again it is not made again, nor shown."""
    secret = brings.made.make()
    try:
        answer = _done(row, visit, filled, **secret.payload)
    except Problem as problem:
        return _again(row, visit, filled, problem, cursors)
    shown = secret.shown(answer["document"])
    return framed(brings.template, {"shown": shown}, caching=FOR_ONE)


def _outcomes(row: Batch, visit: Visit, chosen: list[str]) -> Iterator[Json]:
    """`{done, document, says, problem}` of each; sent twice, each is done once."""
    for item in islice(dict.fromkeys(filter(None, chosen)), MOST_AT_ONCE):
        order = row.order(item)
        if order is not None:
            yield outcome_of(order, visit, f"{key_of_form()}-{item.replace(':', '-')}")


def outcome_of(order: Order, visit: Visit, key: str) -> Json:
    try:
        payload = reading.load(order.schema(), order.payload)
        answer = _commanded(order, payload, visit, key)
    except Problem as problem:
        return {"done": False, "says": plainly(problem.title), "problem": problem}
    return {"done": True, "document": answer["document"]}


def _done(row: Form | Button, visit: Visit, filled: Json, **besides: Any) -> Json:
    """`besides` is what nobody says, and the service is told."""
    schema = row.schema()
    known = pick_present(visit.path, *schema.fields)
    payload = reading.load(schema, reading.with_path(filled, known, schema))
    if isinstance(row, Form):
        payload = row.means(visit, payload)
    return _commanded(row, payload | besides, visit, key_of_form())


def _also(row: Form | Button, visit: Visit, document: Json) -> None:
    """What the button that was pressed wants done besides. What is refused is seen where the form leads."""
    if isinstance(row, Button) or "also" not in request.form:
        return
    for number, order in enumerate(row.also(document)):
        key = f"{key_of_form()}-{order.command}-{number}"
        if not outcome_of(order, visit, key)["done"]:
            return


def _commanded(
    what: Form | Button | Order, payload: Json, visit: Visit, key: str
) -> Json:
    service = service_of(what, visit)
    with visit.services.place(service):
        answer: Json = visit.services.ask(
            service,
            what.command,
            payload,
            actor=visit.actor,
            key=key,
            trace=visit.trace,
        )
        return answer


def _with_who_is_found(
    row: Form, visit: Visit, filled: Json, cursors: Cursors
) -> Answer:
    """The form as it was filled in, with those to pick from who are called so. Nothing was asked for yet."""
    try:
        content = content_of(row, visit, cursors)
    except Problem as problem:
        return unsent(problem, [], arriving.page_of(row))
    content["typed"], content["key"] = typed(filled), key_of_form()
    return framed(row.template, content, caching=FOR_ONE)


def _again(
    row: Form, visit: Visit, filled: Json, problem: Problem, cursors: Cursors
) -> Answer:
    """The form as it was filled in, with what was wrong at each field."""
    if problem.code == KeyReused.code:
        problem = KeyReused(SENT_BEFORE)
    try:
        content = content_of(row, visit, cursors)
    except Problem as other:
        return problem_page(other)
    content["typed"] = typed(filled)
    content["wrong"] = dict(_wrong(problem, content.get("fields", ())))
    content["says"] = plainly(problem.title)
    content["named_wrong"] = dict(_named(row, problem))
    if isinstance(problem, Unavailable):
        # It may have been done: sent again it is not done twice.
        content["key"] = key_of_form()
    page = framed(row.template, content, problem=problem, caching=FOR_ONE)
    page.headers |= row.headers(content)
    return page


def _wrong(problem: Problem, shown: Iterable[Drawn]) -> Iterator[tuple[str, str]]:
    """By its path, what was wrong: in the order of the fields on the page, then what is at none of these."""
    places = {one.path: place for place, one in enumerate(shown)}

    def place(one: Json) -> int:
        return places.get(one["path"], len(places))

    for one in sorted(problem.errors, key=place):
        yield one["path"], plainly(one["message"])


def _named(row: Form, problem: Problem) -> Iterator[tuple[str, str]]:
    """By its path, what was wrong with what its field is called; the sentence of a rule says that itself."""
    for one in problem.errors:
        says, field = one["message"], innermost(row.schema(), one["path"])
        label = label_of(field) if field and says != problem.title else ""
        yield one["path"], plainly(f"{label}：{says}" if label else says)


def key_of_form() -> str:
    """The key that came with the form; a new one where none did."""
    key = request.form.get("key", "")
    return key if reading.KEY.fullmatch(key) else str(ULID())
