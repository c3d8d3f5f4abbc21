"""The roster and the sign-in sheet of an activity, to be printed by who keeps it: people by name, never by number."""

from collections.abc import Iterator
from datetime import datetime

from flask import Response, request

from gateway.edge import reading
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.files.columns import Cell, Column
from gateway.files.listed.activities import ROSTER, SIGN_IN
from gateway.files.listed.export import Export
from gateway.files.routes import LONGEST_S
from gateway.files.whole_lists import documents
from gateway.pages import html
from gateway.pages.names import Names
from schemas.activities.contents import OfSession
from schemas.documents import Json
from services.district.calendar import LOCAL, local_minute

SERVICE = "activities"
ROSTER_PAGE = "/activities/<activity>/roster"
SIGN_IN_PAGE = "/activities/<activity>/sign-in"
GATES: Gates = {("GET", path): asking(SERVICE) for path in (ROSTER_PAGE, SIGN_IN_PAGE)}
BLANK_LINES = 10  # For those who come without having signed up.


def register(app: Application) -> None:
    app.add_template_filter(minute)
    app.get(ROSTER_PAGE)(html.for_readers(roster_page))
    app.get(SIGN_IN_PAGE)(html.for_readers(sign_in_page))


def roster_page(activity: str) -> Response:
    """Who takes part, to be printed. It is of people: nobody keeps it."""
    return _printed(ROSTER, activity)


def sign_in_page(activity: str) -> Response:
    """Who has a seat, with room to sign and lines for others. Nobody keeps it."""
    return _printed(SIGN_IN, activity, BLANK_LINES)


def _printed(one: Export, activity: str, blank_lines: int = 0) -> Response:
    """The list on A4."""
    asker = Asker.of(request).within(LONGEST_S)
    question = _of_session(activity)
    columns = [column for column in one.columns if not _is_for_programs(column)]
    lines = list(_lines(one, columns, question, asker))
    page = html.drawn(
        "activities/roster.html",
        title=one.title,
        columns=columns,
        lines=lines,
        session=asker.ask(SERVICE, "get_session", question),
        blank_lines=blank_lines,
    )
    return html.private_page(page)


def _of_session(activity: str) -> Json:
    schema = OfSession()
    chosen = reading.known(request, schema)
    path = {"activity": activity}
    return reading.load(schema, reading.with_path(chosen, path, schema))


def _is_for_programs(column: Column) -> bool:
    return column.heading.endswith("编号")


def _lines(
    one: Export, columns: list[Column], question: Json, asker: Asker
) -> Iterator[list[str]]:
    """The first cell is who it is, or whose guest; to be written in by hand where no name is known."""
    narrowed = question | dict(one.only)
    called = Names(asker)
    for seat in documents(asker, SERVICE, one.question, narrowed):
        if seat is not None:
            _, *others = columns
            name = called(seat["person"])
            yield [name, *(_written(one.of(seat)) for one in others)]


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def minute(moment: str) -> str:
    """An instant in the district's own time."""
    return local_minute(datetime.fromisoformat(moment).astimezone(LOCAL))
