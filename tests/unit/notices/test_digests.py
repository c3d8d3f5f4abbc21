"""Together when there are many, and each by itself for who wants it."""

from datetime import datetime

from services.kit.channels import channels_in
from services.notices.rules import planning
from tests.unit.notices.deliveries import TOLD, UNIT_ROBOT, lease_reminder
from tests.unit.notices.delivering_stage import Stage


def test_a_reminder_is_not_sent_before_its_time_with_others() -> None:
    stage = Stage()
    lease = lease_reminder(stage)
    stage.now = datetime.fromisoformat(lease["send_at"])
    for _ in range(3):
        stage.happens("unit_halted.v1")
    channels = channels_in(UNIT_ROBOT)
    while (
        stage.record(planning.plan(stage.docs, {}, stage.asked(), channels)) is not None
    ):
        pass
    digest = stage.begin("unit-robot")
    assert digest is not None
    kinds = sorted(
        stage.docs.the("deliveries", id)["kind"] for id in digest.data["deliveries"]
    )
    assert kinds == ["lease_ends_soon", "unit_halted", "unit_halted", "unit_halted"]


def test_three_go_out_one_by_one_and_what_comes_after_within_the_hour_goes_as_one() -> (
    None
):
    stage = Stage()
    stage.give()
    for _ in range(3):
        stage.happens(TOLD)
        stage.plan_all()
        begun = stage.begin()
        assert begun is not None
        assert len(begun.data["deliveries"]) == 1
        stage.report(begun.data["message"], "made")
        stage.later(minutes=10)
    for _ in range(5):
        stage.happens(TOLD)
        stage.plan_all()
        assert stage.begin() is None
        stage.later(minutes=1)
    stage.later(minutes=30)
    digest = stage.begin()
    assert digest is not None
    assert len(digest.data["deliveries"]) == 5
    assert stage.begin() is None


def test_a_storm_is_one_message() -> None:
    stage = Stage()
    stage.give()
    for _ in range(40):
        stage.happens(TOLD)
    stage.plan_all()
    digest = stage.begin()
    assert digest is not None
    assert len(digest.data["deliveries"]) == 40


def test_who_wants_no_digest_gets_each_by_itself_at_once() -> None:
    stage = Stage()
    stage.give()
    stage.choose(digest=False)
    for _ in range(6):
        stage.happens(TOLD)
    stage.plan_all()
    begun = [stage.begin() for _ in range(6)]
    assert all(each is not None and len(each.data["deliveries"]) == 1 for each in begun)
