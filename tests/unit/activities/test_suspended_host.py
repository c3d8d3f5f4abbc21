"""A host suspended or withdrawn: its activities take no new sign-ups, it posts nothing, and what is there goes on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from schemas.activities.postings import Activity, ListActivities
from schemas.documents import Json
from services.activities.rules import door, offerings, postings, sessions, signups
from services.activities.service import Activities
from services.activities.views import codes as codes_shown
from services.activities.views import postings as postings_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners.rules import alliance, standing
from services.partners.service import Partners
from tests.examples import partners as examples
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, SESSION, STREAM
from tests.given import asked, example_of, given, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    KEY,
    OPENED,
    STARTED,
    STARTS,
    confirmed,
    resident,
    stage,
    street_admin,
)

HOST = "partner/N1"
OF_PARTNER = {"host": HOST}
DRAFTED = Fact("activity_drafted.v2", STREAM, {**CONTENT, **OF_PARTNER})
PUBLISHED = Fact("activity_published.v2", STREAM, {**CONTENT, **OF_PARTNER})
SUBMITTED = Fact("activity_submitted.v1", STREAM, {"activity": ACTIVITY})

APPLIED, APPROVED, SUSPENDED, REINSTATED, WITHDRAWN = (
    example_of(examples, f"partner_{step}")
    for step in (
        "applied.v2",
        "approved.v1",
        "suspended.v1",
        "reinstated.v1",
        "withdrawn.v1",
    )
)
PAUSED = [
    (APPLIED, APPROVED, SUSPENDED),
    (APPLIED, APPROVED, WITHDRAWN),
    (APPLIED, APPROVED, SUSPENDED, REINSTATED, SUSPENDED),
]
ACTIVE = [(APPLIED, APPROVED), (APPLIED, APPROVED, SUSPENDED, REINSTATED)]
OLD_APPLIED = example_of(examples, "partner_applied.v1")

paused = pytest.mark.parametrize("standings", PAUSED)
active = pytest.mark.parametrize("standings", [*ACTIVE, (OLD_APPLIED, APPROVED)])


def hosted(standings: tuple[Fact, ...], *facts: Fact) -> Overlay:
    return given_from(stage(*facts), Activities, "partners", *standings)


def manager(**more: Any) -> Asked:
    return asked(("partner_manager", HOST), **{"id": "M1", "now": BEFORE, **more})


def sign_up(docs: Overlay, person: str, new_id: str = "G9") -> Fact:
    party = [{"person": person, "relation": "self"}]
    return signups.sign_up(
        docs, {"activity": ACTIVITY, "party": party}, resident(person, new_id=new_id)
    )


@paused
def test_a_paused_host_gets_no_new_sign_ups(standings: tuple[Fact, ...]) -> None:
    with refused("host_suspended", says="《端午包粽子》的主办方已"):
        sign_up(hosted(standings, PUBLISHED, OPENED), "R1")


@active
def test_an_active_host_gets_sign_ups(standings: tuple[Fact, ...]) -> None:
    assert (
        sign_up(hosted(standings, PUBLISHED, OPENED), "R1").type
        == "signup_confirmed.v1"
    )


def test_the_news_of_a_reinstatement_is_asked_for_before_a_sign_up_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        sign_up(hosted(PAUSED[0], PUBLISHED, OPENED), "R1")
    assert refusal.value.source == "partners"


Post = Callable[[Overlay], Fact]
POSTS: dict[str, tuple[tuple[Fact, ...], Post]] = {
    "draft": (
        (),
        lambda docs: postings.draft(
            docs, {**COMMANDS["draft_activity"], **OF_PARTNER}, manager()
        ),
    ),
    "revise": (
        (DRAFTED,),
        lambda docs: postings.revise(docs, COMMANDS["revise_activity"], manager()),
    ),
    "publish": (
        (DRAFTED,),
        lambda docs: postings.publish(docs, COMMANDS["publish_activity"], manager()),
    ),
    "publish reviewed": (
        (DRAFTED, SUBMITTED),
        lambda docs: postings.publish(
            docs, COMMANDS["publish_activity"], street_admin()
        ),
    ),
    "open": (
        (PUBLISHED,),
        lambda docs: postings.open_signups(docs, COMMANDS["open_activity"], manager()),
    ),
    "request": (
        (PUBLISHED,),
        lambda docs: offerings.request_offering(
            docs, COMMANDS["request_offering"], manager()
        ),
    ),
}
posts = pytest.mark.parametrize("name", POSTS)


@paused
@posts
def test_a_paused_host_posts_nothing(standings: tuple[Fact, ...], name: str) -> None:
    facts, post = POSTS[name]
    with refused("host_suspended", says="“青禾社区书店”"):
        post(hosted(standings, *facts))


@active
@posts
def test_an_active_host_posts(standings: tuple[Fact, ...], name: str) -> None:
    facts, post = POSTS[name]
    assert post(hosted(standings, *facts)).stream.startswith("activity/")


@paused
def test_a_paused_host_submits_nothing(standings: tuple[Fact, ...]) -> None:
    review = Fact(
        "review_required.v1",
        "street/510108002",
        {"street": "510108002", "required": True},
    )
    with refused("host_suspended"):
        postings.submit(
            hosted(standings, DRAFTED, review), COMMANDS["submit_activity"], manager()
        )


@paused
def test_who_is_signed_up_stays_and_checks_in_at_the_door(
    standings: tuple[Fact, ...],
) -> None:
    docs: Any = hosted(
        standings, PUBLISHED, OPENED, confirmed("G1", "R1", "R2", ticket=1), STARTED
    )
    assert docs.the("seats", f"{SESSION}:R1")["state"] == "confirmed"
    code = codes_shown.door_code(
        docs, {"activity": ACTIVITY}, manager(now=STARTS), KEY
    )["code"]
    scan = {"activity": ACTIVITY, "code": code}
    assert (
        door.check_in(docs, scan, resident("R1", now=STARTS), KEY).data["way"]
        == "scanned"
    )
    by_roster = {"activity": ACTIVITY, "person": "R2"}
    assert (
        door.check_in(docs, by_roster, manager(now=STARTS), KEY).data["way"]
        == "backfilled"
    )


@paused
def test_a_sign_up_is_cancelled_and_who_waits_moves_up(
    standings: tuple[Fact, ...],
) -> None:
    waiting = {
        "activity": ACTIVITY,
        "session": SESSION,
        "signup": "G2",
        "by": "R9",
        "ticket": 2,
        "position": 1,
    }
    waits = Fact(
        "signup_waitlisted.v1",
        STREAM,
        {**waiting, "party": [{"person": "R9", "relation": "self"}]},
    )
    full = confirmed("G1", "R1", "R2", "R3", "R4", "R5", ticket=1)
    docs = hosted(standings, PUBLISHED, OPENED, full, waits)
    for who in (resident("R1"), manager()):
        assert signups.cancel_signup(docs, {"signup": "G1"}, who).data["promoted"] == [
            "G2"
        ]


@paused
def test_a_paused_host_goes_through_with_what_it_has_begun(
    standings: tuple[Fact, ...],
) -> None:
    docs = hosted(standings, PUBLISHED, OPENED)
    assert (
        postings.cancel(docs, COMMANDS["cancel_activity"], manager()).type
        == "activity_cancelled.v2"
    )
    for rule, name in (
        (sessions.start, "start"),
        (sessions.close, "close"),
        (postings.archive, "archive"),
    ):
        given_from(
            docs,
            Activities,
            "activities",
            rule(docs, COMMANDS[f"{name}_activity"], manager(now=STARTS)),
        )
    assert docs.the("activities", ACTIVITY)["state"] == "archived"


def test_a_host_never_approved_is_not_paused_but_not_approved() -> None:
    for standings in (
        (),
        (APPLIED,),
        (APPLIED, example_of(examples, "partner_rejected.v1")),
    ):
        with refused("host_not_approved"):
            POSTS["draft"][1](hosted(standings))


def shown(docs: Any) -> list[Json]:
    """The activity by itself and in the lists."""
    listed = [
        postings_shown.list_activities(
            docs, ListActivities().load(question), resident("R1")
        )["items"][0]
        for question in ({}, {"host": HOST})
    ]
    return [
        postings_shown.get_activity(docs, {"activity": ACTIVITY}, resident("R1")),
        *listed,
    ]


@paused
def test_everybody_sees_that_an_activity_is_paused(standings: tuple[Fact, ...]) -> None:
    for activity in shown(hosted(standings, PUBLISHED, OPENED)):
        assert activity["paused"] is True
        assert activity["paused_text"].startswith("主办方已")
        known = {
            name: value for name, value in activity.items() if name in Activity().fields
        }
        assert Activity().validate(known) == {}


@active
def test_everybody_sees_that_an_activity_is_not_paused(
    standings: tuple[Fact, ...],
) -> None:
    for activity in shown(hosted(standings, PUBLISHED, OPENED)):
        assert activity["paused"] is False
        assert "paused_text" not in activity


STEPS = {
    "suspend": (standing.suspend, {}),
    "reinstate": (standing.reinstate, {}),
    "withdraw": (standing.withdraw, {}),
    "join_alliance": (alliance.join, {"since": "2026-05-01"}),
    "leave_alliance": (alliance.leave, {"until": "2026-06-01"}),
}
STREET = asked(("street_admin", "510108015"), id="P4", now=STARTS - timedelta(days=9))


@tried(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_sign_up_is_refused_exactly_while_the_host_is_suspended_or_withdrawn(
    names: list[str],
) -> None:
    partners = given(Partners, APPLIED, APPROVED)
    docs = hosted((APPLIED, APPROVED), PUBLISHED, OPENED)
    signed_up = 0
    for n, name in enumerate(["", *names]):
        for fact in _taken(partners, name):
            given_from(partners, Partners, "partners", fact)
            given_from(docs, Activities, "partners", fact)
        before = docs.the("seatings", SESSION)
        is_paused = partners.the("partners", "N1")["state"] in {
            "suspended",
            "withdrawn",
        }
        assert shown(docs)[0]["paused"] is is_paused
        if is_paused:
            with refused("host_suspended"):
                sign_up(docs, f"R{n}", f"G{n}")
            assert docs.the("seatings", SESSION) == before
        else:
            given_from(docs, Activities, "activities", sign_up(docs, f"R{n}", f"G{n}"))
            signed_up += 1
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["waiting"]) == (
        min(signed_up, 5),
        max(signed_up - 5, 0),
    )


def _taken(partners: Overlay, name: str) -> list[Fact]:
    """What comes of trying a step; nothing when it is refused."""
    if not name:
        return []
    rule, changes = STEPS[name]
    try:
        return [rule(partners, {**examples.COMMANDS[name], **changes}, STREET)]
    except Refused:
        return []
