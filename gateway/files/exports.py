"""A list as a file: the same question, the same caller, the same filters as its JSON."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from flask import Response, request

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.looks import roster_of
from gateway.files import choices
from gateway.files.columns import Cell
from gateway.files.formats import FORMATS, Sheet
from gateway.files.listed.export import Export
from gateway.files.place_names import PlaceNames
from gateway.files.whole_lists import MOST, PAGING, documents
from schemas.documents import Json

CUT = f"没有列全，一次最多 {MOST:,} 行；请用筛选条件分几次导出"


def export(one: Export, format: str, asker: Asker) -> Response:
    """The list as `format`, and on a sheet beside it what it was narrowed to. Raises a `Problem`, or `NotDone`."""
    media_type, write = FORMATS[format]
    schema = one.route.schema(exclude=(*PAGING, *one.only))
    chosen = reading.load(schema, reading.query(request, schema))
    filters = chosen | dict(one.only)
    names = PlaceNames(asker)
    narrowed = choices.chosen(one, schema, filters, names)
    listed = Sheet(one.title, one.columns, _rows(one, asker, filters, names))
    about = Sheet("说明", choices.COLUMNS, choices.rows(one, narrowed))
    title = choices.name_of(one, narrowed) if format == "csv" else one.title
    content = write([listed, about])
    if one.of_people:
        _must_be_recorded(one, filters, asker)
    return attachment(content, media_type, f"{title}.{format}", f"{one.name}.{format}")


def _must_be_recorded(one: Export, filters: Json, asker: Asker) -> None:
    """When all is written and nothing handed out. Raises `Unavailable`."""
    about = roster_of(filters) if "activity" in filters else ""
    asker.services.looks.must_record_export(one.title, about, asker.actor)


def _rows(
    one: Export, asker: Asker, filters: Json, names: PlaceNames
) -> Iterator[Sequence[Cell]]:
    for document in documents(asker, one.service, one.question, filters):
        if document is None:
            yield [CUT]
        else:
            yield [names.cell(column, document) for column in one.columns]


def attachment(content: bytes, media_type: str, name: str, ascii_name: str) -> Response:
    """A file to be kept under `name`; programs that read no RFC 8187 take `ascii_name`."""
    names = f"filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    headers = {
        "Content-Disposition": f"attachment; {names}",
        "Cache-Control": "no-store",
    }
    return Response(content, headers=headers, content_type=media_type)
