"""The addresses of files: under /lists, /imports and /exchange."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from gateway.api.routes import API
from gateway.edge import memory, reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE, to_json
from gateway.edge.gates import Gate, Gates, commanding
from gateway.edge.rpc import FILES, Services
from gateway.files import descriptions, hsds
from gateway.files.exports import export
from gateway.files.figures import FIGURES, table
from gateway.files.formats import FORMATS
from gateway.files.imports import upload
from gateway.files.lists import EXPORTS, Export
from gateway.files.one_at_a_time import OneAtATime
from gateway.files.pages import Asker
from gateway.files.programs import NotDone
from gateway.files.templates import template
from schemas.exchange.columns import Kind
from schemas.exchange.kinds import KINDS
from services.kit.actor import ANONYMOUS
from services.kit.clock import Deadline
from services.kit.errors import Unavailable
from services.kit.tokens import Verifier

LONGEST_S = 45.0  # All of it: what has been asked by then stays, and the same file sent again asks for the rest.
REMEMBERED_S = (
    10.0  # At most: what rests on another service's facts may be as old as that.
)
UPLOADED = {
    name: kind for name, kind in KINDS.items() if not kind.posted_by
}  # Who uploads is who asks.

LISTS = {one.name: one.service for one in EXPORTS} | {
    one.name: "metrics" for one in FIGURES
}
GATES: Gates = {
    **{
        ("GET", f"{API}/lists/{name}.{format}"): Gate((FILES, LISTS[name]))
        for name in LISTS
        for format in FORMATS
    },
    **{
        ("GET", f"{API}/imports/{name}/template.xlsx"): Gate((FILES,))
        for name in UPLOADED
    },
    **{
        ("POST", f"{API}/imports/{name}"): commanding(
            kind.service, kind.steps[0].command, before=FILES
        )
        for name, kind in UPLOADED.items()
    },
    ("GET", f"{API}/exchange/hsds"): Gate((FILES, "cobuild", "partners")),
}

View = Callable[[], Response]


def blueprint(services: Services, verifier: Verifier) -> Blueprint:
    routes = Blueprint(
        "exchange", "exchange", url_prefix=API, description="表格与数据交换"
    )
    one_at_a_time = OneAtATime()

    def add(
        method: str,
        path: str,
        about: dict[str, Any],
        answer: Callable[[Asker], Response],
    ) -> None:
        def view() -> Response:
            actor = actor_of(request.environ, verifier)
            sent = reading.body(request) if method == "POST" else b""
            asker = Asker(
                services, actor, request.environ[TRACE], sent, Deadline.after(LONGEST_S)
            )
            with one_at_a_time.of(actor):
                return _written(answer, asker)

        view.__name__ = about["operationId"]
        routes.route(path, methods=[method])(routes.doc(**about)(view))

    for one in EXPORTS:
        for format in FORMATS:
            about = descriptions.exported(one, format)
            add(
                "GET",
                f"/lists/{one.name}.{format}",
                about,
                partial(_export, one, format),
            )
    for figures in FIGURES:
        for format in FORMATS:
            about = descriptions.exported(figures, format)
            add(
                "GET",
                f"/lists/{figures.name}.{format}",
                about,
                partial(table, figures, format),
            )
    for name, kind in UPLOADED.items():
        add(
            "GET",
            f"/imports/{name}/template.xlsx",
            descriptions.template(name, kind),
            partial(_template, name, kind),
        )
        add(
            "POST",
            f"/imports/{name}",
            descriptions.uploaded(name, kind),
            partial(_upload, name, kind),
        )
    add("GET", "/exchange/hsds", descriptions.hsds(), _exchange)
    return routes


def _written(answer: Callable[[Asker], Response], asker: Asker) -> Response:
    try:
        return answer(asker)
    except NotDone as error:
        sentence = "文件没能及时写好，请稍后再试，或加上筛选条件分几次导出"
        raise Unavailable(sentence, code="file_not_written") from error


def _template(name: str, kind: Kind, asker: Asker) -> Response:
    return template(name, kind)


def _export(one: Export, format: str, asker: Asker) -> Response:
    """What everybody would get is remembered for a while: a file costs more than a page of its list."""
    if asker.actor is ANONYMOUS:
        request.environ |= {memory.SERVICE: one.service, memory.LASTS_S: REMEMBERED_S}
    return export(one, format, asker)


def _upload(name: str, kind: Kind, asker: Asker) -> Response:
    """A list as it was had as a file may come back, with all its columns."""
    told = [
        column.heading for one in EXPORTS if one.name == name for column in one.columns
    ]
    return _json(upload(kind, told, asker))


def _exchange(asker: Asker) -> Response:
    hsds.must_be_reader(asker)
    return Response(
        hsds.written(hsds.exchanged(asker)), content_type="application/json"
    )


def _json(body: dict[str, Any]) -> Response:
    return Response(to_json(body), content_type="application/json")
