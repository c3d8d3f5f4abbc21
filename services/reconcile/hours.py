"""Who was where for how long: the minutes that all the scans of a person add up to, and their years.

Time is cut at every moment somebody comes, goes or a session's grace begins or ends. Each piece counts for the one
session the person had entered first of those they were in; nothing is kept from one event to the next but the scans.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from schemas.persons import is_guest
from services.kit.log import Event
from services.reconcile.cells import Cells, day_of, scopes_of

GRACE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
POSTED = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
COMES = {"checked_in.v1": "in", "walked_in.v1": "in", "checked_out.v1": "out"}

Mark = tuple[str, str, str]  # (at, direction, way): of two at one moment, coming is before going.


@dataclass
class Visit:
    """One person at one session: all their marks, and what somebody decided of their hours."""

    session: str
    person: str
    marks: list[Mark] = field(default_factory=list)
    decided: tuple[bool, int] | None = None
    score: int = 0

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
        return "scanned" if all(way == "scanned" for _, _, way in self.marks) else "backfilled"

    @property
    def order(self) -> tuple[str, str]:
        return min(self.entries, default=""), self.session


def recompute(events: Iterable[Event]) -> Cells:
    """`seats/session:person` for whoever came, and `years/person:year:place` with its totals."""
    sessions, visits = replayed(events)
    by_person: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_person[visit.person].append(visit)
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for own in by_person.values():
        minutes = _minutes(own, sessions)
        for visit in own:
            _add(cells, visit, minutes[visit.session], sessions[visit.session])
    return cells


def replayed(events: Iterable[Event]) -> tuple[dict[str, dict[str, Any]], list[Visit]]:
    """What each session says last, and everybody's marks."""
    sessions: dict[str, dict[str, Any]] = {}
    visits: dict[tuple[str, str], Visit] = {}
    for event in events:
        data = event.data
        for one in data["people"] if event.type == "hours_settled.v1" else ():
            if one["counted"]:
                visits[(data["session"], one["person"])].marks.append((data["at"], "out", "backfilled"))
        for told in data.get("sessions", [data]) if event.type in POSTED else ():
            sessions[told["session"]] = {**data, **told}
        person = data["party"][0]["person"] if event.type == "walked_in.v1" else data.get("person")
        if person is not None and data.get("session") in sessions:
            key = data["session"], person
            _happens(visits.setdefault(key, Visit(*key)), event.type, data)
    return sessions, list(visits.values())


def _happens(visit: Visit, type: str, data: dict[str, Any]) -> None:
    if type in COMES or type == "scan_kept.v1":
        visit.marks.append((data["at"], COMES.get(type) or data["direction"], data["way"]))
    elif type == "check_undone.v1":
        visit.marks.remove((data["at"], data["undone"], data["way"]))
    elif type == "hours_corrected.v1":
        visit.decided = data["attended"], data["minutes"]
    elif type == "activity_rated.v1":
        visit.score = data["score"]


def _minutes(visits: list[Visit], sessions: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Whole minutes by session, of one person's visits."""
    inside = {visit.session: _spans(visit, sessions[visit.session]) for visit in visits if visit.attended}
    cuts = sorted({moment for spans in inside.values() for span in spans for moment in span})
    by_order = sorted((visit for visit in visits if visit.attended), key=lambda visit: visit.order)
    spent: dict[str, timedelta] = defaultdict(timedelta)
    for since, until in pairwise(cuts):
        there = [visit for visit in by_order if any(a <= since and until <= b for a, b in inside[visit.session])]
        if there:
            spent[there[0].session] += until - since
    return {visit.session: visit.decided[1] if visit.decided else spent[visit.session] // MINUTE for visit in visits}


def _spans(visit: Visit, session: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """When the person was in, as far as it counts for the session."""
    opens, closes = _moment(session["starts_at"]) - GRACE, _moment(session["ends_at"]) + GRACE
    spans = [(max(since, opens), min(until, closes)) for since, until in _there(visit, session)]
    return [(since, until) for since, until in spans if since < until]


def _there(visit: Visit, session: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """By how the session counts: from in to out, its whole length for who came before its end, or nothing."""
    match session.get("hours", "in_out"):
        case "in_out":
            return [*_stays(visit.marks)]
        case "length" if min(visit.entries, default="~") < session["ends_at"]:
            return [(_moment(session["starts_at"]), _moment(session["ends_at"]))]
        case _:
            return []


def _stays(marks: list[Mark]) -> Iterator[tuple[datetime, datetime]]:
    """From the first entry after each exit to the exit that ends it."""
    came = ""
    for at, direction, _ in sorted(marks):
        if direction == "in":
            came = came or at
        elif came:
            yield _moment(came), _moment(at)
            came = ""


def _add(cells: Cells, visit: Visit, minutes: int, session: dict[str, Any]) -> None:
    kind = f"minutes_{visit.kind}"
    seat = {"attended": int(visit.attended), kind: minutes, "score": visit.score, "scans": len(visit.marks)}
    cells[f"seats/{visit.session}:{visit.person}"] = seat
    if not visit.attended:
        return
    cells[f"seatings/{visit.session}"]["attended"] += 1
    cells[f"seatings/{visit.session}"]["minutes"] += minutes
    if is_guest(visit.person):  # Nobody but themself can make anybody's record.
        return
    year = day_of(session["starts_at"])[:4]
    for scope in ("all", *scopes_of(session["community"])):
        totals = cells[f"years/{visit.person}:{year}:{scope}"]
        for figure, value in (("attendances", 1), ("minutes", minutes), (kind, minutes)):
            totals[figure] += value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
