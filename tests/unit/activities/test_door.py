"""Check-in by roster and by the code at the door."""

from collections.abc import Callable
from datetime import timedelta

import marshmallow as ma
import pytest

from schemas.activities.door import CheckIn
from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import corrections, door, walkins
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import refused as refused_as
from tests.unit.activities.door import (
    NOW,
    RUNNING,
    UNDO,
    code,
    entering,
    inside,
    own,
    refused,
)
from tests.unit.activities.stage import (
    CLOSED,
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    waitlisted,
)


def test_a_resident_checks_in_with_the_code_at_the_door() -> None:
    event = entering(stage(*RUNNING), resident("R1", now=NOW), code=code())
    assert (event.data["person"], event.data["way"]) == ("R1", "scanned")


def test_a_resident_checks_in_the_family_they_signed_up_which_proves_nothing_of_them() -> (
    None
):
    for said in ("child", "R1~child"):
        event = entering(
            stage(*RUNNING), resident("R1", now=NOW), code=code(), person=said
        )
        told = (event.data["person"], event.data["way"], event.data["at"])
        assert told == ("R1~child", "backfilled", instant(NOW))


def test_nobody_makes_a_record_for_whom_they_named_by_id() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", ticket=1), STARTED)
    assert (
        refused(docs, resident("R1", now=NOW), code=code(), person="R2") == "not_yours"
    )
    assert entering(docs, resident("R2", now=NOW), code=code()).data["person"] == "R2"


@pytest.mark.parametrize("person", [{}, {"person": "R1"}, {"person": "child"}])
@pytest.mark.parametrize("minutes", [-60, -1, 0, 5, 6])
def test_who_scans_the_door_is_there_now_and_says_no_other_time(
    minutes: int, person: Json
) -> None:
    said = {"at": instant(STARTS + timedelta(minutes=minutes)), **person}
    for direction in (door.check_in, door.check_out):
        docs = stage(*RUNNING, inside("R1", at="2026-06-13T00:50:00.000Z"))
        with refused_as("time_is_now", Invalid):
            direction(
                docs,
                {"activity": ACTIVITY, "code": code(), **said},
                resident("R1", now=NOW),
                KEY,
            )


KEEPING = (PUBLISHED, OPENED, confirmed("G1", "S1", "R1", ticket=1), STARTED)
SELF = {"activity": ACTIVITY, "person": "S1"}


@pytest.mark.parametrize(
    "rule",
    [
        lambda docs, who: door.check_in(docs, SELF, who, KEY),
        lambda docs, who: door.check_in(docs, {"activity": ACTIVITY}, who, KEY),
        lambda docs, who: door.check_in(
            docs, {"activity": ACTIVITY, "person": "S1~grandma"}, who, KEY
        ),
        lambda docs, who: door.check_in(
            docs, {"activity": ACTIVITY, "own_code": own(4, "S1")}, who, KEY
        ),
        lambda docs, who: door.check_out(docs, SELF, who, KEY),
        lambda docs, who: walkins.walk_in(docs, {**SELF, "relation": "self"}, who, KEY),
        lambda docs, who: walkins.walk_in(
            docs,
            {"activity": ACTIVITY, "relation": "self", "own_code": own(4, "S1")},
            who,
            KEY,
        ),
        lambda docs, who: corrections.undo_check(docs, {**SELF, **UNDO}, who),
        lambda docs, who: door.appraise(docs, {**SELF, "grade": "优秀"}, who),
    ],
)
def test_who_keeps_the_door_marks_and_appraises_others(
    rule: Callable[[Overlay, Asked], Fact],
) -> None:
    with refused_as("own_hours", Forbidden):
        rule(stage(*KEEPING, inside("S1")), secretary(now=NOW))


def test_who_keeps_the_door_scans_its_code_like_everybody() -> None:
    event = entering(stage(*KEEPING), secretary(now=NOW), code=code())
    assert (event.data["person"], event.data["way"]) == ("S1", "scanned")


@pytest.mark.parametrize(
    "said", [{"own_code": "x", "person": "R1"}, {"own_code": "x", "code": "y"}]
)
def test_a_code_and_a_name_are_not_said_together(said: Json) -> None:
    with pytest.raises(ma.ValidationError):
        CheckIn().load({"activity": ACTIVITY, **said})


def test_nobody_checks_in_a_stranger_with_a_code() -> None:
    for person, code_of in (
        ("R1", "not_yours"),
        ("child", "not_yours"),
        ("R1~child", "anothers_guest"),
    ):
        assert (
            refused(
                stage(*RUNNING), resident("R2", now=NOW), code=code(), person=person
            )
            == code_of
        )


def test_the_host_checks_in_from_the_roster_without_a_code() -> None:
    event = entering(stage(*RUNNING), secretary(now=NOW), person="R1")
    assert event.data["way"] == "backfilled"


def test_only_the_host_checks_in_without_a_code() -> None:
    assert (
        refused(stage(*RUNNING), resident("R1", now=NOW), person="R1")
        == "not_your_host"
    )


@pytest.mark.parametrize(
    ("shown", "refusal"),
    [
        (code(at_minutes=2), "code_expired"),
        (code(session="another.1"), "wrong_code"),
        (code()[:-2] + "xx", "bad_code"),
        ("nonsense", "bad_code"),
    ],
)
def test_a_code_that_is_old_foreign_or_forged_is_refused(
    shown: str, refusal: str
) -> None:
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=shown) == refusal


def test_a_code_signed_with_another_key_is_forged() -> None:
    forged = door.door_code({"id": SESSION}, b"another key", secretary(now=NOW))["code"]
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=forged) == "bad_code"


def test_who_did_not_sign_up_or_still_waits_is_not_let_in() -> None:
    waiting = waitlisted("G2", "R5", ticket=2, position=1)
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R2", "R3", "R4", "R9", ticket=1),
        waiting,
        STARTED,
    )
    assert refused(docs, secretary(now=NOW), person="R7") == "not_signed_up"
    assert refused(docs, secretary(now=NOW), person="R5") == "still_waiting"


def test_a_scan_may_arrive_late_with_its_true_time() -> None:
    late = secretary(now=STARTS + timedelta(hours=30))
    event = entering(
        stage(*RUNNING, CLOSED), late, person="R1", at="2026-06-13T01:02:00.000Z"
    )
    assert event.data["at"] == "2026-06-13T01:02:00.000Z"


def test_before_publication_there_is_no_door() -> None:
    assert refused(stage(PUBLISHED), secretary(now=NOW), person="R1") == "not_running"
