"""The pages of an activity: what all may know of it; its roster and sign-in sheet to print, for who keeps it."""

from collections.abc import Iterator
from datetime import datetime

from flask import Flask, Response, render_template, request

from gateway.edge import memory, reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates, asking
from gateway.edge.rpc import Services
from gateway.files.columns import Cell
from gateway.files.lists import ROSTER, SIGN_IN, Export
from gateway.files.pages import PER_PAGE, Asker
from gateway.files.routes import LONGEST_S
from gateway.pages import html
from schemas.activities.contents import OfActivity, OfSession
from schemas.documents import Json
from services.district.calendar import LOCAL, local_minute
from services.kit.actor import ANONYMOUS
from services.kit.clock import Deadline
from services.kit.errors import Problem
from services.kit.tokens import Verifier

SERVICE = "activities"
PAGE = "/activities/<activity>"
GATES: Gates = {
    ("GET", f"{PAGE}{more}"): asking(SERVICE) for more in ("", "/roster", "/sign-in")
}
BLANK_LINES = 10  # For those who come without having signed up.


def add(app: Flask, services: Services, verifier: Verifier) -> None:
    app.add_template_filter(minute)
    app.add_template_filter(terms_in_words)

    def asker() -> Asker:
        actor = actor_of(request.environ, verifier)
        return Asker(
            services, actor, request.environ[TRACE], b"", Deadline.after(LONGEST_S)
        )

    @app.get(PAGE)
    def activity_page(activity: str) -> Response:
        try:
            return html.page(
                render_template("activities/activity.html", **_told(activity, asker()))
            )
        except Problem as problem:
            return html.told(problem)

    @app.get(f"{PAGE}/roster")
    def roster_page(activity: str) -> Response:
        return _printed(ROSTER, activity, asker())

    @app.get(f"{PAGE}/sign-in")
    def sign_in_page(activity: str) -> Response:
        return _printed(SIGN_IN, activity, asker(), BLANK_LINES)


def _told(activity: str, asker: Asker) -> Json:
    """What the page says. Asked as everybody, whoever asks: what is seen here may be passed on."""
    said = reading.load(OfActivity(), {"activity": activity})
    everybody = asker._replace(actor=ANONYMOUS)
    request.environ[memory.SERVICE] = SERVICE
    shown = everybody.answer(SERVICE, "get_activity", said)
    sessions = everybody.answer(
        SERVICE, "list_sessions", {**said, "after": None, "limit": PER_PAGE}
    )
    return {"shown": shown, "sessions": sessions["items"]}


def _printed(
    one: Export, activity: str, asker: Asker, blank_lines: int = 0
) -> Response:
    """The list on A4. It is of people: nobody keeps it."""
    try:
        said = reading.load(
            OfSession(),
            reading.with_path(
                reading.known(request, OfSession()), {"activity": activity}, OfSession()
            ),
        )
        lines = list(_lines(one, said, asker))
        session = asker.answer(SERVICE, "get_session", said)
        told = {
            "title": one.title,
            "columns": one.columns,
            "lines": lines,
            "session": session,
        }
        page = render_template(
            "activities/roster.html", **told, blank_lines=blank_lines
        )
        return html.page(page, "private, no-store")
    except Problem as problem:
        return html.told(problem)


def _lines(one: Export, said: Json, asker: Asker) -> Iterator[list[str]]:
    for document in asker.documents(SERVICE, one.question, {**said, **one.only}):
        if document is not None:
            yield [_written(column.of(document)) for column in one.columns]


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def minute(moment: str) -> str:
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
