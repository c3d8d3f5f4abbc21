"""A cut through logs that follow one another in a circle has, with each event, all that it rests on."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.engine import cut
from services.kit.engine.cut import causal_cut
from services.kit.errors import Unavailable
from services.kit.service import Service


class Left(Service):
    name = "left"
    collections = ()
    folds = {"right": {}, "left": {}}  # noqa: RUF012


class Right(Service):
    name = "right"
    collections = ()
    folds = {"left": {}, "right": {}}  # noqa: RUF012


SERVICES: dict[str, type[Service]] = {"left": Left, "right": Right}


@dataclass
class World:
    """Two services at work. Whatever is looked at, something may have happened just before."""

    luck: random.Random
    busy: float
    rests_on: dict[str, list[int]] = field(
        default_factory=lambda: {"left": [], "right": []}
    )
    cursors: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})

    def go_on(self) -> None:
        while self.luck.random() < self.busy:
            name, other = self.luck.sample(["left", "right"], 2)
            if self.luck.random() < 0.5:
                self.cursors[name] = self.luck.randint(
                    self.cursors[name], len(self.rests_on[other])
                )
            else:
                self.rests_on[name].append(self.cursors[name])

    def store(self, name: str) -> Any:
        return Store(self, name)


class Store:
    """One of them, as a cut looks at it."""

    def __init__(self, world: World, name: str):
        self._world, self._name = world, name
        self.log = self.views = self

    def head(self) -> int:
        self._world.go_on()
        return len(self._world.rests_on[self._name])

    def cursor(self, source: str) -> int:
        self._world.go_on()
        return self._world.cursors[self._name]


@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.5, 0.6]))
def test_nothing_in_it_rests_on_what_is_not(seed: int, busy: float) -> None:
    world = World(random.Random(seed), busy)
    world.go_on()
    before = {name: len(events) for name, events in world.rests_on.items()}
    made = causal_cut(SERVICES, {name: world.store(name) for name in SERVICES})
    for name, other in (("left", "right"), ("right", "left")):
        kept = world.rests_on[name][: made[name].head]
        assert max(kept, default=0) <= made[other].head
        assert before[name] <= made[name].head
        assert made[name].done[other] <= made[other].head


def test_where_everybody_overtakes_everybody_it_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cut, "PATIENCE_S", 0.0)

    class Racing(World):
        def go_on(self) -> None:
            for name, other in (("left", "right"), ("right", "left")):
                self.rests_on[name].append(0)
                self.cursors[other] = len(self.rests_on[name])

    world = Racing(random.Random(0), 0.0)
    with pytest.raises(Unavailable, match="没能取得一致的备份"):
        causal_cut(SERVICES, {name: world.store(name) for name in SERVICES})
