"""A connection that is there whenever the broker is: opened, used, lost, said, and opened again."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress

from kombu import Connection

from schemas.documents import Json
from schemas.fields import instant
from services.kit.buses.rabbit.wire import HEARTBEAT_S, LOST, NotLetIn, connected
from services.kit.clock import system
from services.kit.steady import LONGEST_PAUSE_S, Steady, troubles
from services.kit.telemetry import Seldom

DRAIN_S = HEARTBEAT_S / 4
LONGEST_AWAY_S = 5.0
SHORT = "RabbitMQ takes nothing more: an alarm of memory or disk is on (see rabbitmqctl status)"

log = logging.getLogger(__name__)

SAID = Seldom(
    log
)  # What the broker does to one connection it does to all of this process.


def longest_s(error: Exception) -> float:
    """A broker that was started again is back in seconds; a wrong password stays wrong until somebody comes."""
    return LONGEST_PAUSE_S if isinstance(error, NotLetIn) else LONGEST_AWAY_S


class Session:
    """Calls `use` with a connection, again and again until `stop`; it uses it until `stopping` or until it is lost."""

    def __init__(
        self, url: str, owner: str, part: str, use: Callable[[Connection], None]
    ):
        self._url, self._use = url, use
        about, usual = {"service": owner, "part": part}, (*LOST, NotLetIn)
        self.thread = Steady(
            about, self._hold, 0, usual=usual, longest_s=longest_s, seldom=SAID
        )
        self._interrupt: Callable[[], None] = lambda: None
        self._short_since = ""

    def start(self) -> None:
        """Safe to call again: it runs once."""
        self.thread.start()

    def stop(self, within_s: float) -> None:
        """Uses no more connections. What has been written by then still goes out."""
        self.thread.stop()
        self.cut()
        self.thread.join(within_s)

    def cut(self) -> None:
        """Ends the connection there is; without `stop` the next one follows."""
        self._interrupt()

    def arrivals(
        self,
        connection: Connection,
        writing: AbstractContextManager[object] | None = None,
    ) -> Iterator[None]:
        """Hears what arrives, a moment at a time, until `stop`. `writing` is held while a heartbeat is sent."""
        beat_at = time.monotonic()
        while not self.thread.stopping:
            with suppress(TimeoutError):
                connection.drain_events(timeout=DRAIN_S)
            self.thread.ran()
            if time.monotonic() - beat_at >= DRAIN_S:
                beat_at = time.monotonic()
                with writing or nullcontext():
                    connection.heartbeat_check()
            yield

    def troubles(self) -> list[Json]:
        """Whether it runs, and whether the broker takes what is sent."""
        short = {
            **self.thread.about,
            "state": "blocked",
            "since": self._short_since,
            "error": SHORT,
        }
        return [*troubles(self.thread), *([short] if self._short_since else [])]

    def _hold(self) -> None:
        with connected(self._url, self._blocked, self._unblocked) as (
            connection,
            interrupt,
        ):
            self._interrupt = interrupt
            try:
                self._use(connection)
            finally:
                self._short_since = ""

    def _blocked(self, reason: str) -> None:
        self._short_since = instant(system())
        log.error(SHORT, extra={"about": self.thread.about})

    def _unblocked(self) -> None:
        self._short_since = ""
        log.warning("RabbitMQ takes messages again", extra={"about": self.thread.about})
