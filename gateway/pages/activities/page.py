"""The roster and the sign-in sheet of an activity, to be printed by who keeps it: people by name, never by number."""

from collections.abc import Iterator
from operator import itemgetter

from flask import Response, request

from gateway.edge import reading
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.files.columns import Cell, Column
from gateway.files.listed.activities import ROSTER, SIGN_IN
from gateway.files.listed.export import Export
from gateway.files.routes import LONGEST_S
from gateway.files.whole_lists import documents, those_there
from gateway.pages import html
from gateway.pages.names import names_of
from schemas.activities.contents import OfSession
from schemas.documents import Json

SERVICE = "activities"
ROSTER_PAGE = "/activities/<activity>/roster"
SIGN_IN_PAGE = "/activities/<activity>/sign-in"
GATES: Gates = {("GET", path): asking(SERVICE) for path in (ROSTER_PAGE, SIGN_IN_PAGE)}
BLANK_LINES = 10  # For those who come without having signed up.


def register(app: Application) -> None:
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
    lines = list(_lines(one, columns, _seats(one, question, asker), asker))
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


def _seats(one: Export, question: Json, asker: Asker) -> list[Json]:
    """By party, in the order in which they signed up, as the pages at the door have them."""
    narrowed = question | dict(one.only)
    seats = those_there(list(documents(asker, SERVICE, one.question, narrowed)))
    return sorted(seats, key=itemgetter("signup"))


def _lines(
    one: Export, columns: list[Column], seats: list[Json], asker: Asker
) -> Iterator[list[Cell]]:
    """The first cell is who it is, or whose guest; to be written in by hand where no name is known."""
    called = names_of(asker, (seat["person"] for seat in seats))
    for seat in seats:
        _, *others = columns
        yield [called(seat["person"]), *(one.of(seat) for one in others)]
