"""Who is inside, leaves and comes again, and the minutes of that."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.activities.rules import door
from services.activities.service import Activities
from services.kit.errors import Refused
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import given_from
from tests.unit.activities.door import NOW, RUNNING, code, inside, refused
from tests.unit.activities.stage import KEY, STARTS, fact, resident, secretary, stage


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


def leaving(docs: Overlay, at_minutes: int, way: str = "roster") -> Json:
    now = STARTS + timedelta(minutes=at_minutes)
    if way == "roster":
        return door.check_out(
            docs, {"activity": ACTIVITY, "person": "R1"}, secretary(now=now), KEY
        ).data
    shown = {"activity": ACTIVITY, "code": code(at_minutes)}
    return door.check_out(docs, shown, resident("R1", now=now), KEY).data


def test_checking_out_counts_whole_minutes_between_the_scans() -> None:
    out = leaving(stage(*RUNNING, inside("R1")), at_minutes=95, way="code")
    assert (out["minutes"], out["hours"]) == (90, "scanned")


def test_one_scan_from_the_roster_makes_the_hours_backfilled() -> None:
    assert (
        leaving(stage(*RUNNING, inside("R1")), at_minutes=95)["hours"] == "backfilled"
    )


def test_minutes_end_with_the_grace_after_the_session() -> None:
    assert leaving(stage(*RUNNING, inside("R1")), at_minutes=149)["minutes"] == 130


def test_leaving_and_coming_back_adds_up_and_counts_nothing_twice() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(
        docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35))
    )
    given_from(
        docs, Activities, "activities", inside("R1", at="2026-06-13T01:40:00.000Z")
    )
    assert leaving(docs, at_minutes=65)["minutes"] == 55


def test_nobody_comes_in_again_at_a_time_they_were_inside() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(
        docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35))
    )
    later = secretary(now=STARTS + timedelta(minutes=40))
    assert (
        refused(docs, later, person="R1", at="2026-06-13T01:25:00.000Z")
        == "already_checked_in"
    )


def leaving_data(docs: Overlay, at_minutes: int) -> Json:
    return {
        name: value
        for name, value in leaving(docs, at_minutes).items()
        if name != "activity"
    }


def test_who_is_not_inside_cannot_leave() -> None:
    with pytest.raises(Refused) as refusal:
        leaving(stage(*RUNNING), at_minutes=60)
    assert refusal.value.code == "not_checked_in"


def test_nobody_leaves_before_they_came() -> None:
    command = {"activity": ACTIVITY, "person": "R1", "at": "2026-06-13T01:01:00.000Z"}
    with pytest.raises(Refused) as refusal:
        door.check_out(stage(*RUNNING, inside("R1")), command, secretary(now=NOW), KEY)
    assert refusal.value.code == "before_check_in"
    came = {**command, "at": "2026-06-13T01:05:00.000Z"}
    left = door.check_out(stage(*RUNNING, inside("R1")), came, secretary(now=NOW), KEY)
    assert left.type.startswith("checked_out")
