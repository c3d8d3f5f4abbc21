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
from services.xfh.reconcile.cells import Cells, day_of, scopes_of

GRACE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
POSTED = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
TO_MANY = ("hours_settled.v1", "roles_changed.v1")
COMES = {"checked_in.v1": "in", "walked_in.v1": "in", "checked_out.v1": "out"}


@dataclass
class Party:
    """As what a party came, and everybody who ever was of it."""

    helps: bool
    people: list[str] = field(default_factory=list)


Mark = tuple[
    str, str, str
]  # (at, direction, way): of two at one moment, coming is before going.


@dataclass
class Visit:
    """One person at one session: all their marks, and what somebody decided of their hours.

    `helps` is as what they came, `apart` that they sit with the helpers: the one may be decided afterwards.
    """

    session: str
    person: str
    marks: list[Mark] = field(default_factory=list)
    decided: tuple[bool, int] | None = None
    score: int = 0
    helps: bool = False
    apart: bool = False

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
        return (
            "scanned"
            if all(way == "scanned" for _, _, way in self.marks)
            else "backfilled"
        )

    @property
    def order(self) -> tuple[str, str]:
        return min(self.entries, default=""), self.session


Visits = dict[tuple[str, str], Visit]


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
    parties: dict[str, Party] = {}
    visits: Visits = {}
    for event in events:
        data = event.data
        for told in data.get("sessions", [data]) if event.type in POSTED else ():
            sessions[told["session"]] = {**data, **told}
        if data.get("session") in sessions:
            _happens_to_many(visits, event.type, data)
            _sit(
                visits,
                parties,
                event.type,
                data,
                sessions[data["session"]].get("all_help", False),
            )
            person = (
                data["party"][0]["person"]
                if event.type == "walked_in.v1"
                else data.get("person")
            )
            if person is not None:
                _happens(_visit(visits, data["session"], person), event.type, data)
    return sessions, list(visits.values())


def _visit(visits: Visits, session: str, person: str) -> Visit:
    return visits.setdefault((session, person), Visit(session, person))


def _happens_to_many(visits: Visits, type: str, data: dict[str, Any]) -> None:
    for one in data["people"] if type in TO_MANY else ():
        visit = _visit(visits, data["session"], one["person"])
        if type == "roles_changed.v1":
            visit.helps = data["to"] == "helper"
        elif one["counted"]:
            visit.marks.append((data["at"], "out", "backfilled"))


def _sit(
    visits: Visits,
    parties: dict[str, Party],
    type: str,
    data: dict[str, Any],
    all_help: bool,
) -> None:
    """Who, by the event, sits where the party of its sign-up does."""
    if "signup" not in data:
        return
    party = parties.setdefault(data["signup"], Party("role" in data))
    new = [member["person"] for member in data.get("party", ())]
    new += [data[name]["person"] for name in ("to", "member") if name in data]
    party.people += new
    for person in party.people if type == "offer_accepted.v1" else new:
        visit = _visit(visits, data["session"], person)
        visit.helps, visit.apart = party.helps, party.helps and not all_help


def _happens(visit: Visit, type: str, data: dict[str, Any]) -> None:
    if type in COMES or type == "scan_kept.v1":
        visit.marks.append(
            (data["at"], COMES.get(type) or data["direction"], data["way"])
        )
    elif type == "check_undone.v1":
        visit.marks.remove((data["at"], data["undone"], data["way"]))
    elif type == "hours_corrected.v1":
        visit.decided = data["attended"], data["minutes"]
    elif type == "activity_rated.v1":
        visit.score = data["score"]


def _minutes(
    visits: list[Visit], sessions: dict[str, dict[str, Any]]
) -> dict[str, int]:
    """Whole minutes by session, of one person's visits."""
    inside = {
        visit.session: _spans(visit, sessions[visit.session])
        for visit in visits
        if visit.attended
    }
    cuts = sorted(
        {moment for spans in inside.values() for span in spans for moment in span}
    )
    by_order = sorted(
        (visit for visit in visits if visit.attended), key=lambda visit: visit.order
    )
    spent: dict[str, timedelta] = defaultdict(timedelta)
    for since, until in pairwise(cuts):
        there = [
            visit
            for visit in by_order
            if any(a <= since and until <= b for a, b in inside[visit.session])
        ]
        if there:
            spent[there[0].session] += until - since
    return {
        visit.session: visit.decided[1]
        if visit.decided
        else spent[visit.session] // MINUTE
        for visit in visits
    }


def _spans(visit: Visit, session: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """When the person was in, as far as it counts for the session."""
    opens, closes = (
        _moment(session["starts_at"]) - GRACE,
        _moment(session["ends_at"]) + GRACE,
    )
    spans = [
        (max(since, opens), min(until, closes))
        for since, until in _there(visit, session)
    ]
    return [(since, until) for since, until in spans if since < until]


def _there(visit: Visit, session: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    """By how the session counts: from in to out, its whole length for who came before its end, or nothing."""
    hours = session.get("hours", "in_out")
    match session.get("helper_hours", hours) if visit.helps else hours:
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
    seat = {
        "attended": int(visit.attended),
        kind: minutes,
        "score": visit.score,
        "scans": len(visit.marks),
    }
    cells[f"seats/{visit.session}:{visit.person}"] = seat
    if not visit.attended:
        return
    seating = cells[f"seatings/{visit.session}{':helpers' if visit.apart else ''}"]
    seating["attended"] += 1
    seating["minutes" if visit.helps else "attended_minutes"] += minutes
    if not visit.helps or is_guest(
        visit.person
    ):  # Nobody but themself can make anybody's record.
        return
    year = day_of(session["starts_at"])[:4]
    for scope in ("all", *scopes_of(session["community"])):
        totals = cells[f"years/{visit.person}:{year}:{scope}"]
        for figure, value in (
            ("attendances", 1),
            ("minutes", minutes),
            (kind, minutes),
        ):
            totals[figure] += value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
