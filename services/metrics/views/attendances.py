"""Attendances behind a figure: by person for the community's own workers, by session for everybody else.

A person who attended several sessions of a cell counts as one in the first of them, by day and id.
"""

from collections.abc import Iterator

from schemas.documents import Json
from schemas.metrics.definitions import MINUTES_BY_CLASS
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.folds.people import figures_of
from services.metrics.folds.session_figures import cells_at
from services.metrics.folds.years import cells_of_line
from services.metrics.reckoning.ranges import starting
from services.metrics.views.sessions import following, page_of_sessions, place

MOST_READ = 500


def by_person(views: Reads, question: Json) -> Json:
    """One line for each person at each session that contributes; a page passes as many as it may show."""
    items: list[Json] = []
    last: list[str] = []
    for read, (session, presence) in enumerate(_presences(views, question)):
        if read == question["limit"]:
            return {"items": items, "next": last}
        last = [session["day"], presence["id"] if presence else session["id"]]
        contribution = (
            _contribution(views, question, session, presence) if presence else 0
        )
        if presence and contribution:
            items.append(
                {
                    **_shown(session, contribution),
                    "kind": "attendance",
                    "person": presence["person"],
                }
            )
    return {"items": items, "next": None}


def _presences(views: Reads, question: Json) -> Iterator[tuple[Json, Json | None]]:
    """Each session of the cell with nobody first, then with each who came, from where the last page ended."""
    after, batch = None, question["limit"] + 1
    if question["after"]:
        day, last = question["after"]
        after = (day, last.partition(":")[0])
        begun = views.get("sessions", after[1])
        if begun is not None and _cell(question) in cells_at(
            begun
        ):  # Nobody is shown more by a forged place.
            for presence in starting(
                views, "presences", f"{after[1]}:", after=last, batch=batch
            ):
                yield begun, presence
    while found := following(views, question, after, question["limit"]):
        for session in found:
            yield session, None
            for presence in starting(
                views, "presences", f"{session['id']}:", batch=batch
            ):
                yield session, presence
        after = (found[-1]["day"], found[-1]["id"])


def by_session(views: Reads, question: Json) -> Json:
    """Distinct persons by session. A session is never told in parts, so a page ends early where many came."""
    found = page_of_sessions(views, question)
    items: list[Json] = []
    last: list[str] = []
    read = 0
    for session in found["items"]:
        if read > MOST_READ:
            return {"items": items, "next": last}
        people = list(starting(views, "presences", f"{session['id']}:"))
        read += len(people)
        last = place(session)
        firsts = sum(
            _is_first(views, question, session, presence) for presence in people
        )
        if firsts:
            items.append({**_shown(session, firsts), "kind": "session"})
    return {"items": items, "next": found["next"]}


def _contribution(views: Reads, question: Json, session: Json, presence: Json) -> int:
    figure = question["figure"]
    if figure == "unique_participants":
        return _is_first(views, question, session, presence)
    figures = figures_of(presence)
    if figure == "service_minutes":
        return sum(figures.get(one.identifier, 0) for one in MINUTES_BY_CLASS)
    return figures.get(figure, 0)


def _is_first(views: Reads, question: Json, session: Json, presence: Json) -> int:
    """1 when it is the person's first attendance in the cell, else 0."""
    if not presence["attended"]:
        return 0
    year = views.get("person_years", f"{presence['person']}:{session['day'][:4]}")
    if year is None:
        return 0
    cell = _cell(question)
    lines = [
        line.split(" ")
        for line in year["attended"]
        if cell in cells_of_line(year, line)
    ]
    return int(
        bool(lines)
        and min((day, id) for id, day, _ in lines) == (session["day"], session["id"])
    )


def _cell(question: Json) -> str:
    return cell_id(
        question["scope"],
        question["period"],
        question["dimension"],
        question.get("value", ""),
    )


def _shown(session: Json, contribution: int) -> Json:
    told = {name: session[name] for name in ("day", "community", "seq")}
    return {**told, "fact": f"session/{session['id']}", "contribution": contribution}
