"""The addresses of files: under /lists, /imports and /exchange."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from flask import Response, request

from gateway.edge import memory
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.errors import to_json
from gateway.edge.gates import Gate, Gates, commanding
from gateway.edge.responses import of_json
from gateway.edge.rpc import FILES
from gateway.files import descriptions
from gateway.files.descriptions import Description
from gateway.files.exports import export
from gateway.files.figures.tables import FIGURES, FigureTable, table
from gateway.files.formats import FORMATS
from gateway.files.hsds import exchange
from gateway.files.imports import upload
from gateway.files.listed.export import Export
from gateway.files.lists import EXPORTS
from gateway.files.one_at_a_time import OneAtATime
from gateway.files.programs import NotDone
from gateway.files.templates import template
from schemas.exchange.columns import Kind
from schemas.exchange.kinds import KINDS
from services.kit.actor import ANONYMOUS
from services.kit.errors import Unavailable

LONGEST_S = 45.0  # All of it: what has been asked by then stays, and the same file sent again asks for the rest.
# At most: what rests on another service's facts may be as old as that.
REMEMBERED_S = 10.0
# Who uploads is who asks.
UPLOADED = {name: kind for name, kind in KINDS.items() if not kind.posted_by}

Answer = Callable[[Asker], Response]


class FileRoute(NamedTuple):
    method: str
    path: str
    gate: Gate
    described: Description
    answer: Answer


def register(app: Application) -> None:
    """Adds the addresses of files, of which each actor has one under way at a time."""
    chapter = Chapter("exchange", "表格与数据交换")
    under_way = OneAtATime()
    for one in ROUTES:
        view = _view(one.answer, under_way)
        chapter.add(one.method, one.path, one.described, view)
    app.open(chapter)


def _view(answer: Answer, under_way: OneAtATime) -> Callable[[], Response]:
    def view() -> Response:
        asker = Asker.of(request).within(LONGEST_S)
        with under_way.of(asker.actor):
            return _written(answer, asker)

    return view


def _written(answer: Answer, asker: Asker) -> Response:
    try:
        return answer(asker)
    except NotDone as error:
        sentence = "文件没能及时写好，请稍后再试，或加上筛选条件分几次导出"
        raise Unavailable(sentence, code="file_not_written") from error


def _routes() -> Iterator[FileRoute]:
    for one in EXPORTS:
        yield from _of_list(one, one.service, partial(_export, one))
    for figures in FIGURES:
        yield from _of_list(figures, "metrics", partial(table, figures))
    for name, kind in UPLOADED.items():
        yield _of_template(name, kind)
        yield _of_upload(name, kind)
    yield FileRoute(
        "GET",
        "/exchange/hsds",
        Gate((FILES, "cobuild", "partners")),
        descriptions.hsds(),
        _exchange,
    )


def _of_list(
    one: Export | FigureTable, service: str, write: Callable[[str, Asker], Response]
) -> Iterator[FileRoute]:
    for format in FORMATS:
        yield FileRoute(
            "GET",
            f"/lists/{one.name}.{format}",
            Gate((FILES, service)),
            descriptions.exported(one, format),
            partial(write, format),
        )


def _of_template(name: str, kind: Kind) -> FileRoute:
    return FileRoute(
        "GET",
        f"/imports/{name}/template.xlsx",
        Gate((FILES,)),
        descriptions.template(name, kind),
        lambda asker: template(name, kind),
    )


def _of_upload(name: str, kind: Kind) -> FileRoute:
    return FileRoute(
        "POST",
        f"/imports/{name}",
        commanding(kind.service, kind.steps[0].command, before=FILES),
        descriptions.uploaded(name, kind),
        partial(_upload, name, kind),
    )


def _export(one: Export, format: str, asker: Asker) -> Response:
    """What everybody would get is remembered for a while: a file costs more than a page of its list."""
    if asker.actor is ANONYMOUS:
        memory.may_keep(request.environ, one.service, lasts_s=REMEMBERED_S)
    return export(one, format, asker)


def _upload(name: str, kind: Kind, asker: Asker) -> Response:
    return of_json(to_json(upload(kind, headings_of(name), asker)))


def headings_of(name: str) -> list[str]:
    """Those of our list of that name: as it was had as a file it may come back, with all its columns."""
    exports = [one for one in EXPORTS if one.name == name]
    return [column.heading for one in exports for column in one.columns]


def _exchange(asker: Asker) -> Response:
    exchange.must_be_reader(asker)
    return of_json(exchange.written(exchange.exchanged(asker)))


ROUTES = tuple(_routes())
GATES: Gates = {(one.method, API + one.path): one.gate for one in ROUTES}
