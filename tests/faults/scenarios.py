"""The scenarios by name. Each module of this folder that has some registers them when it is imported."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.stage import Ground

Play = Callable[[Ground], None]


@dataclass(frozen=True)
class Scenario:
    name: str
    injury: str
    play: Play


SCENARIOS: dict[str, Scenario] = {}


def scenario(name: str, injury: str) -> Callable[[Play], Play]:
    """Registers what plays it; `injury` is a sentence that says what is injured."""

    def register(play: Play) -> Play:
        SCENARIOS[name] = Scenario(name, injury, play)
        return play

    return register
