"""Attendances behind a figure: by person for the community's own workers, by session for everybody else.

A person who attended several sessions of a cell counts as one in the first of them, by day and id.
"""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.metrics.definitions import MINUTES_BY_CLASS
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.folds.people import figures_of
from services.metrics.folds.session_figures import cells_at
from services.metrics.folds.years import cells_of_line
from services.metrics.reckoning.ranges import BATCH, starting
from services.metrics.reckoning.values import identifiers
from services.metrics.views.sessions import Place, following, page_of_sessions, place

MOST_READ = 500
BY_CLASS = identifiers(MINUTES_BY_CLASS)


def by_person(views: Reads, question: Json) -> Json:
    """One line for each person at each session that contributes; a page passes as many as it may show."""
    items: list[Json] = []
    last: list[str] = []
    for read, (session, presence) in enumerate(_presences(views, question)):
        if read == question["limit"]:
            return {"items": items, "next": last}
        there = presence or session
        last = [session["day"], there["id"]]
        if presence:
            items += _of_person(views, question, session, presence)
    return {"items": items, "next": None}


def _of_person(
    views: Reads, question: Json, session: Json, presence: Json
) -> Iterator[Json]:
    """The person's line; none where nothing of theirs contributes."""
    contribution = _contribution(views, question, session, presence)
    if contribution:
        person = {"kind": "attendance", "person": presence["person"]}
        yield _shown(session, contribution) | person


def _presences(views: Reads, question: Json) -> Iterator[tuple[Json, Json | None]]:
    """Each session of the cell with nobody first, then with each who came, from where the last page ended."""
    after: Place | None = None
    batch = question["limit"] + 1
    if question["after"]:
        day, last = question["after"]
        after = day, last.partition(":")[0]
        yield from _rest_of(views, question, last, batch)
    while sessions := following(views, question, after, question["limit"]):
        for session in sessions:
            yield session, None
            for presence in _at(views, session, batch):
                yield session, presence
        after = sessions[-1]["day"], sessions[-1]["id"]


def _rest_of(
    views: Reads, question: Json, last: str, batch: int
) -> Iterator[tuple[Json, Json]]:
    """Who else came to the session in the midst of which a page ended; nobody is shown more by a forged place."""
    session = views.get("sessions", last.partition(":")[0])
    if session is None or _cell(question) not in cells_at(session):
        return
    for presence in _at(views, session, batch, last):
        yield session, presence


def _at(
    views: Reads, session: Json, batch: int = BATCH, after: str | None = None
) -> Iterator[Json]:
    prefix = f"{session['id']}:"
    return starting(views, "presences", prefix, after=after, batch=batch)


def by_session(views: Reads, question: Json) -> Json:
    """Distinct persons by session. A session is never told in parts, so a page ends early where many came."""
    page = page_of_sessions(views, question)
    items: list[Json] = []
    last: list[str] = []
    read = 0
    for session in page["items"]:
        if read > MOST_READ:
            return {"items": items, "next": last}
        people = list(_at(views, session))
        read += len(people)
        last = place(session)
        firsts = sum(_is_first(views, question, session, person) for person in people)
        if firsts:
            items.append(_shown(session, firsts) | {"kind": "session"})
    return page | {"items": items}


def _contribution(views: Reads, question: Json, session: Json, presence: Json) -> int:
    figure = question["figure"]
    if figure == "unique_participants":
        return int(_is_first(views, question, session, presence))
    figures = figures_of(presence)
    if figure == "service_minutes":
        return sum(figures.get(name, 0) for name in BY_CLASS)
    return figures.get(figure, 0)


def _is_first(views: Reads, question: Json, session: Json, presence: Json) -> bool:
    """True when it is the person's first attendance in the cell."""
    if not presence["attended"]:
        return False
    year = views.get("person_years", f"{presence['person']}:{session['day'][:4]}")
    if year is None:
        return False
    attended = _attended(year, _cell(question))
    return min(attended, default=None) == (session["day"], session["id"])


def _attended(year: Json, cell: str) -> Iterator[tuple[str, str]]:
    """(day, session) of the attendances of a person's year that are in the cell."""
    for line in year["attended"]:
        if cell in cells_of_line(year, line):
            session, day, _ = line.split(" ")
            yield day, session


def _cell(question: Json) -> str:
    place = question["scope"], question["period"]
    return cell_id(*place, question["dimension"], question.get("value", ""))


def _shown(session: Json, contribution: int) -> Json:
    about = pick(session, "day", "community", "seq")
    fact = {"fact": f"session/{session['id']}", "contribution": contribution}
    return about | fact
