"""Every step of the life of a session and of a sign-up, taken or refused in every state."""

from datetime import datetime, timedelta
from typing import Any

from services.activities.model import lifecycles
from services.activities.rules import (
    changes,
    offers,
    parties,
    places,
    sessions,
    signups,
)
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import given_from
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
)
from tests.unit.activities.test_dates import series
from tests.walk import Walk

ONE = {"activity": ACTIVITY, "session": SESSION}
CHANGE = {**ONE, "which": "one", "reason": "换", "capacity": 9}
LATE = STARTS - timedelta(hours=3)


def test_every_step_of_a_session() -> None:
    Walk(
        Activities,
        lifecycles.SESSION,
        "sessions",
        SESSION,
        series,
        {
            "change": lambda docs: changes.change(
                docs,
                {**ONE, "which": "one", "reason": "换", "capacity": 9, "place": "二楼"},
                secretary(),
            ),
            "enlarge": enlarge,
            "open_doors": lambda docs: sessions.start(
                docs, ONE, secretary(now=STARTS - timedelta(minutes=60))
            ),
            "start": lambda docs: sessions.start(docs, ONE, secretary(now=STARTS)),
            "begin": begin,
            "close": lambda docs: sessions.close(docs, ONE, secretary(now=STARTS)),
            "cancel": lambda docs: sessions.cancel_sessions(
                docs, {**ONE, "which": "one", "reason": "雨"}, secretary()
            ),
        },
    ).try_everything()


def enlarge(docs: Overlay) -> Fact:
    return changes.change(
        docs, {**ONE, "which": "one", "reason": "加座", "capacity": 9}, secretary()
    )


def begin(docs: Overlay) -> Fact | None:
    """Due once the doors are open."""
    session = docs.the("sessions", SESSION)
    if "begins_at" not in session and session["state"] == "planned":
        given_from(
            docs, Activities, "activities", fact("doors_opened.v1", session=SESSION)
        )
        session = docs.the("sessions", SESSION)
    return (
        sessions.begin(docs, session, secretary(now=STARTS))
        if "begins_at" in session
        else None
    )


def requested() -> Overlay:
    """Three seats are left, and R8 with a guest ask for them."""
    plan = {**CONTENT["sessions"][0], "capacity": 6}
    asks = {"session": SESSION, "signup": "S1", "by": "R8", "ticket": 2}
    party = [{"person": person, "relation": "self"} for person in ("R8", "R8~R9")]
    return stage(
        Fact(
            "activity_published.v2",
            STREAM,
            {**CONTENT, "terms": {"approval": True}, "sessions": [plan]},
        ),
        OPENED,
        confirmed("G1", "R1", "R2", "R3", ticket=1),
        fact("signup_requested.v1", **asks, party=party),
    )


def approve(docs: Overlay) -> Fact:
    return signups.approve_signup(docs, {"signup": "S1"}, secretary())


def queue(docs: Overlay) -> Fact:
    given_from(docs, Activities, "activities", confirmed("G2", "R4", "R5", ticket=3))
    return approve(docs)


def settle(docs: Overlay, at: datetime) -> Fact | None:
    """What becomes of S1 when there is room for all."""
    seating = {**docs.the("seatings", SESSION), "capacity": 20}
    docs.put("seatings", seating)
    given = places.settle(docs, seating, secretary(now=at))
    named = [
        given.data.get("signup"),
        *given.data.get("promoted", []),
        *given.data.get("missed", []),
    ]
    return given if "S1" in named else None


def of_signup(rule: Any, **said: Any) -> Any:
    return lambda docs: rule(docs, {"signup": "S1", **said}, resident("R8"))


def lapse(docs: Overlay) -> Fact | None:
    offered = docs.the("signups", "S1")
    return (
        offers.let_offer_lapse(docs, offered, secretary(now=LATE))
        if "answer_by" in offered
        else None
    )


def test_every_step_of_a_signup() -> None:
    Walk(
        Activities,
        lifecycles.SIGNUP,
        "signups",
        "S1",
        requested,
        {
            "approve": approve,
            "queue": queue,
            "decline": lambda docs: signups.decline_signup(
                docs, {"signup": "S1", "reason": "满"}, secretary()
            ),
            "promote": lambda docs: settle(docs, BEFORE),
            "offer": lambda docs: settle(docs, LATE),
            "accept": of_signup(offers.accept_offer),
            "lapse": lapse,
            "miss": lambda docs: settle(docs, STARTS),
            "cancel": of_signup(signups.cancel_signup),
            "pass_on": of_signup(
                parties.pass_on, person="R9", to={"person": "R10", "relation": "family"}
            ),
            "add": of_signup(
                parties.add, member={"person": "R11", "relation": "family"}
            ),
            "join": lambda docs: parties.join(
                docs, {"signup": "S1", "person": "R9"}, resident("R9")
            ),
            "leave": of_signup(parties.leave, person="R9"),
        },
    ).try_everything()
