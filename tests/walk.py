"""Walks a life cycle: every state is reached by steps the rules take, and there every step is tried."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from services.kit.entrypoints import Service
from services.kit.errors import Refused
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.given import given_from

Take = Callable[[Overlay], Fact | None]


@dataclass(frozen=True)
class Walk:
    """`begin` makes documents in which one entity, `id` of `collection`, is in its first state.

    `take` has the service's own rule for each step, asked by somebody who may; what time or another service's event
    causes may answer None instead of refusing.
    """

    service: type[Service]
    life: LifeCycle
    collection: str
    id: str
    begin: Callable[[], Overlay]
    take: Mapping[str, Take]

    def try_everything(self) -> None:
        """Fails unless every step leads where it says, or is refused by its name, in every state."""
        assert self.take.keys() == self.life.steps.keys()
        ways = self._ways()
        assert ways.keys() == self.life.texts.keys(), "a state is never reached"
        for state, way in ways.items():
            for name in self.life.steps:
                self._try(state, way, name)

    def _ways(self) -> dict[str, tuple[str, ...]]:
        """The shortest way to each state."""
        ways: dict[str, tuple[str, ...]] = {self.life.initial: ()}
        following = deque(ways)
        while following:
            state = following.popleft()
            for name, step in self.life.steps.items():
                if state in step.before and step.after is not None and step.after not in ways:
                    ways[step.after] = (*ways[state], name)
                    following.append(step.after)
        return ways

    def _try(self, state: str, way: tuple[str, ...], name: str) -> None:
        docs = self._at(way)
        assert docs.the(self.collection, self.id)["state"] == state, f"{way} did not lead to {state}"
        step = self.life.steps[name]
        if state in step.before:
            fact = self._taken(docs, name)
            assert fact is not None, f"{name} does nothing in {state}"
            given_from(docs, self.service, self.service.name, fact)
            found = docs.the(self.collection, self.id)
            assert found["state"] == (step.after or state), f"{name} in {state}"
            assert found["state_text"] == self.life.texts[found["state"]]
        elif step.cause == "command":
            with pytest.raises(Refused) as caught:
                self._taken(docs, name)
            assert caught.value.code == f"cannot_{name}", f"{name} in {state}"
        else:
            assert self._taken(docs, name) is None, f"{name} in {state}"

    def _at(self, way: tuple[str, ...]) -> Overlay:
        docs = self.begin()
        for name in way:
            fact = self._taken(docs, name)
            assert fact is not None, name
            given_from(docs, self.service, self.service.name, fact)
        return docs

    def _taken(self, docs: Overlay, name: str) -> Fact | None:
        return self.take[name](docs)
