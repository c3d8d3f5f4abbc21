"""A service that is there but does nothing, and one that is not there at all."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from services.xfh.demo.plan import DISTRICT
from tests.faults.kills import send
from tests.faults.ledger import Told
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import GRACE_S, Ground, Stage, Terms

FIGURES = f"/metrics/figures?scope={DISTRICT}&period=2026"
DEFINITIONS = "/metrics/definitions"
SOON_S = 1.0
SLOWER = 3


@scenario(
    "activities-frozen",
    "activities does nothing for seven seconds, longer than anybody waits; others go on",
)
def frozen(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=12))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        send(stage, "activities", signal.SIGSTOP)
        ask(stage, "/me/signups", 503, stage.settings.deadline_s + GRACE_S)
        ask(stage, DEFINITIONS, 200, SOON_S)
        stage.at(9)
        send(stage, "activities", signal.SIGCONT)


@scenario("activities-down", "activities is not there for eight seconds; others go on")
def activities_down(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=12))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        with down(stage, "activities"):
            ask(stage, "/me/signups", 503, stage.settings.deadline_s + GRACE_S)
            ask(stage, DEFINITIONS, 200, SOON_S)
            stage.at(10)


@scenario(
    "metrics-down",
    "metrics is not there for a minute; nobody else notices, and it catches up by itself",
)
def metrics_down(ground: Ground) -> None:
    with ground.under_load() as stage:
        stage.at(2)
        before = stage.told()
        with down(stage, "metrics"):
            stage.at(8)
            meanwhile = stage.told()[len(before) :]
            stage.enough()
            while time.monotonic() < stage.began + 62:
                ask(stage, FIGURES, 503, stage.settings.deadline_s + GRACE_S)
                time.sleep(2)
        slower = _usual_ms(meanwhile) > SLOWER * _usual_ms(before)
        stage.must(not slower, "signing up was slower while metrics was away")


def _usual_ms(told: list[Told]) -> float:
    return median(each.longest_ms for each in told)


@contextmanager
def down(stage: Stage, part: str) -> Iterator[None]:
    """Kills a part and keeps the supervisor from starting it again until the end."""
    supervisor = stage.platform.process
    victim = stage.platform.parts()[part]
    supervisor.send_signal(signal.SIGSTOP)
    try:
        os.kill(victim, signal.SIGKILL)
        yield
    finally:
        supervisor.send_signal(signal.SIGCONT)


def ask(stage: Stage, path: str, expected: int, within_s: float) -> None:
    """Asks once and notes it when the answer is another than expected, or late for this machine."""
    began = time.monotonic()
    status = stage.get(path)
    took_s = time.monotonic() - began
    stage.must(status == expected, f"{path}: {status} instead of {expected}")
    stage.must(
        took_s <= within_s * stage.pace.worst, f"{path}: {status} after {took_s:.1f} s"
    )
