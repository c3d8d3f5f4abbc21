"""How the tests wait: for states, as long as this machine needs. Loss, doubling and errors fail; time does not."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

HUNG_S = 180.0  # Nothing that is only slow takes so long, even beside others; what does has stopped.
LOOK_S = 0.01

Seen = TypeVar("Seen")


def wait_until(look: Callable[[], Seen], missing: Callable[[], object] = lambda: "it did not come true") -> Seen:
    """What `look` sees once that is true. Raises `AssertionError` with what `missing` says when it hangs."""
    end = time.monotonic() + HUNG_S
    while not (seen := look()):
        assert time.monotonic() < end, missing()
        time.sleep(LOOK_S)
    return seen


@dataclass
class Span:
    """How long the block took, and how long this machine took beside it to let a number of seconds pass."""

    took_s: float = 0.0
    beside_s: float = 0.0


@contextmanager
def beside(seconds: float) -> Iterator[Span]:
    """Lets `seconds` pass in another thread while the block runs: what a wait of so long costs here and now."""
    span = Span()
    sleeper = threading.Thread(target=lambda: _sleep(span, seconds))
    sleeper.start()
    began = time.monotonic()
    yield span
    span.took_s = time.monotonic() - began
    sleeper.join()


def _sleep(span: Span, seconds: float) -> None:
    began = time.monotonic()
    time.sleep(seconds)
    span.beside_s = time.monotonic() - began
