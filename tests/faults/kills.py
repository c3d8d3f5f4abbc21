"""Processes killed outright, and processes told to stop."""

import os
import signal
from contextlib import suppress
from functools import partial

from services.xfh import registry
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage

FIRST_S, AGAIN_S = 2.0, 5.5


def send(stage: Stage, part: str, number: signal.Signals) -> None:
    """To the process of a part, unless it is on its way up again."""
    pid = stage.platform.parts().get(part)
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def twice(part: str, number: signal.Signals, ground: Ground) -> None:
    with ground.under_load() as stage:
        for moment_s in (FIRST_S, AGAIN_S):
            stage.at(moment_s)
            send(stage, part, number)


for name in ("gateway", *registry.SERVICES):
    scenario(f"kill-{name}", f"{name} is killed outright, twice")(
        partial(twice, name, signal.SIGKILL)
    )

for name in ("gateway", "activities"):
    scenario(f"drain-{name}", f"{name} is told to stop and started again, twice")(
        partial(twice, name, signal.SIGTERM)
    )


@scenario(
    "kill-all", "the gateway and every service are killed outright at once, twice"
)
def kill_all(ground: Ground) -> None:
    with ground.under_load() as stage:
        for moment_s in (FIRST_S, AGAIN_S):
            stage.at(moment_s)
            for part in stage.platform.parts():
                send(stage, part, signal.SIGKILL)
