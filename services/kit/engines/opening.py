"""Beginning on a store that may not be usable yet: damaged, locked, or not there. Whatever else there is goes on."""

import logging
from collections.abc import Callable

from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import system
from services.kit.errors import Unavailable
from services.kit.steady import Steady

AGAIN_S = 5.0

log = logging.getLogger(__name__)


class Beginning:
    """What a service begins with, done as soon as its store lets it. Until then who asks is told to come again."""

    def __init__(self, service: str, begin: Callable[[], object]):
        self._service, self._begin = service, begin
        self._trouble: Json | None = None
        about = {"service": service, "part": "store"}
        self.thread = Steady(
            about, self._once, AGAIN_S, longest_s=lambda error: AGAIN_S
        )

    def start(self) -> None:
        """Does it now, or in a thread that goes on trying."""
        try:
            self._once()
        except Unavailable as error:
            say_not_yet(self._service, error)
            about = {
                "since": instant(system()),
                "failed": 1,
                "error": type(error).__name__,
            }
            self._trouble = {**self.thread.about, "state": "failing", **about}
            self.thread.start()

    def troubles(self) -> list[Json]:
        """Told at once: nothing else shows that it has not begun."""
        return [self._trouble] if self._trouble else []

    def _once(self) -> None:
        self._begin()
        self._trouble = None
        self.thread.stop()


def say_not_yet(service: str, error: Unavailable) -> None:
    """One line in the log of the process; the trouble is shown besides."""
    about = {"service": service, "error": error.title, "again_in_s": AGAIN_S}
    log.error("cannot be brought up yet", extra={"about": about})
