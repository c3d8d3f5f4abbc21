"""What a restore does to what was due."""

from dataclasses import replace
from datetime import timedelta

from schemas.fields import instant
from services.kit.log import Fact
from services.notices.rules import deliveries
from services.notices.service import Notices
from tests.given import NOW, happened
from tests.unit.notices.deliveries import TOLD
from tests.unit.notices.delivering_stage import Stage


def interrupted(stage: Stage) -> None:
    """As the restoring of a backup writes it; its id is greater than those of all events told before."""
    fact = Fact("sending_interrupted.v1", "sending/1", {"at": instant(stage.now)})
    event = replace(happened(fact, seq=stage.docs.seq + 1, now=stage.now), id="Z")
    stage.docs.fold(event, Notices.folds["notices"])


def test_after_a_restore_what_was_due_is_in_doubt_and_is_sent_again_by_a_person_alone() -> (
    None
):
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    interrupted(stage)
    (delivery,) = stage.all()
    assert (delivery["state"], delivery["code"]) == ("unknown", "restored")
    assert stage.begin() is None
    who = stage.asked(("district_admin", "*"))
    stage.record(deliveries.resend(stage.docs, {"delivery": delivery["id"]}, who))
    assert stage.begin() is not None


def test_after_a_restore_what_was_told_before_it_and_not_planned_is_not_sent() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    interrupted(stage)
    assert stage.plan_all() == []


def test_after_a_restore_what_waits_for_the_morning_still_goes_out() -> None:
    stage = Stage(now=NOW + timedelta(hours=14))
    stage.give()
    stage.choose(quiet_from="22:00", quiet_until="07:00")
    stage.happens(TOLD)
    stage.plan_all()
    interrupted(stage)
    assert [delivery["state"] for delivery in stage.all()] == ["waiting"]
