"""What the log of activities adds up to: every session replayed into plain lists, every cell counted from those."""

from collections import defaultdict
from collections.abc import Iterable

from schemas.documents import Json
from schemas.persons import principal
from services.kit.log import Event
from services.xfh.reconcile.cells import Cells, ids_of
from services.xfh.reconcile.merging import MERGED, PARTED, regroup
from services.xfh.reconcile.plain import Group, Session
from services.xfh.reconcile.sessions import counted, deeds
from services.xfh.reconcile.signers import excess_of

ENTRIES = ("checked_in.v1", "walked_in.v1")
AT_THE_DOOR = (
    *ENTRIES,
    "checked_out.v1",
    "check_undone.v1",
    "hours_corrected.v1",
    "hours_recounted.v1",
)
ENDS = {
    "activity_closed.v1": "held",
    "session_closed.v1": "held",
    "activity_cancelled.v1": "cancelled",
    "activity_cancelled.v2": "cancelled",
    "sessions_cancelled.v1": "cancelled",
}
POSTED = ("activity_published.v1", "activity_published.v2", "activity_changed.v1")
LET_IN = ("waiting_promoted.v1", "offer_accepted.v1", "signup_approved.v1")
SEATED = {
    "signup_confirmed.v1": "in",
    "signup_waitlisted.v1": "waiting",
    "signup_requested.v1": "waiting",
}


def recompute(events: Iterable[Event]) -> Cells:
    """Every cell of activities: figures, excess, and the deeds that sessions are."""
    sessions = replayed(events).values()
    members: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        community = session.posting["community"]
        day = session.day
        for cell in ids_of(community, day, session.values):
            members[cell].append(session)
    cells = deeds(sessions)
    for cell, there in members.items():
        cells[cell] = counted(there)
        cells[f"excess/{cell}"] = excess_of(there)
    return cells


def replayed(events: Iterable[Event]) -> dict[str, Session]:
    """By id, as the log leaves them."""
    sessions: dict[str, Session] = {}
    for event in events:
        if event.type in POSTED:
            _post(sessions, event.data)
        elif event.type in ENDS:
            _end(sessions, event)
        elif event.data.get("session") in sessions:
            _happens(sessions[event.data["session"]], event.type, event.data)
    return sessions


def _post(sessions: dict[str, Session], content: Json) -> None:
    for of_session in content.get("sessions", [content]):
        posting = content | of_session
        session = sessions.setdefault(posting["session"], Session(posting))
        session.post(posting)


def _end(sessions: dict[str, Session], event: Event) -> None:
    content = event.data
    for id in content.get("sessions", [content.get("session")]):
        session = sessions.get(id)
        if session is not None and session.state == "open":
            session.state = ENDS[event.type]


def _happens(session: Session, type: str, content: Json) -> None:
    """To one session: somebody signs up, comes, goes, is corrected, rates."""
    if type in SEATED:
        _sign_up(session, SEATED[type], content)
    elif type in LET_IN:
        if content.get("state", "confirmed") == "confirmed":
            _seat(session, content.get("promoted", [content.get("signup")]))
    elif type in AT_THE_DOOR:
        _pass(session, type, content)
    elif type in (MERGED, PARTED):
        regroup(session, type, content)
    elif type in TO_A_PARTY:
        TO_A_PARTY[type](session, content)


def _sign_up(session: Session, standing: str, content: Json) -> None:
    people = [member["person"] for member in content["party"]]
    helps = "role" in content
    group = Group(content["by"], len(people), standing, helps)
    session.groups[content["signup"]] = group
    _seat_companions(session, content, people)


def _settle(session: Session, content: Json) -> None:
    """Hours counted for many at once, or what many came as said afterwards."""
    for person in content["people"]:
        visit = session.visits[person["person"]]
        visit.minutes = person["minutes"]
        visit.hours = person["hours"]
        if "to" in content:
            visit.helps = content["to"] == "helper"


def _rate(session: Session, content: Json) -> None:
    visit = session.visits[content["person"]]
    visit.score = content["score"]
    visit.signer = visit.signer or session.signer_of(content["person"])


def _pass_on(session: Session, content: Json) -> None:
    _seat_companions(session, content, [content["to"]["person"]])


def _join(session: Session, content: Json) -> None:
    group = session.groups[content["signup"]]
    group.joined.append(content["person"])
    _come_as(session, group, [content["person"]])


def _seat_companions(session: Session, content: Json, people: list[str]) -> None:
    """Everybody of a party comes as what it signed up for; those who are not its signer are companions."""
    signup: str = content["signup"]
    group = session.groups[signup]
    _come_as(session, group, people)
    companions = [person for person in people if principal(person) != group.by]
    session.companions |= dict.fromkeys(companions, signup)


def _come_as(session: Session, group: Group, people: list[str]) -> None:
    group.people += people
    for person in people:
        session.visits[person].helps = group.helps


def _pass(session: Session, type: str, content: Json) -> None:
    """Every event at the door tells the hours as they stand after it; the first ones told of none at an entry."""
    walked_in = type == "walked_in.v1"
    person = content["party"][0]["person"] if walked_in else content["person"]
    visit = session.visits[person]
    if walked_in:
        visit.helps = "role" in content
        visit.invited = False
    visit.minutes = content.get("minutes", visit.minutes)
    visit.hours = content.get("hours", visit.hours)
    visit.attended = content.get("attended", visit.attended or type in ENTRIES)
    if type == "check_undone.v1" and not visit.attended:
        visit.invited = True
    if visit.attended:
        session.stays = True
        visit.signer = visit.signer or session.signer_of(person)


def _grow(session: Session, content: Json) -> None:
    session.groups[content["signup"]].size += 1
    _seat_companions(session, content, [content["person"]])


def _leave(session: Session, content: Json) -> None:
    group = session.groups[content["signup"]]
    before = group.seats()
    group.size -= 1
    group.joined = [person for person in group.joined if person != content["person"]]
    if content["late"]:
        session.late += before - group.seats()
    _seat(session, content["promoted"])


def _cancel(session: Session, content: Json) -> None:
    group = session.groups[content["signup"]]
    if content["late"]:
        session.late += group.seats()
    group.standing = "out"
    _seat(session, content["promoted"])


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
    "hours_settled.v1": _settle,
    "roles_changed.v1": _settle,
}
