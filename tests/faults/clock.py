"""The clock of every process stepped under way."""

from datetime import UTC, datetime, timedelta

from services.xfh.demo.server import step_clock
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground


@scenario(
    "clock-stepped",
    "the clock goes fifteen minutes forward, thirty back, and to the right time again",
)
def stepped(ground: Ground) -> None:
    with ground.under_load() as stage:
        for moment_s, minutes in ((2, 15), (4, -15), (6, 0)):
            stage.at(moment_s)
            step_clock(stage.clock, datetime.now(UTC) + timedelta(minutes=minutes))
