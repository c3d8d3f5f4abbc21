"""All of a list, page by page, up to a bound."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from gateway.edge.rpc import Services
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.actor import Actor
from services.kit.clock import Deadline, give_way

MOST = 10_000  # Some seconds of writing.
PER_PAGE = 100
PAGING = tuple(Paged().fields)


class Asker(NamedTuple):
    """Who asks the services, in which trace, what came with the request, and until when there is an answer."""

    services: Services
    actor: Actor
    trace: str
    sent: bytes
    deadline: Deadline

    def answer(self, service: str, question: str, said: Json) -> Any:
        """Raises `DeadlinePassed` when there is no time left to ask."""
        self.deadline.check()
        return self.services.ask(
            service, question, said, actor=self.actor, trace=self.trace
        )

    def documents(
        self, service: str, question: str, said: Json
    ) -> Iterator[Json | None]:
        """The first `MOST` documents of a list, and None after them when there are more. Raises a `Problem`."""
        after, count = None, 0
        while count < MOST:
            asked = {**said, "after": after, "limit": PER_PAGE}
            page = self.answer(service, question, asked)
            yield from page["items"]
            after, count = page["next"], count + PER_PAGE
            if after is None:
                return
            give_way()
        yield None
