"""The minutes that all the scans of a person add up to.

Time is cut at every moment somebody comes, goes or a session's grace begins or ends. Each piece counts for the one
session the person had entered first of those they were in; nothing is kept from one event to the next but the scans.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from schemas.documents import Json

GRACE = timedelta(minutes=15)


MINUTE = timedelta(minutes=1)


Mark = tuple[str, str, str]
"""(at, direction, way): of two at one moment, coming is before going."""


Span = tuple[datetime, datetime]


@dataclass
class Visit:
    """One person at one session: all their marks, and what somebody decided of their hours.

    `helps` is as what they came, `apart` that they sit with the helpers: the one may be decided afterwards. `signup` is
    the one by which they sat down last.
    """

    session: str
    person: str
    marks: list[Mark] = field(default_factory=list)
    decided: tuple[bool, int] | None = None
    score: int = 0
    helps: bool = False
    apart: bool = False
    signup: str = ""

    @property
    def entries(self) -> list[str]:
        return [at for at, direction, _ in self.marks if direction == "in"]

    @property
    def attended(self) -> bool:
        return self.decided[0] if self.decided else bool(self.entries)

    @property
    def kind(self) -> str:
        if self.decided:
            return "adjusted"
        is_scanned = all(way == "scanned" for _, _, way in self.marks)
        return "scanned" if is_scanned else "backfilled"


def minutes_of(visits: list[Visit], sessions: dict[str, Json]) -> dict[str, int]:
    """Whole minutes by session, of one person's visits: measured, but where somebody has decided them."""
    minutes = _measured(visits, sessions)
    for visit in visits:
        if visit.decided:
            minutes[visit.session] = visit.decided[1]
    return minutes


def _measured(visits: list[Visit], sessions: dict[str, Json]) -> dict[str, int]:
    came = sorted((visit for visit in visits if visit.attended), key=_order)
    inside = {visit.session: _spans(visit, sessions[visit.session]) for visit in came}
    spent = {visit.session: timedelta() for visit in visits}
    for since, until in pairwise(_cuts(inside.values())):
        there = (visit.session for visit in came if _is_in(inside, visit, since, until))
        first = next(there, None)
        if first is not None:
            spent[first] += until - since
    return {session: time // MINUTE for session, time in spent.items()}


def _order(visit: Visit) -> tuple[str, str]:
    """By the first entry."""
    return min(visit.entries, default=""), visit.session


def _cuts(inside: Iterable[list[Span]]) -> list[datetime]:
    """Every moment at which somebody comes, goes or begins or ceases to count, in order."""
    moments: set[datetime] = set()
    for spans in inside:
        moments.update(*spans)
    return sorted(moments)


def _is_in(
    inside: Mapping[str, list[Span]], visit: Visit, since: datetime, until: datetime
) -> bool:
    spans = inside[visit.session]
    return any(begins <= since and until <= ends for begins, ends in spans)


def _spans(visit: Visit, session: Json) -> list[Span]:
    """When the person was in, as far as it counts for the session."""
    opens = _moment(session["starts_at"]) - GRACE
    closes = _moment(session["ends_at"]) + GRACE
    spans = [
        (max(since, opens), min(until, closes))
        for since, until in _there(visit, session)
    ]
    return [(since, until) for since, until in spans if since < until]


def _there(visit: Visit, session: Json) -> list[Span]:
    """By how the session counts: from in to out, its whole length for who came before its end, or nothing."""
    hours = session.get("hours", "in_out")
    if visit.helps:
        hours = session.get("helper_hours", hours)
    if hours == "in_out":
        return list(_stays(visit.marks))
    came = min(visit.entries, default="~")
    if hours == "length" and came < session["ends_at"]:
        return [(_moment(session["starts_at"]), _moment(session["ends_at"]))]
    return []


def _stays(marks: list[Mark]) -> Iterator[Span]:
    """From the first entry after each exit to the exit that ends it."""
    came = ""
    for at, direction, _ in sorted(marks):
        if direction == "in":
            came = came or at
        elif came:
            yield _moment(came), _moment(at)
            came = ""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
