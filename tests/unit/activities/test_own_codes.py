"""A person's own code, shown at the door: when it is good, for what, and once."""

from datetime import timedelta

import pytest

from schemas.fields import instant
from services.activities.rules import corrections, door, walkins
from services.activities.service import Activities
from services.kit.errors import Refused
from tests.examples.activities import ACTIVITY
from tests.given import given_from
from tests.unit.activities.door import NOW, RUNNING, UNDO, entering, own, refused
from tests.unit.activities.stage import KEY, STARTS, secretary, stage


def test_an_own_code_scanned_live_is_of_now() -> None:
    event = entering(stage(*RUNNING), secretary(now=NOW), own_code=own(4))
    assert (event.data["person"], event.data["way"], event.data["at"]) == (
        "R1",
        "scanned",
        instant(NOW),
    )


@pytest.mark.parametrize(
    ("at_minutes", "way"),
    [
        (-30, "backfilled"),
        (2.9, "backfilled"),
        (3.5, "scanned"),
        (5, "scanned"),
        (6, "backfilled"),
    ],
)
def test_an_earlier_time_is_believed_as_far_as_the_code_shown_is(
    at_minutes: float, way: str
) -> None:
    at = instant(STARTS + timedelta(minutes=at_minutes))
    event = entering(stage(*RUNNING), secretary(now=NOW), own_code=own(3), at=at)
    assert (event.data["at"], event.data["way"]) == (at, way)


def test_an_own_code_lives_two_minutes() -> None:
    assert (
        refused(stage(*RUNNING), secretary(now=NOW), own_code=own(2.9))
        == "code_expired"
    )


def test_an_own_code_is_good_for_one_mark() -> None:
    docs, shown = stage(*RUNNING), own(4)
    given_from(
        docs,
        Activities,
        "activities",
        entering(docs, secretary(now=NOW), own_code=shown),
    )
    with pytest.raises(Refused) as refusal:
        door.check_out(
            docs, {"activity": ACTIVITY, "own_code": shown}, secretary(now=NOW), KEY
        )
    assert refusal.value.code == "code_used"
    undone = corrections.undo_check(docs, {**UNDO, "person": "R1"}, secretary(now=NOW))
    given_from(docs, Activities, "activities", undone)
    assert refused(docs, secretary(now=NOW), own_code=shown) == "code_used", (
        "nor after that was undone"
    )
    later = {"activity": ACTIVITY, "person": "R9", "own_code": own(4, "R9")}
    walked = walkins.walk_in(
        docs, {**later, "relation": "self"}, secretary(now=NOW, new_id="W1"), KEY
    )
    assert walked.data["way"] == "scanned"
    given_from(docs, Activities, "activities", walked)
    with pytest.raises(Refused) as refusal:
        door.check_out(
            docs,
            {"activity": ACTIVITY, "own_code": later["own_code"]},
            secretary(now=NOW),
            KEY,
        )
    assert refusal.value.code == "code_used"


def test_one_look_at_the_end_makes_no_minutes_that_count_as_seen() -> None:
    """Whatever times are said with it: an earlier entry is a typed one."""
    ends = secretary(now=STARTS + timedelta(minutes=120))
    for entry in ({"own_code": own(119)}, {"person": "R1"}):
        docs = stage(*RUNNING)
        came = entering(docs, ends, at="2026-06-13T01:00:00.000Z", **entry)
        given_from(docs, Activities, "activities", came)
        left = door.check_out(
            docs, {"activity": ACTIVITY, "own_code": own(119.5)}, ends, KEY
        )
        assert (left.data["minutes"], left.data["hours"]) == (120, "backfilled")


def test_a_walk_in_by_an_earlier_time_is_written_in_afterwards() -> None:
    said = {
        "activity": ACTIVITY,
        "relation": "self",
        "own_code": own(4, "R9"),
        "at": "2026-06-13T01:00:00.000Z",
    }
    walked = walkins.walk_in(stage(*RUNNING), said, secretary(now=NOW), KEY)
    assert (walked.data["at"], walked.data["way"], walked.data["hours"]) == (
        said["at"],
        "backfilled",
        "backfilled",
    )
