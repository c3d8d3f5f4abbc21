"""What sessions as plain lists add up to: the figures of a cell, and the deeds that attended sessions are."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product

from services.xfh.reconcile.cells import Cells, nonzero, periods_of, scopes_of
from services.xfh.reconcile.plain import Session, Visit


def counted(sessions: list[Session]) -> dict[str, int]:
    """The figures of one cell, from the sessions in it."""
    figures: Counter[str] = Counter()
    people = set[str]()
    for session in sessions:
        figures.update(_of_session(session))
        figures.update(_of_held(session) if session.state == "held" else {})
        for person, visit in session.visits.items():
            figures.update(_of_visit(visit))
            if visit.attended:
                people.add(person)
    figures["unique_participants"] = len(people)
    return nonzero(figures)


def _of_session(session: Session) -> dict[str, int]:
    scores = [
        visit.score for visit in session.visits.values() if visit.score is not None
    ]
    return {
        "open_sessions": int(session.state == "open"),
        "ratings": len(scores),
        "satisfied": len([score for score in scores if score > 3]),
    }


def _of_held(session: Session) -> dict[str, int]:
    there = [visit for visit in session.visits.values() if visit.attended]
    turned_up = len([visit for visit in there if visit.invited])
    confirmed = session.seats().total()
    return {
        "sessions_held": 1,
        "capacity": session.capacity,
        "confirmed": confirmed,
        "attended": len(there),
        "turned_up": turned_up,
        "no_shows": confirmed - turned_up + session.late.total(),
    }


def _of_visit(visit: Visit) -> dict[str, int]:
    minutes = f"service_minutes_{visit.hours}" if visit.helps else "attended_minutes"
    times = "helper_times" if visit.helps else "participant_times"
    came = int(visit.attended)
    return {
        minutes: visit.minutes,
        "person_times": came,
        times: came,
    }


def deeds(sessions: Iterable[Session]) -> Cells:
    """Which sessions somebody attended: by community, and by the units that host them."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for session in sessions:
        if session.is_attended:
            _cover(cells, session)
            _host(cells, session)
    return cells


def _cover(cells: Cells, session: Session) -> None:
    community = session.posting["community"]
    grid = session.posting.get("grid")
    for period in periods_of(session.day):
        cells[f"attending/{period}:{community}"]["deeds"] += 1
        if "grid" in session.posting:
            cells[f"attending_grids/{period}:{community}:{grid}"]["deeds"] += 1


def _host(cells: Cells, session: Session) -> None:
    month = session.day[:7]
    scopes = scopes_of(session.posting["community"])
    for scope, unit in product(scopes, session.units):
        cells[f"hosting/{scope}:{month}:{unit}"][session.day] += 1
