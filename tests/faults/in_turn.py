"""Several injuries of one platform under one load, one after another: each as it is alone, the account is of all."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.clocks import wait_until
from tests.faults.nodes import Node
from tests.faults.plan import Load
from tests.faults.scenarios import SCENARIOS, scenario
from tests.faults.stage import ENOUGH, NOT_FELT, READ_S, Ground, Stage, Terms

SIX = (
    "store-locked",
    "source-unreadable",
    "poison",
    "queues-poisoned",
    "broker-killed",
    "kill-all",
)
ANY = Terms()
LONG = Terms(Load(activities=24))


@dataclass
class InTurn(Ground):
    """Where the load is on already: an injury ends when enough has been answered since it began."""

    stage: Stage | None = None
    node: Node | None = None

    @contextmanager
    def own_broker(self) -> Iterator[Node]:
        assert self.node is not None
        yield self.node

    @contextmanager
    def under_load(self, bus: str = "", terms: Terms = ANY) -> Iterator[Stage]:
        stage = self.stage
        assert stage is not None
        before = len(stage.told())
        stage.began, stage.must_be_felt = time.monotonic(), False
        yield stage
        wait_until(lambda: self._is_over(stage, before), lambda: NOT_FELT, READ_S)
        stage.must_be_felt = False

    def _is_over(self, stage: Stage, before: int) -> bool:
        """Whoever has to ask again is told later than many who ask after them."""
        told = stage.told()[before:]
        return len(told) > ENOUGH and stage.was_felt(told)


@scenario("six-in-turn", f"one after another: {', '.join(SIX)}")
def six(ground: Ground) -> None:
    with ground.own_broker() as node, ground.under_load(node.url, LONG) as stage:
        there = InTurn(ground.folder, node.url, stage=stage, node=node)
        for name in SIX:
            SCENARIOS[name].play(there)
