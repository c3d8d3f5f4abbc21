"""A host at work: the sessions of today and tomorrow, who is expected at one, who has come, and closing it."""

from datetime import timedelta
from functools import partial

from gateway.edge import reading
from gateway.pages.names import names_of
from gateway.web import words
from gateway.web.companions import words_of
from gateway.web.page import Ask, Button, Form, Page, Visit
from gateway.web.whose import hosts_of
from schemas.activities.contents import OfSession
from schemas.activities.door import CheckIn
from schemas.activities.scans import UndoCheck
from schemas.activities.sessions import CloseSession, ListSessions
from schemas.activities.signups import Roster
from schemas.documents import Json
from schemas.fields import instant
from services.district.calendar import LOCAL
from services.kit.errors import Unavailable

SERVICE = "activities"
MOST_LISTED = 50
DAYS_AHEAD = timedelta(days=2)
ONE = "/desk/activities/<activity>/sessions/<session>"
BACK = "/desk/activities/{activity}/sessions/{session}"
AT_THE_PARTY = f"{BACK}#{{signup}}"
LISTING = ListSessions()


def sessions_at_hand(visit: Visit) -> list[Json] | None:
    """Today's and tomorrow's of the hosts the visitor speaks for; None when nobody answers what they are."""
    try:
        with visit.services.place(SERVICE):
            held = [one for host in hosts_of(visit.actor) for one in _held(visit, host)]
    except Unavailable:
        return None
    return sorted(held, key=_when_it_wants_somebody)


def _when_it_wants_somebody(session: Json) -> tuple[bool, str, str]:
    """What is closed comes after all that is still to be held or closed."""
    return session["state"] == "closed", session["starts_at"], session["id"]


def _held(visit: Visit, host: str) -> list[Json]:
    today = words.begins(visit.now.astimezone(LOCAL).date())
    until = instant(today + DAYS_AHEAD)
    question = {"host": host, "since": instant(today), "until": until}
    payload = reading.load(LISTING, question | {"limit": MOST_LISTED})
    answer = visit.services.ask(
        SERVICE, "list_sessions", payload, actor=visit.actor, trace=visit.trace
    )
    return [session for session in answer["items"] if session["state"] != "cancelled"]


def who_is_expected(visit: Visit) -> Json:
    return {
        "names_of": partial(names_of, visit),
        "words_of": words_of,
        "now": instant(visit.now),
    }


def with_a_seat(visit: Visit) -> Json:
    return {"state": "confirmed", "limit": MOST_LISTED}


SESSION = Ask("session", SERVICE, "get_session", OfSession)
REPORT = Ask("report", SERVICE, "close_report", OfSession)
SEATS = Ask("seats", SERVICE, "roster", Roster, with_a_seat)
PAGES: tuple[Page | Form | Button, ...] = (
    Page(ONE, "door.html", (SESSION, REPORT, SEATS), who_is_expected, for_all=False),
    Button(f"{ONE}/here", SERVICE, "check_in", CheckIn, AT_THE_PARTY),
    Button(f"{ONE}/not-here", SERVICE, "undo_check", UndoCheck, AT_THE_PARTY),
    Form(
        f"{ONE}/close",
        "session_close.html",
        SERVICE,
        "close_activity",
        CloseSession,
        BACK,
        (SESSION, REPORT),
    ),
)
