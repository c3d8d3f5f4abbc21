"""At the very moment, and with the very number, where something at a session is so no more."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

import pytest

from schemas.activities.contents import LONGEST_SESSION
from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.documents import Seating
from services.activities.model.seating import free_for, is_being_settled
from services.activities.rules import change_limits, dates, parties, walkins
from services.activities.rules.authority import _not_in_office
from services.activities.rules.changes import _must_not_shrink
from services.activities.rules.conditions import must_be_able_to_fit
from services.activities.rules.merging import _comes_back
from services.activities.rules.overlaps import overlap
from services.activities.rules.places import has_begun
from services.activities.rules.plans import Change
from services.activities.rules.terms import _is_signed_up_for
from services.activities.service import Activities
from services.kit.errors import Invalid
from tests.examples.activities import SESSION
from tests.given import given, given_from, refused
from tests.unit.activities.stage import (
    CLOSED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    secretary,
    stage,
)

MOMENT = timedelta(milliseconds=1)
NOW = instant(STARTS)
BEFORE, AFTER = instant(STARTS - MOMENT), instant(STARTS + MOMENT)


@pytest.mark.parametrize(
    ("closed_at", "is_late"),
    [
        (datetime(2026, 6, 13, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 13, 16, 0, tzinfo=UTC), True),
    ],
)
def test_a_session_is_closed_late_from_midnight_on(
    closed_at: datetime, is_late: bool
) -> None:
    docs = stage(PUBLISHED, OPENED, STARTED)
    given_from(docs, Activities, "activities", CLOSED, now=closed_at)
    assert docs.the("sessions", SESSION).get("closed_late", False) is is_late


def seating(**changes: Any) -> Seating:
    none = dict.fromkeys(("taken", "offered", "kept_walk_in", "taken_walk_in"), 0)
    none |= dict.fromkeys(("kept_offline", "taken_offline"), 0)
    about = {"capacity": 10, "role": "participant", "frees_at": NOW}
    return cast(Seating, none | about | changes)


KEPT: Json = {"kept_walk_in": 3, "taken_walk_in": 1, "kept_offline": 4, "taken_offline": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("pool", "now", "free"),
    [
        ("walk_in", BEFORE, 7),
        ("offline", BEFORE, 5),
        ("online", BEFORE, 2),
        ("online", NOW, 5),
    ],
)
def test_what_is_kept_for_others_is_not_free(pool: str, now: str, free: int) -> None:
    assert free_for(pool, seating(taken=2, offered=1, **KEPT), now) == free


@pytest.mark.parametrize("pool", ["walk_in", "offline", "online"])
def test_of_more_than_were_kept_nothing_is_given_back(pool: str) -> None:
    more = {"kept_walk_in": 1, "taken_walk_in": 2, "kept_offline": 1, "taken_offline": 3}  # fmt: skip
    assert free_for(pool, seating(taken=5, **more), BEFORE) == 5


@pytest.mark.parametrize(
    ("settle_at", "is_so"), [(None, False), (AFTER, False), (NOW, True), (BEFORE, True)]
)
def test_seats_are_being_settled_from_that_moment_on(
    settle_at: str | None, is_so: bool
) -> None:
    about = {"settle_at": settle_at} if settle_at else {}
    assert is_being_settled(seating(**about), NOW) is is_so


@pytest.mark.parametrize(
    ("state", "now", "is_so"),
    [
        ("planned", BEFORE, False),
        ("planned", NOW, True),
        ("started", BEFORE, True),
        ("closed", AFTER, True),
        ("cancelled", BEFORE, False),
        ("cancelled", AFTER, False),
    ],
)
def test_a_session_has_begun_by_its_hour_or_before(
    state: str, now: str, is_so: bool
) -> None:
    assert has_begun({"state": state, "starts_at": NOW}, now) is is_so


@pytest.mark.parametrize(
    ("settle_at", "now", "is_let_in"),
    [
        (None, BEFORE, True),
        (BEFORE, BEFORE, False),
        (BEFORE, NOW, True),
        (None, NOW, True),
    ],
)
def test_until_it_begins_nobody_walks_in_before_those_who_wait(
    settle_at: str | None, now: str, is_let_in: bool
) -> None:
    about = {"settle_at": settle_at} if settle_at else {}
    session = {"state": "planned", "starts_at": NOW, "title": "包粽子"}
    who = secretary(now=datetime.fromisoformat(now))
    if is_let_in:
        assert walkins._reason(seating(**about), session, {}, who) == {}
        return
    with refused("no_seat_left"):
        walkins._reason(seating(**about), session, {"reason": "来了"}, who)


@pytest.mark.parametrize(
    ("taken", "told"), [(9, {}), (10, {"reason": "来了"}), (11, {"reason": "来了"})]
)
def test_a_reason_is_kept_of_whoever_has_no_seat_left(taken: int, told: Json) -> None:
    session = {"state": "started", "starts_at": NOW, "title": "包粽子"}
    who = secretary(now=STARTS)
    full = seating(taken=taken)
    assert walkins._reason(full, session, {"reason": "来了"}, who) == told


@pytest.mark.parametrize(
    ("state", "begun", "is_to_come", "comes_back"),
    [
        ("confirmed", False, True, False),
        ("confirmed", True, False, True),
        ("offered", False, True, False),
        ("waiting", False, True, True),
        ("waiting", False, False, False),
        ("waiting", True, False, True),
        ("requested", False, True, True),
    ],
)
def test_what_nobody_else_can_have_got_comes_back(
    state: str, begun: bool, is_to_come: bool, comes_back: bool
) -> None:
    assert _comes_back({"state": state}, {"begun": begun}, is_to_come) is comes_back


@pytest.mark.parametrize(
    ("counted", "is_so"),
    [
        ({}, False),
        ({"taken": 2}, True),
        ({"offered": 2}, True),
        ({"taken": 2, "offered": 2}, True),
        ({"waiting": 1}, True),
        ({"requested": 1}, True),
        ({"waiting": 1, "requested": 1}, True),
        ({"taken": 1, "waiting": 1}, True),
    ],
)
def test_a_session_is_signed_up_for_by_whoever_sits_or_waits(
    counted: Json, is_so: bool
) -> None:
    docs = given(Activities)
    nobody: Json = {"id": SESSION, "waiting": 0, "requested": 0}
    docs.put("seatings", seating() | nobody | counted)
    assert _is_signed_up_for(docs, SESSION) is is_so


@pytest.mark.parametrize(("capacity", "shrinks"), [(4, True), (5, False), (6, False)])
def test_a_session_under_way_may_keep_its_places(capacity: int, shrinks: bool) -> None:
    running = {"title": "包粽子", "starts_at": NOW, "state": "running"}
    said, plan = {"capacity": capacity}, {"capacity": 5}
    if not shrinks:
        _must_not_shrink(running, said, plan)
        return
    with refused("already_begun"):
        _must_not_shrink(running, said, plan)


@pytest.mark.parametrize(
    ("pool", "kept_offline", "size", "says"),
    [
        ("online", 3, 5, ""),
        ("online", 3, 6, "本场网上报名一共只有 5 个名额"),
        ("online", 7, 1, ""),
        ("online", 7, 2, "本场网上报名一共只有 1 个名额"),
        ("online", 8, 1, "本场没有给网上报名的名额"),
        ("offline", 3, 8, ""),
        ("offline", 3, 9, "本场社区代报一共只有 8 个名额"),
    ],
)
def test_a_party_is_no_larger_than_what_is_not_kept_for_others(
    pool: str, kept_offline: int, size: int, says: str
) -> None:
    """Of ten two are kept for who simply comes."""
    kept = seating(kept_walk_in=2, kept_offline=kept_offline)
    party: list[Json] = [{"person": f"R{number}"} for number in range(size)]
    if not says:
        must_be_able_to_fit(kept, pool, party)
        return
    with refused("party_larger_than_capacity", says=says):
        must_be_able_to_fit(kept, pool, party)


@pytest.mark.parametrize(
    ("length", "may"),
    [
        (timedelta(), False),
        (MOMENT, True),
        (LONGEST_SESSION, True),
        (LONGEST_SESSION + MOMENT, False),
    ],
)
def test_a_session_that_is_changed_lasts_a_while_and_no_more_than_a_day(
    length: timedelta, may: bool
) -> None:
    plan = {"starts_at": NOW, "ends_at": instant(STARTS + length)}
    if may:
        change_limits._must_last_a_while(plan)
        return
    with refused("ends_before_start", Invalid):
        change_limits._must_last_a_while(plan)


@pytest.mark.parametrize(("waiting", "others"), [(3, ""), (4, "等")])
def test_of_parties_left_waiting_three_are_told(waiting: int, others: str) -> None:
    session = {"title": "包粽子", "starts_at": NOW}
    parties = [{"by": f"R{number}", "size": number + 2} for number in range(waiting)]
    says = change_limits._no_room_for(parties, session, 1)
    assert f"还在等的组（2 人、3 人、4 人{others}）就再也排不上了" in says


@pytest.mark.parametrize(
    ("size", "may"), [(MOST_IN_A_PARTY - 1, True), (MOST_IN_A_PARTY, False)]
)
def test_a_party_grows_to_as_many_as_there_may_be(size: int, may: bool) -> None:
    docs = stage(PUBLISHED, OPENED)
    docs.change("seatings", SESSION, capacity=100)
    party: list[Json] = [{"person": f"R1~{number}"} for number in range(size)]
    about = {"by": "R1", "seating": SESSION, "session": SESSION, "pool": "online"}
    signup = about | {"id": "G1", "party": party, "size": size, "state": "confirmed"}
    may_grow = partial(
        parties._must_have_room, docs, signup, {"person": "R1~new"}, secretary()
    )
    if may:
        may_grow()
        return
    with refused("party_size"):
        may_grow()


@pytest.mark.parametrize(
    ("begins", "code"),
    [
        (timedelta(), "in_the_past"),
        (MOMENT, ""),
        (dates.FARTHEST, ""),
        (dates.FARTHEST + MOMENT, "too_far_ahead"),
    ],
)
def test_a_session_begins_after_now_and_within_two_years(
    begins: timedelta, code: str
) -> None:
    plans: list[Json] = [{"starts_at": instant(STARTS + begins)}]
    if not code:
        dates.must_be_possible(plans, secretary(now=STARTS))
        return
    with refused(code, Invalid):
        dates.must_be_possible(plans, secretary(now=STARTS))


@pytest.mark.parametrize(("capacity", "may"), [(2, False), (3, True)])
def test_of_a_session_that_is_added_all_places_may_be_kept(
    capacity: int, may: bool
) -> None:
    like = {"kept_offline": 2, "kept_walk_in": 1, "capacity": 5}
    posting = {"also": [{"starts_at": NOW, "capacity": capacity}]}
    if may:
        assert dates.added(posting, like)[0]["capacity"] == capacity
        return
    with refused("more_kept_than_there_are", Invalid):
        dates.added(posting, like)


@pytest.mark.parametrize(
    ("begins", "ends", "state", "is_at_once"),
    [
        (-60, 0, "planned", False),
        (-60, 1, "planned", True),
        (59, 120, "running", True),
        (60, 120, "running", False),
        (0, 60, "closed", False),
        (0, 60, "cancelled", False),
    ],
)
def test_sessions_are_at_once_that_have_a_moment_in_common(
    begins: int, ends: int, state: str, is_at_once: bool
) -> None:
    def session(id: str, begins: int, ends: int, state: str) -> Json:
        times = {"starts_at": begins, "ends_at": ends}
        moments = {
            name: instant(STARTS + timedelta(minutes=minute))
            for name, minute in times.items()
        }
        return moments | {"id": id, "state": state}

    other = session("S2", begins, ends, state)
    assert overlap(session("S1", 0, 60, "planned"), other) is is_at_once
    assert overlap(session("S2", 0, 60, "planned"), other) is (
        is_at_once or state not in ("planned", "running")
    )


@pytest.mark.parametrize(
    ("changed", "until"),
    [
        ({"place": "三楼"}, STARTS),
        ({"grid": "W-2"}, STARTS - change_limits.DOORS_OPEN),
        ({"mode": "both"}, None),
    ],
)
def test_a_session_is_held_elsewhere_until_somebody_may_be_there(
    changed: Json, until: datetime | None
) -> None:
    docs = stage(PUBLISHED, OPENED)
    before: Json = {"starts_at": NOW, "place": "二楼", "grid": "W-1"}
    change = Change({SESSION: before}, {SESSION: before | changed})

    def ask(now: datetime) -> None:
        change_limits._may_be_elsewhere(docs, change, secretary(now=now))

    if until is None:
        ask(STARTS)
        return
    ask(until - MOMENT)
    with refused("already_begun" if "place" in changed else "doors_open"):
        ask(until)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        ("2026-05-31", "term_expired"),
        ("2026-06-01", "not_the_secretary"),
        ("2026-06-02", "not_the_secretary"),
    ],
)
def test_a_secretary_s_term_is_over_after_its_last_day(until: str, code: str) -> None:
    others = {"person": "S2", "since": "2026-01-01", "until": "2026-02-01"}
    branch = {
        "terms": [others, {"person": "S1", "since": "2026-01-01", "until": until}]
    }
    assert _not_in_office(branch, "2026-06-01", "S1").code == code
    assert _not_in_office(branch, "2026-06-01", "S3").code == "not_the_secretary"
