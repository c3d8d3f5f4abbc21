"""Free seats: who gets them, in which order, given or offered; and which are kept for whom."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import STANDING
from services.activities.model.seating import free_for
from services.activities.rules import (
    changes,
    offers,
    parties,
    places,
    sessions,
    signups,
)
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)

CUTOFF = datetime.fromisoformat(CONTENT["sessions"][0]["cutoff"])
AFTER_CUTOFF = CUTOFF + timedelta(hours=1)
WORKER = asked(("community_worker", "510108002001"), id="W1", now=BEFORE, new_id="G9")


def published(**of_the_session: Any) -> Fact:
    plan = {**CONTENT["sessions"][0], **of_the_session}
    return Fact("activity_published.v2", STREAM, {**CONTENT, "sessions": [plan]})


def full(*more: Fact, **of_the_session: Any) -> Overlay:
    """Five seats, all taken: R1 alone, R2 with a child, R3, R4."""
    return stage(
        published(**of_the_session),
        OPENED,
        confirmed("G1", "R1", ticket=1),
        confirmed("G2", "R2", "R2-child", ticket=2),
        confirmed("G3", "R3", ticket=3),
        confirmed("G4", "R4", ticket=4),
        *more,
    )


def take(docs: Overlay, fact: Fact, now: datetime = BEFORE) -> Fact:
    given_from(docs, Activities, "activities", fact, now=now)
    return fact


def sign_up(
    docs: Overlay, *persons: str, now: datetime = BEFORE, who: Asked | None = None
) -> Fact:
    party = [{"person": person, "relation": "self"} for person in persons]
    who = who or resident(persons[0], now=now, new_id=f"S-{persons[0]}")
    return take(
        docs, signups.sign_up(docs, {"activity": ACTIVITY, "party": party}, who), now
    )


def give_up(docs: Overlay, signup: str, now: datetime) -> Fact:
    return take(
        docs, signups.cancel_signup(docs, {"signup": signup}, secretary(now=now)), now
    )


def settle(docs: Overlay, now: datetime) -> Fact:
    """What the clock causes, which must be due."""
    seating = docs.the("seatings", SESSION)
    assert seating["settle_at"] <= instant(now)
    return take(docs, places.settle(docs, seating, secretary(now=now)), now)


def state(docs: Overlay, signup: str) -> str:
    return str(docs.the("signups", signup)["state"])


def raised(docs: Overlay, capacity: int, now: datetime = BEFORE) -> Overlay:
    plan = {**CONTENT["sessions"][0], "capacity": capacity}
    changed = {"changed": ["capacity"], "moved": [], "reason": "换大厅"}
    take(
        docs,
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": [plan], **changed}),
        now,
    )
    return docs


WAITING = (
    waitlisted("W1", "P1", "P2", "P3", ticket=5, position=1),
    waitlisted("W2", "P4", ticket=6, position=2),
    waitlisted("W3", "P5", "P6", ticket=7, position=3),
)


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


def test_a_seat_given_up_after_the_cutoff_is_offered_and_held() -> None:
    docs = full(*WAITING)
    assert give_up(docs, "G1", AFTER_CUTOFF).data["promoted"] == []
    offer = settle(docs, AFTER_CUTOFF)
    assert (offer.type, offer.data["signup"]) == ("seat_offered.v1", "W2")
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["offered"], seating["waiting"]) == (4, 1, 2)
    accepted = offers.accept_offer(
        docs, {"signup": "W2"}, resident("P4", now=AFTER_CUTOFF)
    )
    take(docs, accepted, AFTER_CUTOFF)
    seating = docs.the("seatings", SESSION)
    assert (state(docs, "W2"), seating["taken"], seating["offered"]) == (
        "confirmed",
        5,
        0,
    )


def test_an_offer_not_taken_in_time_goes_to_the_next() -> None:
    docs = full(*WAITING[1:])
    give_up(docs, "G2", AFTER_CUTOFF)
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "W2"
    late = AFTER_CUTOFF + places.TIME_TO_ANSWER
    with refused("offer_lapsed"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=late))
    take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W2"), secretary(now=late)),
        late,
    )
    assert state(docs, "W2") == "lapsed"
    assert settle(docs, late).data["signup"] == "W3"


def test_an_offer_ends_when_the_session_begins() -> None:
    docs = full(*WAITING)
    soon = STARTS - timedelta(minutes=20)
    give_up(docs, "G1", soon)
    assert settle(docs, soon).data["until"] == CONTENT["sessions"][0]["starts_at"]


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


def test_a_party_larger_than_what_it_may_ever_get_is_told_so() -> None:
    with refused("party_larger_than_capacity", says="2 个名额"):
        sign_up(stage(published(kept_offline=3), OPENED), "R1", "R2", "R3")
    with refused("party_larger_than_capacity", says="没有给网上报名的名额"):
        sign_up(stage(published(kept_offline=5), OPENED), "R1")


def approved(docs: Overlay, signup: str) -> Fact:
    return take(docs, signups.approve_signup(docs, {"signup": signup}, secretary()))


def test_where_the_host_decides_a_party_waits_for_a_yes_and_then_gets_its_seats() -> (
    None
):
    terms: Json = {"terms": {"approval": True}}
    docs = stage(Fact("activity_published.v2", STREAM, {**CONTENT, **terms}), OPENED)
    for persons in (("R1", "R2", "R3"), ("R4", "R5", "R6"), ("R7",)):
        assert sign_up(docs, *persons).type == "signup_requested.v1"
    assert docs.the("signups", "S-R1")["state_text"] == "待审核"
    assert [approved(docs, f"S-{who}").data["state"] for who in ("R1", "R4", "R7")] == [
        "confirmed",
        "waiting",
        "confirmed",
    ]
    with refused(
        "cannot_decline",
        says="“《端午包粽子》的报名”现在是“已确认”，不能“审核不通过”；只有“待审核”时可以",
    ):
        signups.decline_signup(docs, {"signup": "S-R1", "reason": "满了"}, secretary())


def test_a_party_declined_is_told_why_and_may_ask_again() -> None:
    docs = stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "terms": {"approval": True}}),
        OPENED,
    )
    sign_up(docs, "R1")
    take(
        docs,
        signups.decline_signup(
            docs, {"signup": "S-R1", "reason": "请先完成培训"}, secretary()
        ),
    )
    assert docs.the("signups", "S-R1")["reason"] == "请先完成培训"
    assert sign_up(docs, "R1").type == "signup_requested.v1"


def pass_on(docs: Overlay, person: str, to: str, relation: str = "family") -> Fact:
    command = {
        "signup": "G2",
        "person": person,
        "to": {"person": to, "relation": relation},
    }
    return take(docs, parties.pass_on(docs, command, resident("R2")))


def test_a_seat_is_passed_on_within_the_party() -> None:
    docs = full()
    pass_on(docs, "R2-child", "elder")
    assert [member["person"] for member in docs.the("signups", "G2")["party"]] == [
        "R2",
        "R2~elder",
    ]
    assert docs.the("seats", f"{SESSION}:R2-child")["state"] == "cancelled"
    assert docs.the("seats", f"{SESSION}:R2~elder")["state"] == "confirmed"
    assert docs.the("seatings", SESSION)["taken"] == 5


def test_a_seat_is_passed_on_to_the_family_alone() -> None:
    with refused("not_family"):
        pass_on(full(), "R2-child", "R9", "self")
    docs = full()
    pass_on(docs, "R2", "elder", "elder")
    assert pass_on(docs, "elder", "R2", "self").type == "seat_passed_on.v1"


def test_a_seat_is_not_passed_on_to_somebody_who_has_one_or_from_somebody_who_has_none() -> (
    None
):
    with refused("already_signed_up"):
        pass_on(full(), "R2-child", "R2", "self")
    with refused("not_in_the_party"):
        pass_on(full(), "R4", "elder")
    with refused("cannot_pass_on"):
        docs = full(
            fact(
                "signup_cancelled.v1",
                session=SESSION,
                signup="G2",
                late=False,
                promoted=[],
            )
        )
        pass_on(docs, "R2-child", "R2-elder")


def test_the_host_says_why_a_sign_up_is_cancelled_and_a_resident_does_not() -> None:
    docs = full()
    command = {"signup": "G1", "reason": "场地变小"}
    with refused("not_your_host", Forbidden):
        signups.cancel_signup(docs, command, resident("R1"))
    take(docs, signups.cancel_signup(docs, command, secretary()))
    assert (state(docs, "G1"), docs.the("signups", "G1")["reason"]) == (
        "cancelled",
        "场地变小",
    )


def offered_soon() -> Overlay:
    """W2 is offered the seat of G1, two hours to answer."""
    docs = full(*WAITING)
    give_up(docs, "G1", AFTER_CUTOFF)
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "W2"
    return docs


def test_an_offer_of_a_session_that_is_cancelled_is_not_accepted_and_not_said_to_go_to_the_next() -> (
    None
):
    docs = offered_soon()
    take(
        docs,
        fact("activity_cancelled.v2", sessions=[SESSION], reason="雨"),
        AFTER_CUTOFF,
    )
    with refused("session_cancelled"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=AFTER_CUTOFF))
    late = AFTER_CUTOFF + places.TIME_TO_ANSWER
    gone = take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W2"), secretary(now=late)),
        late,
    )
    assert (gone.type, state(docs, "W2")) == ("signup_cancelled.v1", "cancelled")
    assert "answer_by" not in docs.the("signups", "W2")


def test_an_offer_ends_when_its_session_was_moved_to_begin_before_the_answer() -> None:
    docs = offered_soon()
    starts = AFTER_CUTOFF + timedelta(minutes=30)
    plan = {
        **CONTENT["sessions"][0],
        "starts_at": instant(starts),
        "cutoff": instant(CUTOFF),
    }
    about = {"changed": ["starts_at"], "moved": [SESSION], "reason": "提前"}
    take(
        docs,
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": [plan], **about}),
        AFTER_CUTOFF,
    )
    with refused("offer_lapsed"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=starts))
    assert offers.accept_offer(
        docs, {"signup": "W2"}, resident("P4", now=starts - timedelta(seconds=1))
    )


def test_an_offer_holds_though_the_session_was_started_early() -> None:
    docs = full(*WAITING)
    give_up(docs, "G1", soon := STARTS - timedelta(minutes=40))
    settle(docs, soon)
    take(docs, fact("session_started.v1", session=SESSION), soon)
    assert offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=soon))


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
