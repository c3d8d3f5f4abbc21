"""Who asks, of whom, and until when: made of a request in one place. What they may do is decided where the rule is."""

from math import inf
from typing import Any, NamedTuple

from flask import Request

from gateway.edge.application import application
from gateway.edge.auth import actor_of, must_be_known
from gateway.edge.errors import TRACE
from gateway.edge.rpc import Services
from schemas.documents import Json
from services.kit.actor import ANONYMOUS, Actor
from services.kit.clock import Deadline


class Asker(NamedTuple):
    """Asks the services for whoever sent a request, in its trace.

    All of it must be asked before the `deadline`. Without one, each question has the time the services are given.
    """

    services: Services
    actor: Actor
    trace: str
    deadline: Deadline | None = None

    @classmethod
    def of(cls, request: Request) -> "Asker":
        """The bearer of its token, or nobody. Raises `Unauthenticated` for a token that proves nothing."""
        actor = actor_of(request.environ, application().verifier)
        return cls.everybody(request)._replace(actor=actor)

    @classmethod
    def everybody(cls, request: Request) -> "Asker":
        """Nobody in particular, whatever token it bears: for what all may know, or all who have its address."""
        return cls(application().services, ANONYMOUS, request.environ[TRACE])

    def within(self, seconds: float) -> "Asker":
        """The same, who must have asked everything in so many seconds from now."""
        return self._replace(deadline=Deadline.after(seconds))

    def remaining_s(self) -> float:
        """Of the time for all; without end where there is no deadline."""
        return self.deadline.remaining_s() if self.deadline else inf

    def must_be_known(self) -> None:
        """Raises `Unauthenticated` for nobody in particular."""
        must_be_known(self.actor)

    def ask(
        self,
        service: str,
        question: str,
        payload: Json,
        *,
        key: str = "",
        part: float = 1.0,
    ) -> Any:
        """The answer, within that `part` of the time there is for one.

        Raises a `Problem`; `DeadlinePassed` when there is no time left to ask.
        """
        if self.deadline:
            self.deadline.check()
        return self.services.ask(
            service,
            question,
            payload,
            actor=self.actor,
            key=key,
            trace=self.trace,
            part=part,
        )
