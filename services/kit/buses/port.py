"""The Bus port: how one part asks another, and how a service tells of new events."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.clock import Deadline
from services.kit.log import Event

Heard = Callable[[str, AbstractSet[str] | None], None]
"""Called with the name of a service and the streams in which it has recorded something, None where it may be any."""


class Bus(Protocol):
    """`bus_local` and `bus_rabbit` pass `tests/contract/test_buses.py`."""

    def call(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        *,
        actor: Actor,
        deadline: Deadline,
        key: str = "",
        trace: str = "",
    ) -> Any:
        """The method's answer. Raises the `Problem` it answered with, or `Unavailable` before the deadline has passed.

        For a command, `key` makes it happen once: the same key and payload give the first answer again.
        """
        ...

    def ring(self, service: str, events: Sequence[Event]) -> None:
        """Tells the followers of `service` of new events in its log. Never blocks; may be lost."""
        ...

    def troubles(self) -> list[Json]:
        """What of it does not run in this process."""
        ...


class Audible(Protocol):
    """A bus whose doorbells others than followers can hear."""

    def listen(
        self, services: Sequence[str], heard: Heard, deaf: Callable[[], None]
    ) -> None:
        """Calls `heard` soon after a service rang, and `deaf` when rings of any of them may have been missed.

        `deaf` is called again every time; what was heard before it proves nothing any more.
        """
        ...
