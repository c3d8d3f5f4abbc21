"""Walks a life cycle: every state is reached by steps the rules take, and there every step is tried."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from services.kit.errors import Problem, Refused
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from services.kit.service import Service
from services.kit.views import Overlay
from tests.given import given_from

Take = Callable[[Overlay], Fact | None]
Way = tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """`begin` makes documents in which one entity, `id` of `collection`, is in its first state.

    `take` has the service's own rule for each step, asked by somebody who may. `ways` says how to come to a state for
    a step that asks more than the state, by (state, step).
    """

    service: type[Service]
    life: LifeCycle
    collection: str
    id: str
    begin: Callable[[], Overlay]
    take: Mapping[str, Take]
    ways: Mapping[tuple[str, str], Way] = field(default_factory=dict)

    def try_everything(self) -> None:
        """Fails unless every step leads where it says, or is refused by its name, in every state.

        What time or an event elsewhere causes may be refused by any name, or change nothing.
        """
        assert self.take.keys() == self.life.steps.keys()
        reached = self._reached()
        assert reached.keys() == self.life.texts.keys(), "a state is never reached"
        for state, way in reached.items():
            for name in self.life.steps:
                self._try(state, self.ways.get((state, name), way), name)

    def in_each_state(self) -> Iterator[tuple[str, Overlay]]:
        """Each state and documents in which the entity is in it."""
        for state, way in self._reached().items():
            yield state, self._at(way)

    def _reached(self) -> dict[str, Way]:
        """The shortest way to each state."""
        reached: dict[str, Way] = {self.life.initial: ()}
        following = deque(reached)
        while following:
            state = following.popleft()
            for name, step in self.life.steps.items():
                if (
                    state in step.before
                    and step.after is not None
                    and step.after not in reached
                ):
                    reached[step.after] = (
                        *self.ways.get((state, name), reached[state]),
                        name,
                    )
                    following.append(step.after)
        return reached

    def _try(self, state: str, way: Way, name: str) -> None:
        docs = self._at(way)
        assert self._state(docs) == state, f"{way} did not lead to {state}"
        step = self.life.steps[name]
        if state in step.before:
            assert self._take(docs, name), f"{name} does nothing in {state}"
            found = docs.the(self.collection, self.id)
            assert found["state"] == (step.after or state), f"{name} in {state}"
            assert found["state_text"].startswith(
                self.life.texts[found["state"]]
            )  # It may say more, as which place in a queue.
        elif step.cause == "command":
            with pytest.raises(Problem) as caught:
                self._take(docs, name)
            assert caught.value.code in {f"cannot_{name}", "not_found"}, (
                f"{name} in {state}: {caught.value.code}"
            )
        else:
            with suppress(Refused):
                self._take(docs, name)
            assert self._state(docs) == state, f"{name} in {state}"

    def _at(self, way: Way) -> Overlay:
        docs = self.begin()
        for name in way:
            assert self._take(docs, name), f"{name} of {way}"
        return docs

    def _take(self, docs: Overlay, name: str) -> bool:
        """Whether the rule had something to record, which is then folded."""
        fact = self.take[name](docs)
        if fact is not None:
            given_from(docs, self.service, self.service.name, fact)
        return fact is not None

    def _state(self, docs: Overlay) -> str:
        return str(docs.the(self.collection, self.id)["state"])
