"""The last day, the last time and the first of several alike: where needs, meetings and offerings end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from services.cobuild.rules import (
    closing,
    commitments,
    matching,
    meetings,
    offerings,
    points,
    talks,
)
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    REGISTERED,
    RESIDENT,
    UNIT,
    VERIFIED,
    stage,
    take,
)

COMMANDS = examples.COMMANDS
MOMENT = timedelta(milliseconds=1)


def at(now: datetime) -> Any:
    return asked(("resident", "*"), id="P1", now=now)


def test_a_need_is_reopened_for_a_month_to_the_moment() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.confirm_need(docs, COMMANDS["confirm_need"], RESIDENT))
    command, last = COMMANDS["reopen_need"], NOW + closing.REOPENS_WITHIN
    assert closing.reopen_need(docs, command, at(last))
    with refused("too_late_to_reopen"):
        closing.reopen_need(docs, command, at(last + MOMENT))


@pytest.mark.parametrize(("times", "is_too_often"), [(2, False), (3, True)])
def test_a_need_is_reopened_three_times(times: int, is_too_often: bool) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.confirm_need(docs, COMMANDS["confirm_need"], RESIDENT))
    docs.change("needs", "N1", reopened=times)
    if not is_too_often:
        assert closing.reopen_need(docs, COMMANDS["reopen_need"], RESIDENT)
        return
    with refused("reopened_too_often"):
        closing.reopen_need(docs, COMMANDS["reopen_need"], RESIDENT)


@pytest.mark.parametrize(("times", "is_too_often"), [(2, False), (3, True)])
def test_what_is_due_is_put_off_three_times(times: int, is_too_often: bool) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    docs.change("commitments", "C1", postponed=times)
    command = COMMANDS["postpone_commitment"]
    if not is_too_often:
        assert commitments.postpone_commitment(docs, command, LIAISON)
        return
    with refused("postponed_too_often"):
        commitments.postpone_commitment(docs, command, LIAISON)


@pytest.mark.parametrize(
    ("name", "first"),
    [("valid_until", "2006-06-01"), ("starts_at", "2006-06-01T01:00:00.000Z")],
)
def test_what_was_offered_twenty_years_ago_is_recorded_still(
    name: str, first: str
) -> None:
    assert (NOW - offerings.LONGEST_AGO).date().isoformat() == "2006-06-01"
    about = {"community": "510108015001", "retired_on": "2024-12-31"}
    content = about | {"valid_until": "2024-12-31"} | {name: first}
    offerings._must_be_over(stage(*UNIT), content, LIAISON)


@pytest.mark.parametrize(
    ("valid_until", "code"),
    [
        ("2026-05-31", "in_the_past"),
        ("2026-06-01", ""),
        (offerings.LAST_DAY, ""),
        ("3000-01-01", "too_far_ahead"),
    ],
)
def test_an_offering_is_good_from_today_to_the_last_day_there_is(
    valid_until: str, code: str
) -> None:
    content = {"community": "510108015001", "valid_until": valid_until}
    if not code:
        offerings._must_be_possible(stage(*UNIT), content, LIAISON)
        return
    with refused(code, Invalid):
        offerings._must_be_possible(stage(*UNIT), content, LIAISON)


@pytest.mark.parametrize(
    ("earlier", "is_early"), [(MOMENT, True), (timedelta(), False), (-MOMENT, False)]
)
def test_work_is_early_before_the_time_agreed_on(
    earlier: timedelta, is_early: bool
) -> None:
    agreed = {"agreed_at": instant(NOW)}
    assert talks.is_early(agreed, at(NOW - earlier)) is is_early
    assert not talks.is_early({}, at(NOW))


DUE = {"due": "2026-06-05", "due_at": "2026-06-05T16:00:00.000Z"}


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (instant(NOW), "in_the_past"),
        (instant(NOW + MOMENT), ""),
        ("2026-06-05T15:59:59.999Z", ""),
        ("2026-06-05T16:00:00.000Z", "after_due"),
    ],
)
def test_a_time_lies_between_now_and_what_is_due(starts_at: str, code: str) -> None:
    if not code:
        talks._must_be_possible(DUE, starts_at, at(NOW))
        return
    kind = Invalid if code == "in_the_past" else Refused
    with refused(code, kind):
        talks._must_be_possible(DUE, starts_at, at(NOW))


@pytest.mark.parametrize(("earlier", "is_held"), [(MOMENT, False), (timedelta(), True)])
def test_a_meeting_is_held_from_its_very_beginning(
    earlier: timedelta, is_held: bool
) -> None:
    docs = stage(*UNIT)
    street = asked(("street_admin", "510108015"), id="P4")
    called = {**examples.CONVENED, "held_at": instant(NOW + timedelta(days=1))}
    take(docs, meetings.call_meeting(docs, called, street))
    (meeting,) = (doc for (name, _), doc in docs.changed.items() if name == "meetings")
    then = asked(
        ("street_admin", "510108015"), id="P4", now=NOW + timedelta(days=1) - earlier
    )
    command = {"meeting": meeting["id"]}
    if is_held:
        assert meetings._held(docs, command, then, "conclude") == meeting
        return
    with refused("not_held_yet"):
        meetings._held(docs, command, then, "conclude")


def alike(id: str, last_at: str, used: list[str], **more: Any) -> points.Pair:
    """Full marks for all but the record; what is looked up of it is told in `used`."""
    here = {"community": "C", "street": "S", "district": "D"}
    need = here | {"id": "N1", "category": "零距离助老", "audience": "全体居民"}
    offering = here | {"id": id, "category": "零距离助老", "audience": ["全体居民"]}
    offering |= {"capacity": 1} | more
    record = {"confirmed": 0, "lapsed": 0, "withdrawn": 0, "open": 0}

    def look() -> int:
        used.append(id)
        return 0

    return points.Pair(need, offering, record | {"last_at": last_at}, 0, look, NOW)


def days_ago(days: int) -> str:
    return instant(NOW - timedelta(days=days))


def test_of_two_alike_it_is_the_turn_of_who_came_longest_ago() -> None:
    used: list[str] = []
    pairs = [alike("F1", days_ago(100), used), alike("F2", days_ago(200), used)]
    for in_order in (pairs, pairs[::-1]):
        (best,) = matching._best(in_order, 1)
        assert best.offering["id"] == "F2"


def test_what_cannot_be_among_the_first_is_not_looked_into() -> None:
    used: list[str] = []
    farther = {"community": "C2", "street": "S2", "district": "D2"}
    pairs = [alike("F1", days_ago(100), used), alike("F2", "", used, **farther)]
    (best,) = matching._best(pairs, 1)
    assert (best.offering["id"], used) == ("F1", ["F1"])


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (UNIT, "不是"),
        ((REGISTERED,), "没有这个"),
        ((), "没有这个"),
    ],
)
def test_of_a_unit_never_approved_no_meeting_says_the_name(
    facts: tuple[Fact, ...], says: str
) -> None:
    docs = stage(*facts)
    with pytest.raises(Unknown) as caught:
        meetings._must_be_from_there(docs, "510108016", "U1")
    assert says in caught.value.title
    name = REGISTERED.data["name"]
    assert (name in caught.value.title) is (facts == UNIT)


def test_what_is_said_of_a_commitment_is_counted() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    for number in (1, 2):
        take(docs, example_of(examples, "commitment_discussed.v1", note=f"M{number}"))
        assert docs.the("commitments", "C1")["messages"] == number


@pytest.mark.parametrize(
    ("days", "open", "share"),
    [(45, 0, 0.5), (45, 1, 0.25), (45, 3, 0.125), (90, 1, 0.5), (900, 1, 0.5)],
)
def test_a_turn_is_worth_less_the_more_is_under_way(
    days: int, open: int, share: float
) -> None:
    pair = alike("F1", days_ago(days), [])
    pair.record["open"] = open
    assert points.turn(pair) == (share, f"距上次 {days} 天，手上 {open} 项")
