"""What is asked about: one of each kind of thing, in every state of its life, as the facts that lead there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schemas.token import ROLES
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from tests.given import NOW

Source = str
Facts = tuple[tuple[Source, Fact], ...]
ALWAYS = "always"  # The state of what has no life cycle.


@dataclass(frozen=True)
class Scene:
    """What has happened, in order, all of it at one moment, and what time it is now."""

    facts: Facts
    now: datetime
    happened_at: datetime = NOW


@dataclass(frozen=True)
class Subject:
    """A thing in `community`, kept under `id` in a collection of a service.

    `own` is who it is of among residents; `office` what a role for exactly this is held for; `names` who holds a role
    in the facts; `former` who did, and holds it no longer: but in the states `pending` it is still theirs, for nobody
    has decided on it, or it is over. `scenes` has a scene for each state.
    """

    name: str
    title: str
    service: str
    collection: str
    id: str
    community: str
    scenes: Mapping[str, Scene]
    life: LifeCycle | None = None
    own: str = "R1"
    office: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        states = [ALWAYS] if self.life is None else list(self.life.texts)
        assert list(self.scenes) == states, f"{self.name}: {states}"
        assert {*self.office, *self.names, *self.former} <= set(ROLES)

    def text_of(self, state: str) -> str:
        return self.life.texts[state] if self.life else ""


def told(source: Source, *facts: Fact) -> Facts:
    return tuple((source, fact) for fact in facts)
