"""Several processes of one service writing one stream."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from tests.clocks import HUNG_S
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms

HOT = Terms(load=Load(seconds=10, activities=1, capacity=200))


def replicated(count: int, ground: Ground) -> None:
    with ground.under_load(terms=HOT) as stage, ExitStack() as stack:
        for _ in range(count - 1):
            stack.enter_context(_replica(stage, "activities"))
        stage.at(9)


for count in (2, 4):
    scenario(
        f"replicas-{count}",
        f"{count} replicas of activities write the stream of one activity",
    )(partial(replicated, count))


@contextmanager
def _replica(stage: Stage, part: str) -> Iterator[None]:
    replica = subprocess.Popen(
        [sys.executable, "-m", "services.xfh.serve", part], env=stage.environment
    )
    try:
        yield
        stage.must(
            replica.poll() is None,
            f"a replica of {part} ended by itself: {replica.returncode}",
        )
    finally:
        replica.terminate()
        try:
            stage.must(
                replica.wait(timeout=HUNG_S) == 0,
                f"a replica did not end well: {replica.returncode}",
            )
        except subprocess.TimeoutExpired:
            stage.wrong.append("a replica did not end in time")
            replica.kill()
            replica.wait()
