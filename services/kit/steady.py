"""Threads that go on: what a step meets is said, counted and waited out, and it shows when one no longer runs.

Whatever follows, keeps time, writes or receives in the background is a `Steady`: a step, done again and again.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import system
from services.kit.errors import Unavailable
from services.kit.telemetry import Seldom

STUCK_S = 60.0
IDLE_S = 20.0
SHORTEST_PAUSE_S = 0.1
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
DOUBLED = 10  # So often at most.

log = logging.getLogger(__name__)

Errors = tuple[type[Exception], ...]


def patient(error: Exception) -> float:
    """The longest pause there is, whatever the error."""
    return LONGEST_PAUSE_S


class Steady:
    """Does `step` at each `wake`, and every `every_s` without one, in a thread of its own until `stop`.

    An error ends the step, never the thread: it is tried again after a pause that doubles up to `longest_s(error)`,
    or sooner when woken. Those in `usual` are told without their traceback. `about` says what is done for whom:
    `{service, part, source}`. Threads given the same `seldom` say once what they all meet.
    """

    def __init__(
        self,
        about: Mapping[str, str],
        step: Callable[[], object],
        every_s: float = IDLE_S,
        *,
        usual: Errors = (Unavailable,),
        longest_s: Callable[[Exception], float] = patient,
        seldom: Seldom | None = None,
    ):
        self.about = dict(about)
        self.every_s = every_s
        self._step, self._usual, self._longest_s = step, usual, longest_s
        self._seldom = seldom or Seldom(log)
        self._wake, self._stopping, self._starting = (
            threading.Event(),
            threading.Event(),
            threading.Lock(),
        )
        self._thread: threading.Thread | None = None
        self._last_ran = time.monotonic()
        self._failed, self._error, self._pause_s = 0, "", every_s

    def start(self) -> None:
        """Begins; does nothing when it has begun."""
        with self._starting:
            if self._thread is None:
                self._last_ran = time.monotonic()
                self._thread = threading.Thread(
                    target=self._run, name=" ".join(self.about.values()), daemon=True
                )
                self._thread.start()

    def wake(self) -> None:
        """Tells that there is something to do. Never blocks."""
        self._wake.set()

    def stop(self) -> None:
        """Begins no more steps."""
        self._stopping.set()
        self._wake.set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` has been called: a step that takes long should end."""
        return self._stopping.is_set()

    def join(self, timeout_s: float) -> None:
        """Waits for the step under way, no longer than that. Returns also when it goes on."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def ran(self) -> None:
        """It gets on. Said by a step that takes long, and by this thread after every step."""
        self._last_ran = time.monotonic()
        if self._failed:
            log.info("goes on", extra={"about": {**self.about, "failed": self._failed}})
            self._failed, self._error = 0, ""

    def trouble(self) -> Json | None:
        """What keeps it from running, since when: `{…about, state, since, failed, error}`; None when it runs.

        `ended`: the thread is gone. `hung`: a step has not come back for a minute. `failing`: none has come to a good
        end for a minute; `error` names the kind of the last error.
        """
        if self._thread is None or self.stopping:
            return None
        silent_s = time.monotonic() - self._last_ran
        if self._thread.is_alive() and silent_s <= STUCK_S:
            return None
        state = "failing" if self._failed else "hung"
        since = instant(system() - timedelta(seconds=silent_s))
        about = {"since": since, "failed": self._failed, "error": self._error}
        return {
            **self.about,
            "state": state if self._thread.is_alive() else "ended",
            **about,
        }

    def _run(self) -> None:
        while not self.stopping:
            self._wake.wait(self._pause_s)
            self._wake.clear()
            if not self.stopping:
                self._try()

    def _try(self) -> None:
        try:
            self._step()
        except Exception as error:
            self._met(error)
        else:
            self._pause_s = self.every_s
            self.ran()

    def _met(self, error: Exception) -> None:
        """Says it and waits a little; whoever wakes it then may shorten the rest of the pause."""
        doubled = 2 ** min(self._failed, DOUBLED)
        self._pause_s = min(FIRST_PAUSE_S * doubled, self._longest_s(error))
        self._failed += 1
        self._error = type(error).__name__
        if not self.stopping:
            unexpected = None if isinstance(error, self._usual) else error
            about = {**self.about, "failed": self._failed, "again_in_s": self._pause_s}
            self._seldom.say("cannot go on now", about, error, traceback_of=unexpected)
        self._stopping.wait(SHORTEST_PAUSE_S)


def troubles(*threads: Steady) -> list[Json]:
    """Those of the threads that do not run."""
    return [trouble for thread in threads if (trouble := thread.trouble())]
