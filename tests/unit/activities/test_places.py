"""Free seats: who gets them and in which order, and what ends waiting."""

from datetime import datetime, timedelta

import pytest

from schemas.fields import instant
from services.activities.model.lifecycles import STANDING
from services.activities.rules import offers, places, sessions, signups
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.unit.activities.seats import (
    AFTER_CUTOFF,
    WAITING,
    full,
    give_up,
    settle,
    sign_up,
    state,
    take,
)
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    STARTS,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)


def raised(docs: Overlay, capacity: int, now: datetime = BEFORE) -> Overlay:
    plan = {**CONTENT["sessions"][0], "capacity": capacity}
    changed = {"changed": ["capacity"], "moved": [], "reason": "换大厅"}
    take(
        docs,
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": [plan], **changed}),
        now,
    )
    return docs


def test_seats_added_go_to_the_first_that_fit_and_no_group_is_split() -> None:
    docs = raised(full(*WAITING), 7)
    fact = settle(docs, BEFORE)
    assert (fact.type, fact.data["promoted"], fact.data["more"]) == (
        "waiting_promoted.v1",
        ["W2"],
        False,
    )
    docs = raised(full(*WAITING), 9)
    assert settle(docs, BEFORE).data["promoted"] == ["W1", "W2"]
    assert docs.the("seatings", SESSION)["taken"] == 9


def test_nobody_overtakes_those_to_whom_new_seats_belong() -> None:
    docs = raised(full(*WAITING), 9)
    assert sign_up(docs, "R8").type == "signup_waitlisted.v1"
    assert settle(docs, BEFORE).data["promoted"] == ["W1", "W2"]


def test_seats_nobody_waiting_fits_in_are_free_again_for_all() -> None:
    docs = raised(full(WAITING[0]), 6)
    assert settle(docs, BEFORE).data["promoted"] == []
    assert docs.the("seatings", SESSION)["settle_at"] == instant(STARTS), (
        "nothing until nobody waits any more"
    )
    assert sign_up(docs, "R8").type == "signup_confirmed.v1"


def test_many_are_let_in_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_PROMOTED", 2)
    docs = raised(
        full(
            *(waitlisted(f"W{n}", f"P{n}", ticket=5 + n, position=1) for n in range(3))
        ),
        20,
    )
    first = settle(docs, BEFORE)
    assert (first.data["promoted"], first.data["more"]) == (["W0", "W1"], True)
    assert settle(docs, BEFORE).data["promoted"] == ["W2"]
    monkeypatch.setattr(places, "MOST_PROMOTED", 3)
    all_at_once = settle(raised(full(*WAITING), 20), BEFORE).data
    assert (len(all_at_once["promoted"]), all_at_once["more"]) == (3, False)
    assert "settle_at" not in docs.the("seatings", SESSION)


def test_nothing_is_given_away_once_the_session_has_begun() -> None:
    docs = full(*WAITING)
    give_up(docs, "G1", STARTS - timedelta(seconds=1))
    fact = settle(docs, STARTS)
    assert (fact.type, fact.data["missed"], fact.data["more"]) == (
        "waiting_ended.v1",
        ["W1", "W2", "W3"],
        False,
    )
    assert {state(docs, signup) for signup in fact.data["missed"]} == {"missed"}
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["waiting"], "settle_at" in seating) == (
        4,
        0,
        False,
    )


def test_while_people_are_let_in_early_others_sign_up_wait_and_get_what_is_freed() -> (
    None
):
    plan = {
        **CONTENT["sessions"][0],
        "capacity": 1,
        "cutoff": CONTENT["sessions"][0]["starts_at"],
    }
    docs = stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "sessions": [plan]}), OPENED
    )
    soon = STARTS - timedelta(minutes=40)
    sign_up(docs, "R1")
    sign_up(docs, "R2")
    take(docs, sessions.start(docs, {"activity": ACTIVITY}, secretary(now=soon)), soon)
    assert (
        docs.the("seatings", SESSION)["settle_at"]
        == CONTENT["sessions"][0]["starts_at"]
    )
    late = {"activity": ACTIVITY, "party": [{"person": "R3", "relation": "self"}]}
    waits = signups.sign_up(docs, late, resident("R3", now=soon, new_id="S-R3"))
    assert take(docs, waits, soon).type == "signup_waitlisted.v1"
    freed = signups.cancel_signup(docs, {"signup": "S-R1"}, resident("R1", now=soon))
    assert freed.data["promoted"] == ["S-R2"]


def test_waiting_ends_when_the_host_begins_and_for_those_nobody_decided_on() -> None:
    docs = stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "terms": {"approval": True}}),
        OPENED,
    )
    sign_up(docs, "R1")
    soon = STARTS - timedelta(minutes=10)
    take(docs, fact("session_started.v1", session=SESSION), soon)
    assert settle(docs, soon).data["missed"] == ["S-R1"]
    assert docs.the("seatings", SESSION)["requested"] == 0


def test_many_are_told_by_parts_that_their_turn_did_not_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "MOST_PROMOTED", 2)
    docs = full(*WAITING)
    assert (settle(docs, STARTS).data["missed"], state(docs, "W3")) == (
        ["W1", "W2"],
        "waiting",
    )
    assert settle(docs, STARTS).data["missed"] == ["W3"]
    monkeypatch.setattr(places, "MOST_PROMOTED", 3)
    all_at_once = settle(full(*WAITING), STARTS).data
    assert (len(all_at_once["missed"]), all_at_once["more"]) == (3, False)
    assert "settle_at" not in docs.the("seatings", SESSION)


def test_nobody_is_told_so_of_a_session_that_is_cancelled() -> None:
    docs = full(*WAITING)
    give_up(docs, "G1", AFTER_CUTOFF)
    settle(docs, AFTER_CUTOFF)
    take(
        docs,
        fact("activity_cancelled.v2", sessions=[SESSION], reason="暴雨"),
        AFTER_CUTOFF,
    )
    take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W2"), secretary(now=STARTS)),
        STARTS,
    )
    assert "settle_at" not in docs.the("seatings", SESSION)


def test_a_log_in_which_an_offer_of_a_cancelled_session_lapsed_ends_no_waiting_either() -> (
    None
):
    docs = full(*WAITING)
    give_up(docs, "G1", AFTER_CUTOFF)
    settle(docs, AFTER_CUTOFF)
    take(
        docs,
        fact("activity_cancelled.v2", sessions=[SESSION], reason="暴雨"),
        AFTER_CUTOFF,
    )
    take(docs, fact("offer_lapsed.v1", session=SESSION, signup="W2"), STARTS)
    assert settle(docs, STARTS).data["promoted"] == []
    assert "settle_at" not in docs.the("seatings", SESSION)


def test_whose_turn_did_not_come_is_free_to_be_elsewhere() -> None:
    docs = full(*WAITING)
    settle(docs, STARTS)
    assert docs.the("seats", f"{SESSION}:P1")["state"] not in STANDING
