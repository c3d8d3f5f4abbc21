"""What the log of activities adds up to: every session replayed into plain lists, every cell counted from those."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from schemas.persons import principal
from services.kit.log import Event
from services.xfh.reconcile.cells import Cells, ids_of, periods_of, scopes_of
from services.xfh.reconcile.plain import Group, Session
from services.xfh.reconcile.signers import excess_of

ENTRIES = ("checked_in.v1", "walked_in.v1")
AT_THE_DOOR = (
    *ENTRIES,
    "checked_out.v1",
    "check_undone.v1",
    "hours_corrected.v1",
    "hours_recounted.v1",
)
ENDS = {"closed": "held", "cancelled": "cancelled"}
SEATED = {
    "signup_confirmed.v1": "in",
    "signup_waitlisted.v1": "waiting",
    "signup_requested.v1": "waiting",
}


def recompute(events: Iterable[Event]) -> Cells:
    sessions = _replayed(events)
    members: dict[str, list[tuple[str, Session]]] = defaultdict(list)
    for id, session in sessions.items():
        for cell in ids_of(session.posting["community"], session.day, session.values):
            members[cell].append((id, session))
    cells = {
        cell: _count([session for _, session in held]) for cell, held in members.items()
    }
    excess = {
        f"excess/{cell}": excess_of([session for _, session in held])
        for cell, held in members.items()
    }
    return {**cells, **excess, **_deeds(sessions.values())}


def _replayed(events: Iterable[Event]) -> dict[str, Session]:
    sessions: dict[str, Session] = {}
    for event in events:
        data = event.data
        noun, _, done = (
            event.type.removesuffix(".v1").removesuffix(".v2").partition("_")
        )
        if event.type in (
            "activity_published.v1",
            "activity_published.v2",
            "activity_changed.v1",
        ):
            for told in data.get("sessions", [data]):
                sessions.setdefault(told["session"], Session({**data, **told})).post(
                    {**data, **told}
                )
        elif noun in ("activity", "session", "sessions") and done in ENDS:
            for session in (
                sessions.get(id) for id in data.get("sessions", [data.get("session")])
            ):
                if session is not None and session.state == "open":
                    session.state = ENDS[done]
        elif data.get("session") in sessions:
            _happens(sessions[data["session"]], event.type, data)
    return sessions


def _happens(session: Session, type: str, data: dict[str, Any]) -> None:
    """To one session: somebody signs up, comes, goes, is corrected, rates."""
    if type in SEATED:
        session.groups[data["signup"]] = Group(
            data["by"], len(data["party"]), SEATED[type], "role" in data
        )
        _seat_companions(session, data, [member["person"] for member in data["party"]])
    elif type in ("waiting_promoted.v1", "offer_accepted.v1", "signup_approved.v1"):
        if data.get("state", "confirmed") == "confirmed":
            _seat(session, data.get("promoted", [data.get("signup")]))
    elif type in AT_THE_DOOR:
        _pass(session, type, data)
    elif type in ("hours_settled.v1", "roles_changed.v1"):
        for one in data["people"]:
            visit = session.visits[one["person"]]
            visit.minutes, visit.hours = one["minutes"], one["hours"]
            visit.helps = data["to"] == "helper" if "to" in data else visit.helps
    elif type in TO_A_PARTY:
        TO_A_PARTY[type](session, data)


def _rate(session: Session, data: dict[str, Any]) -> None:
    visit = session.visits[data["person"]]
    visit.score, visit.signer = (
        data["score"],
        visit.signer or session.signer_of(data["person"]),
    )


def _pass_on(session: Session, data: dict[str, Any]) -> None:
    _seat_companions(session, data, [data["to"]["person"]])


def _join(session: Session, data: dict[str, Any]) -> None:
    group = session.groups[data["signup"]]
    group.joined.append(data["person"])
    _come_as(session, group, [data["person"]])


def _seat_companions(session: Session, data: dict[str, Any], people: list[str]) -> None:
    """Everybody of a party comes as what it signed up for; those who are not its signer are companions."""
    group = session.groups[data["signup"]]
    by = group.by
    _come_as(session, group, people)
    session.companions |= {
        person: data["signup"] for person in people if principal(person) != by
    }


def _come_as(session: Session, group: Group, people: list[str]) -> None:
    group.people += people
    for person in people:
        session.visits[person].helps = group.helps


def _pass(session: Session, type: str, data: dict[str, Any]) -> None:
    """Every event at the door tells the hours as they stand after it; the first ones told of none at an entry."""
    walked_in = type == "walked_in.v1"
    person = data["party"][0]["person"] if walked_in else data["person"]
    visit = session.visits[person]
    visit.helps = "role" in data if walked_in else visit.helps
    visit.minutes = data.get("minutes", visit.minutes)
    visit.hours = data.get("hours", visit.hours)
    visit.attended = data.get("attended", visit.attended or type in ENTRIES)
    visit.invited = (visit.invited and not walked_in) or (
        type == "check_undone.v1" and not visit.attended
    )
    session.stays = session.stays or visit.attended
    if visit.attended and not visit.signer:
        visit.signer = session.signer_of(person)


def _grow(session: Session, data: dict[str, Any]) -> None:
    session.groups[data["signup"]].size += 1
    _seat_companions(session, data, [data["person"]])


def _leave(session: Session, data: dict[str, Any]) -> None:
    group = session.groups[data["signup"]]
    before = group.seats()
    group.size -= 1
    group.joined = [person for person in group.joined if person != data["person"]]
    if data["late"]:
        session.late += before - group.seats()
    _seat(session, data["promoted"])


def _cancel(session: Session, data: dict[str, Any]) -> None:
    group = session.groups[data["signup"]]
    if data["late"]:
        session.late += group.seats()
    group.standing = "out"
    _seat(session, data["promoted"])


def _seat(session: Session, signups: list[str]) -> None:
    for id in signups:
        group = session.groups[id]
        group.standing = "in"
        for person in group.people:
            session.visits[person].helps = group.helps


TO_A_PARTY = {
    "signup_cancelled.v1": _cancel,
    "party_grown.v1": _grow,
    "party_left.v1": _leave,
    "party_joined.v1": _join,
    "seat_passed_on.v1": _pass_on,
    "activity_rated.v1": _rate,
}


def _count(sessions: list[Session]) -> dict[str, int]:
    """The figures of one cell, from the sessions in it."""
    visits = [
        (session, person, visit)
        for session in sessions
        for person, visit in session.visits.items()
    ]
    present = [(session, person) for session, person, visit in visits if visit.attended]
    there = [visit for _, _, visit in visits if visit.attended]
    scores = [visit.score for _, _, visit in visits if visit.score is not None]
    held = [session for session in sessions if session.state == "held"]
    confirmed = sum(session.seats().total() for session in held)
    of_held = [
        visit
        for session, _, visit in visits
        if session.state == "held" and visit.attended
    ]
    turned_up = len([visit for visit in of_held if visit.invited])
    figures = {
        "person_times": len(present),
        "helper_times": len([visit for visit in there if visit.helps]),
        "participant_times": len([visit for visit in there if not visit.helps]),
        "unique_participants": len({person for _, person in present}),
        "sessions_held": len(held),
        "open_sessions": len(
            [session for session in sessions if session.state == "open"]
        ),
        "capacity": sum(session.capacity for session in held),
        "confirmed": confirmed,
        "attended": len(of_held),
        "turned_up": turned_up,
        "no_shows": confirmed
        - turned_up
        + sum(session.late.total() for session in held),
        "ratings": len(scores),
        "satisfied": len([score for score in scores if score > 3]),
    }
    for _, _, visit in visits:
        name = f"service_minutes_{visit.hours}" if visit.helps else "attended_minutes"
        figures[name] = figures.get(name, 0) + visit.minutes
    return {figure: value for figure, value in figures.items() if value}


def _deeds(sessions: Iterable[Session]) -> Cells:
    """Which sessions somebody attended: by community, and by the units that host them."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for session in sessions:
        if not any(visit.attended for visit in session.visits.values()):
            continue
        community, day = session.posting["community"], session.day
        for period in periods_of(day):
            cells[f"attending/{period}:{community}"]["deeds"] += 1
            if "grid" in session.posting:
                cells[
                    f"attending_grids/{period}:{community}:{session.posting['grid']}"
                ]["deeds"] += 1
        units = [
            value.removeprefix("host:unit/")
            for value in session.values
            if value.startswith("host:unit/")
        ]
        for unit in units:
            for scope in scopes_of(community):
                cells[f"hosting/{scope}:{day[:7]}:{unit}"][day] += 1
    return cells
