"""Check-in by roster and by code, check-out, hours and the rating."""

from datetime import timedelta

import pytest

from services.activities.rules import door
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Data, Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import given_from
from tests.unit.activities.stage import (
    CLOSED,
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)

NOW = STARTS + timedelta(minutes=5)
RUNNING = (PUBLISHED, OPENED, confirmed("G1", "R1", "R1~child", ticket=1), STARTED)


def code(at_minutes: int = 5, session: str = SESSION) -> str:
    shown = door.door_code({"id": session}, KEY, secretary(now=STARTS + timedelta(minutes=at_minutes)))
    return str(shown["code"])


def entering(docs: Overlay, who: Asked, **command: str) -> Fact:
    return door.check_in(docs, {"activity": ACTIVITY, **command}, who, KEY)


def refused(docs: Overlay, who: Asked, **command: str) -> str:
    with pytest.raises((Refused, Forbidden)) as refusal:
        entering(docs, who, **command)
    return refusal.value.code


def inside(person: str, at: str = "2026-06-13T01:05:00.000Z", way: str = "scanned") -> Fact:
    return fact("checked_in.v1", session=SESSION, person=person, at=at, way=way)


def test_a_resident_checks_in_with_the_code_at_the_door() -> None:
    event = entering(stage(*RUNNING), resident("R1", now=NOW), code=code())
    assert (event.data["person"], event.data["way"]) == ("R1", "scanned")


def test_a_resident_checks_in_the_family_they_signed_up() -> None:
    for said in ("child", "R1~child"):
        event = entering(stage(*RUNNING), resident("R1", now=NOW), code=code(), person=said)
        assert event.data["person"] == "R1~child"


def test_nobody_makes_a_record_for_whom_they_named_by_id() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", ticket=1), STARTED)
    assert refused(docs, resident("R1", now=NOW), code=code(), person="R2") == "not_yours"
    assert entering(docs, resident("R2", now=NOW), code=code()).data["person"] == "R2"


def test_nobody_checks_in_a_stranger_with_a_code() -> None:
    for person, code_of in (("R1", "not_yours"), ("child", "not_yours"), ("R1~child", "anothers_guest")):
        assert refused(stage(*RUNNING), resident("R2", now=NOW), code=code(), person=person) == code_of


def test_the_host_checks_in_from_the_roster_without_a_code() -> None:
    event = entering(stage(*RUNNING), secretary(now=NOW), person="R1")
    assert event.data["way"] == "backfilled"


def test_only_the_host_checks_in_without_a_code() -> None:
    assert refused(stage(*RUNNING), resident("R1", now=NOW), person="R1") == "not_your_host"


@pytest.mark.parametrize(
    ("shown", "refusal"),
    [
        (code(at_minutes=2), "code_expired"),
        (code(session="another.1"), "wrong_code"),
        (code()[:-2] + "xx", "bad_code"),
        ("nonsense", "bad_code"),
    ],
)
def test_a_code_that_is_old_foreign_or_forged_is_refused(shown: str, refusal: str) -> None:
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=shown) == refusal


def test_a_code_signed_with_another_key_is_forged() -> None:
    forged = door.door_code({"id": SESSION}, b"another key", secretary(now=NOW))["code"]
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=forged) == "bad_code"


def test_who_did_not_sign_up_or_still_waits_is_not_let_in() -> None:
    waiting = waitlisted("G2", "R5", ticket=2, position=1)
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", "R3", "R4", "R9", ticket=1), waiting, STARTED)
    assert refused(docs, secretary(now=NOW), person="R7") == "not_signed_up"
    assert refused(docs, secretary(now=NOW), person="R5") == "still_waiting"


def test_a_person_is_checked_in_once_until_they_leave() -> None:
    docs = stage(*RUNNING, inside("R1"))
    assert refused(docs, secretary(now=NOW), person="R1") == "already_checked_in"


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        ("2026-06-12T23:59:00.000Z", "outside_session"),
        ("2026-06-13T01:20:00.000Z", "in_the_future"),
    ],
)
def test_a_scan_at_an_impossible_time_is_refused(at: str, refusal: str) -> None:
    assert refused(stage(*RUNNING), secretary(now=NOW), person="R1", at=at) == refusal


def test_a_scan_may_arrive_late_with_its_true_time() -> None:
    late = secretary(now=STARTS + timedelta(hours=30))
    event = entering(stage(*RUNNING, CLOSED), late, person="R1", at="2026-06-13T01:02:00.000Z")
    assert event.data["at"] == "2026-06-13T01:02:00.000Z"


def test_before_publication_there_is_no_door() -> None:
    assert refused(stage(PUBLISHED), secretary(now=NOW), person="R1") == "not_running"


def leaving(docs: Overlay, at_minutes: int, way: str = "roster") -> Data:
    now = STARTS + timedelta(minutes=at_minutes)
    if way == "roster":
        return door.check_out(docs, {"activity": ACTIVITY, "person": "R1"}, secretary(now=now), KEY).data
    shown = {"activity": ACTIVITY, "code": code(at_minutes)}
    return door.check_out(docs, shown, resident("R1", now=now), KEY).data


def test_checking_out_counts_whole_minutes_between_the_scans() -> None:
    out = leaving(stage(*RUNNING, inside("R1")), at_minutes=95, way="code")
    assert (out["minutes"], out["hours"]) == (90, "scanned")


def test_one_scan_from_the_roster_makes_the_hours_backfilled() -> None:
    assert leaving(stage(*RUNNING, inside("R1")), at_minutes=95)["hours"] == "backfilled"


def test_minutes_end_with_the_grace_after_the_session() -> None:
    assert leaving(stage(*RUNNING, inside("R1")), at_minutes=149)["minutes"] == 130


def test_leaving_and_coming_back_adds_up_and_counts_nothing_twice() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35)))
    given_from(docs, Activities, "activities", inside("R1", at="2026-06-13T01:40:00.000Z"))
    assert leaving(docs, at_minutes=65)["minutes"] == 55


def test_nobody_comes_in_again_at_a_time_they_were_inside() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35)))
    later = secretary(now=STARTS + timedelta(minutes=40))
    assert refused(docs, later, person="R1", at="2026-06-13T01:25:00.000Z") == "already_checked_in"


def leaving_data(docs: Overlay, at_minutes: int) -> Data:
    return {name: value for name, value in leaving(docs, at_minutes).items() if name != "activity"}


def test_who_is_not_inside_cannot_leave() -> None:
    with pytest.raises(Refused) as refusal:
        leaving(stage(*RUNNING), at_minutes=60)
    assert refusal.value.code == "not_checked_in"


def test_nobody_leaves_before_they_came() -> None:
    command = {"activity": ACTIVITY, "person": "R1", "at": "2026-06-13T01:01:00.000Z"}
    with pytest.raises(Refused) as refusal:
        door.check_out(stage(*RUNNING, inside("R1")), command, secretary(now=NOW), KEY)
    assert refusal.value.code == "before_check_in"


def rating(docs: Overlay, who: str, **command: object) -> Fact:
    return door.rate(docs, {"activity": ACTIVITY, "score": 5, **command}, resident(who, now=NOW, new_id="NOTE"))


def test_what_a_resident_says_stays_out_of_the_event() -> None:
    event = rating(stage(*RUNNING, inside("R1")), "R1", words="很热闹")
    assert event.data["note"] == "NOTE"
    assert event.notes == {"NOTE": "很热闹"}
    assert "很热闹" not in str(event.data)


def test_only_who_was_there_rates_and_once() -> None:
    docs = stage(*RUNNING, inside("R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R2")
    assert refusal.value.code == "not_attended"
    given_from(docs, Activities, "activities", rating(docs, "R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R1")
    assert refusal.value.code == "already_rated"
