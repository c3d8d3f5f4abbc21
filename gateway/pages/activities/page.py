"""The pages of an activity: what all may know of it; its roster and sign-in sheet to print, for who keeps it."""

from collections.abc import Iterator
from datetime import datetime

from flask import Response, render_template, request

from gateway.edge import memory, reading
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.files.columns import Cell
from gateway.files.listed.activities import ROSTER, SIGN_IN
from gateway.files.listed.export import Export
from gateway.files.routes import LONGEST_S
from gateway.files.whole_lists import PER_PAGE, documents
from gateway.pages import html
from schemas.activities.contents import OfActivity, OfSession
from schemas.documents import Json
from services.district.calendar import LOCAL, local_minute
from services.kit.actor import ANONYMOUS

SERVICE = "activities"
PAGE = "/activities/<activity>"
ROSTER_PAGE, SIGN_IN_PAGE = f"{PAGE}/roster", f"{PAGE}/sign-in"
GATES: Gates = {
    ("GET", path): asking(SERVICE) for path in (PAGE, ROSTER_PAGE, SIGN_IN_PAGE)
}
BLANK_LINES = 10  # For those who come without having signed up.


def register(app: Application) -> None:
    app.add_template_filter(minute)
    app.add_template_filter(terms_in_words)
    app.get(PAGE)(html.for_readers(activity_page))
    app.get(ROSTER_PAGE)(html.for_readers(roster_page))
    app.get(SIGN_IN_PAGE)(html.for_readers(sign_in_page))


def activity_page(activity: str) -> Response:
    """Asked as everybody, whoever asks: what is seen here may be passed on."""
    asker = Asker.of(request).within(LONGEST_S)._replace(actor=ANONYMOUS)
    question = reading.load(OfActivity(), {"activity": activity})
    memory.may_keep(request.environ, SERVICE)
    shown = asker.ask(SERVICE, "get_activity", question)
    first_page = question | {"after": None, "limit": PER_PAGE}
    sessions = asker.ask(SERVICE, "list_sessions", first_page)["items"]
    return html.page(
        render_template("activities/activity.html", shown=shown, sessions=sessions)
    )


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
    lines = list(_lines(one, question, asker))
    page = render_template(
        "activities/roster.html",
        title=one.title,
        columns=one.columns,
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


def _lines(one: Export, question: Json, asker: Asker) -> Iterator[list[str]]:
    narrowed = question | dict(one.only)
    for document in documents(asker, SERVICE, one.question, narrowed):
        if document is not None:
            yield [_written(column.of(document)) for column in one.columns]


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def minute(moment: str) -> str:
    """An instant in the district's own time."""
    return local_minute(datetime.fromisoformat(moment).astimezone(LOCAL))


def terms_in_words(terms: Json) -> list[str]:
    """Who may sign up and how, a line each."""
    words = []
    if "least_age" in terms:
        words.append(f"活动当天满 {terms['least_age']} 周岁")
    if "most_age" in terms:
        words.append(f"活动当天不超过 {terms['most_age']} 周岁")
    if "communities" in terms:
        words.append("限部分社区的居民")
    if terms.get("one_per_household"):
        words.append("每户限报一次")
    if terms.get("approval"):
        words.append("报名要由主办方审核")
    return words
