"""A list as a file: the same question, the same caller, the same filters as its JSON."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, request

from gateway.edge import reading
from gateway.files import choices
from gateway.files.columns import Cell
from gateway.files.formats import FORMATS, Sheet
from gateway.files.lists import Export
from gateway.files.pages import MOST, PAGING, Asker
from gateway.files.place_names import PlaceNames

CUT = f"没有列全，一次最多 {MOST:,} 行；请用筛选条件分几次导出"


def export(one: Export, format: str, asker: Asker) -> Response:
    media_type, write = FORMATS[format]
    schema = one.route.schema(exclude=(*PAGING, *one.only))
    said = {**reading.load(schema, reading.query(request, schema)), **one.only}
    names = PlaceNames(asker)
    chosen = choices.chosen(one, schema, said, names)
    about = Sheet("说明", choices.COLUMNS, choices.rows(one, chosen))
    content = write(
        [Sheet(one.title, one.columns, _rows(one, asker, said, names)), about]
    )
    title = choices.name_of(one, chosen) if format == "csv" else one.title
    return attachment(content, media_type, f"{title}.{format}", f"{one.name}.{format}")


def _rows(
    one: Export, asker: Asker, said: dict[str, Any], names: PlaceNames
) -> Iterator[Sequence[Cell]]:
    for document in asker.documents(one.service, one.question, said):
        yield (
            [CUT]
            if document is None
            else [names.of(column, document) for column in one.columns]
        )


def attachment(content: bytes, media_type: str, name: str, ascii_name: str) -> Response:
    """A file to be kept under `name`; programs that read no RFC 8187 take `ascii_name`."""
    headers = {
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, headers=headers, content_type=media_type)
