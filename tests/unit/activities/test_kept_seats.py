"""Seats kept for some: who gets them, and until when."""

from datetime import timedelta

import pytest

from schemas.fields import instant
from services.activities.model.seating import free_for
from services.activities.rules import changes, places, signups
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
from tests.given import asked
from tests.unit.activities.seats import (
    AFTER_CUTOFF,
    full,
    published,
    settle,
    sign_up,
    state,
    take,
)
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    confirmed,
    secretary,
    stage,
    waitlisted,
)

WORKER = asked(("community_worker", "510108002001"), id="W1", now=BEFORE, new_id="G9")


def test_seats_kept_for_those_not_online_are_a_workers_to_give() -> None:
    docs = stage(published(kept_offline=2, kept_walk_in=1), OPENED)
    assert sign_up(docs, "R1", "R2").type == "signup_confirmed.v1"
    assert sign_up(docs, "R3").type == "signup_waitlisted.v1"
    party = [
        {"person": "E1", "relation": "elder"},
        {"person": "E2", "relation": "elder"},
    ]
    helped = signups.sign_up(
        docs, {"activity": ACTIVITY, "party": party, "by": "E1"}, WORKER
    )
    assert (helped.type, helped.data["pool"], helped.data["by"]) == (
        "signup_confirmed.v1",
        "offline",
        "E1",
    )
    take(docs, helped)
    assert free_for("walk_in", docs.the("seatings", SESSION), instant(BEFORE)) == 1


def test_seats_kept_for_those_not_online_are_everybodys_from_the_cutoff_on() -> None:
    docs = stage(published(kept_offline=4), OPENED)
    sign_up(docs, "R1")
    sign_up(docs, "R2")
    assert state(docs, "S-R2") == "waiting"
    assert (
        docs.the("seatings", SESSION)["settle_at"] == CONTENT["sessions"][0]["cutoff"]
    )
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "S-R2"


def helped(docs: Overlay, person: str) -> Fact:
    party = [{"person": person, "relation": "elder"}]
    return take(
        docs,
        signups.sign_up(
            docs, {"activity": ACTIVITY, "party": party, "by": person}, WORKER
        ),
    )


def test_seats_kept_for_others_instead_go_to_whom_they_are_kept_for() -> None:
    """As many are kept as before, but no longer for those who simply come."""
    docs = stage(
        published(kept_walk_in=2), OPENED, confirmed("G1", "R1", "R2", "R3", ticket=1)
    )
    assert helped(docs, "E1").type == "signup_waitlisted.v1"
    changed = {
        "activity": ACTIVITY,
        "which": "all",
        "reason": "换",
        "kept_walk_in": 0,
        "kept_offline": 2,
    }
    take(docs, changes.change(docs, changed, secretary()))
    assert settle(docs, BEFORE).data["promoted"] == ["G9"]


def test_seats_kept_for_who_walks_in_are_fewer_with_each_who_has() -> None:
    seating = {
        "capacity": 10, "taken": 2, "offered": 0, "kept_walk_in": 3, "taken_walk_in": 1,
        "kept_offline": 2, "taken_offline": 1, "frees_at": instant(BEFORE),
    }  # fmt: skip
    assert free_for("walk_in", seating, instant(BEFORE)) == 8
    assert free_for("offline", seating, instant(BEFORE)) == 6
    assert free_for("online", seating, instant(BEFORE)) == 6
    sooner = instant(BEFORE - timedelta(milliseconds=1))
    assert free_for("online", seating, sooner) == 5
    many = seating | {"taken_walk_in": 4, "taken_offline": 3}
    assert free_for("online", many, sooner) == 8


@pytest.mark.parametrize(
    ("room", "named"),
    [(3, []), (2, ["G6"]), (1, ["G5", "G6"]), (0, ["G5", "G6", "G7"])],
)
def test_only_who_would_never_fit_is_too_large(room: int, named: list[str]) -> None:
    docs = full(
        waitlisted("G5", "R5", "R5-a", position=1, ticket=5),
        waitlisted("G6", "R6", "R6-a", "R6-b", position=2, ticket=6),
        waitlisted("G7", "R7", position=3, ticket=7),
    )
    found = places.parties_too_large(docs, SESSION, room, 9)
    assert [signup["id"] for signup in found] == named
    if room == 0:
        assert places.parties_too_large(docs, SESSION, -1, 9) == found
