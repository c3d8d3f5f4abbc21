"""A second, naive computation of every figure, straight from the logs, to hold against what metrics shows.

It shares no fold and no running sum with the metrics service: it replays the activities log into plain lists and
counts each cell from scratch. Slow on purpose, simple on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from services.kit.log import Event

CHINA = timezone(timedelta(hours=8))
GRACE = timedelta(minutes=15)

Cells = dict[str, dict[str, int]]


@dataclass
class Visit:
    """One person at one session: scans as (time, in or out, how), and the score they gave."""

    scans: list[tuple[str, str, str]] = field(default_factory=list)
    score: int | None = None


@dataclass
class Session:
    posting: dict[str, Any]
    closed: bool = False
    groups: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    late: int = 0
    visits: dict[str, Visit] = field(default_factory=lambda: defaultdict(Visit))


def recompute(events: Iterable[Event]) -> Cells:
    """Every cell the events of the activities log add up to: `{cell id: {figure: value}}`, zeros left out."""
    sessions = list(_replayed(events).values())
    members: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        for cell in _cell_ids(session.posting):
            members[cell].append(session)
    counted = {cell: _count(held) for cell, held in members.items()}
    return {cell: figures for cell, figures in counted.items() if figures}


def _replayed(events: Iterable[Event]) -> dict[str, Session]:
    sessions: dict[str, Session] = {}
    for event in events:
        data = event.data
        match event.type:
            case "activity_published.v1":
                sessions[data["session"]] = Session(data)
            case "activity_closed.v1":
                sessions[data["session"]].closed = True
            case "signup_confirmed.v1" | "signup_waitlisted.v1":
                standing = "in" if event.type == "signup_confirmed.v1" else "waiting"
                people = [member["person"] for member in data["party"]]
                sessions[data["session"]].groups[data["signup"]] = (people, standing)
            case "signup_cancelled.v1":
                _cancel(sessions[data["session"]], data)
            case "checked_in.v1" | "checked_out.v1":
                way = "in" if event.type == "checked_in.v1" else "out"
                sessions[data["session"]].visits[data["person"]].scans.append((data["at"], way, data["way"]))
            case "activity_rated.v1":
                sessions[data["session"]].visits[data["person"]].score = data["score"]
    return sessions


def _cancel(session: Session, data: dict[str, Any]) -> None:
    people, standing = session.groups[data["signup"]]
    if data["late"] and standing == "in":
        session.late += len(people)
    session.groups[data["signup"]] = (people, "out")
    for id in data["promoted"]:
        session.groups[id] = (session.groups[id][0], "in")


def _cell_ids(posting: dict[str, Any]) -> Iterator[str]:
    day = datetime.fromisoformat(posting["starts_at"]).astimezone(CHINA)
    quarter = (day.month - 1) // 3 + 1
    periods = [f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day.year}-Q{quarter}", f"{day.year}"]
    community = posting["community"]
    for scope in (community[:6], community[:9], community):
        for period in periods:
            yield f"{scope}:{period}:all:"
            yield f"{scope}:{period}:category:{posting['category']}"
            yield f"{scope}:{period}:host:{posting['host']}"


def _count(sessions: list[Session]) -> dict[str, int]:
    """The figures of one cell, from the sessions in it; those that are zero left out."""
    present = [(session, person) for session in sessions for person, visit in session.visits.items() if visit.scans]
    scores = [visit.score for session in sessions for visit in session.visits.values() if visit.score is not None]
    held = [session for session in sessions if session.closed]
    confirmed = sum(len(people) for session in held for people, standing in session.groups.values() if standing == "in")
    attended = sum(1 for session, _ in present if session.closed)
    figures = {
        "person_times": len(present),
        "unique_participants": len({person for _, person in present}),
        "sessions_held": len(held),
        "capacity": sum(session.posting["capacity"] for session in held),
        "confirmed": confirmed,
        "attended": attended,
        "no_shows": confirmed - attended + sum(session.late for session in held),
        "ratings": len(scores),
        "satisfied": len([score for score in scores if score > 3]),
    }
    for session, person in present:
        kind, minutes = _minutes(session, session.visits[person])
        figures[f"service_minutes_{kind}"] = figures.get(f"service_minutes_{kind}", 0) + minutes
    return {figure: value for figure, value in figures.items() if value}


def _minutes(session: Session, visit: Visit) -> tuple[str, int]:
    """The class and the whole minutes of a visit: how long at least one in–out pair covers a moment of the session."""
    opens = datetime.fromisoformat(session.posting["starts_at"]) - GRACE
    closes = datetime.fromisoformat(session.posting["ends_at"]) + GRACE
    times = [min(max(datetime.fromisoformat(at), opens), closes) for at, _, _ in visit.scans]
    steps = sorted(
        step
        for begin, end in zip(times[::2], times[1::2], strict=False)  # An odd one is still inside.
        for step in ((begin, 1), (end, -1))
    )
    depth, covered, since = 0, timedelta(), opens
    for at, change in steps:
        if depth > 0:
            covered += at - since
        depth, since = depth + change, at
    checked_out = len(visit.scans) // 2 * 2
    ways = {how for _, _, how in visit.scans[:checked_out]}
    return ("backfilled" if "backfilled" in ways else "scanned"), covered // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Difference:
    cell: str
    figure: str
    shown: int
    recomputed: int

    def __str__(self) -> str:
        return f"{self.cell} {self.figure}: 汇总 {self.shown}，重算 {self.recomputed}"


def differences(shown: Cells, recomputed: Cells) -> list[Difference]:
    """Every figure of every cell on which the two disagree. A cell or figure one side lacks counts as zero there."""
    found: list[Difference] = []
    for cell in sorted(shown.keys() | recomputed.keys()):
        here, there = shown.get(cell, {}), recomputed.get(cell, {})
        found += [
            Difference(cell, figure, here.get(figure, 0), there.get(figure, 0))
            for figure in sorted(here.keys() | there.keys())
            if here.get(figure, 0) != there.get(figure, 0)
        ]
    return found
