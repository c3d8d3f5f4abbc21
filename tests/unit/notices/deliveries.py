"""What tests of deliveries begin with."""

from services.kit.channels import channels_in
from services.notices.rules import planning
from tests.unit.notices.delivering_stage import Stage

UNIT_ROBOT = '[unit-robot]\nurl = "wecombot://abcdefgh"\nfor = "unit/U1"\n'

NIGHT = {"quiet_from": "22:00", "quiet_until": "07:00"}
TOLD = "resident_asked.v1"  # Told to P1 alone.


def under_way(stage: Stage) -> str:
    """The message in which the first thing told to P1 is being sent."""
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    begun = stage.begin()
    assert begun is not None
    return str(begun.data["message"])


def lease_reminder(stage: Stage) -> dict[str, str]:
    """The reminder that a lease ends soon, planned for the unit's robot."""
    channels = channels_in(UNIT_ROBOT)
    stage.happens("need_claimed.v1", commitment="C2")
    planned = []
    while (
        made := stage.record(planning.plan(stage.docs, {}, stage.asked(), channels))
    ) is not None:
        planned += made.data["deliveries"]
    (due,) = [each for each in planned if each["kind"] == "due_soon"]
    assert due["send_at"] == "2026-06-11T16:00:00.000Z"
    lease = next(each for each in planned if each["kind"] == "lease_ends_soon")
    return dict(lease)
