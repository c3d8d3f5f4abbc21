"""Where a role must be held for what is asked: said in the mark, looked at before the rule, which has exceptions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.errors import Problem
from services.kit.views import Reads

Place = Callable[[Reads, Json], str]
"""The place or owner it is about, found in the payload or the documents. Raises what is wrong with those."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """By role, how to find the place for which it is needed; `refusal` is for who holds none of them there."""

    places: Mapping[str, Place]
    refusal: Callable[[Reads, Json], Problem]

    def must_be_held(self, docs: Reads, payload: Json, actor: Actor) -> None:
        """Raises `refusal` unless the actor holds one of the roles for its place."""
        for role, place in self.places.items():
            if actor.covers(role, place(docs, payload)):
                return
        raise self.refusal(docs, payload)

    def before(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule, for whom the scopes let through."""

        def decide(docs: Reads, payload: Json, asked: Any, *given: Any) -> Any:
            """The rule is not called, and looks nothing up, before the scope is held."""
            self.must_be_held(docs, payload, asked.actor)
            return rule(docs, payload, asked, *given)

        return decide
