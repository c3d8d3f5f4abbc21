"""How the tests wait: for states, as long as this machine needs. Loss, doubling and errors fail; time does not."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

HUNG_S = 180.0  # Nothing that is only slow takes so long, even beside others; what does has stopped.
LOOK_S = 0.01
MEASURED_S, GLANCE_S, GLANCES_S = (
    0.5,
    0.05,
    1.0,
)  # A look at the pace, a short one, and between two of those.
UNIT, UNIT_S = (
    range(100_000),
    0.0045,
)  # Steps of work, and what they take on a quiet machine of 2026.

Seen = TypeVar("Seen")


def wait_until(
    look: Callable[[], Seen],
    missing: Callable[[], object] = lambda: "it did not come true",
    every_s: float = LOOK_S,
) -> Seen:
    """What `look` sees once that is true. Raises `AssertionError` with what `missing` says when it hangs."""
    end = time.monotonic() + HUNG_S
    while not (seen := look()):
        assert time.monotonic() < end, missing()
        time.sleep(every_s)
    return seen


@contextmanager
def at_once(else_s: float) -> Iterator[None]:
    """For a block that would take `else_s`, which is long, if it waited at all."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < else_s, "it waited"


@dataclass
class Span:
    """How long the block took, and how long a number of seconds took beside it."""

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


def cost_s(work: Callable[[], object]) -> float:
    """Seconds of processor, of the best of three: whatever else the machine does adds to the others."""
    return min(_once_s(work) for _ in range(3))


def _once_s(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def pace(measured_s: float = MEASURED_S) -> float:
    """How many times as long as on a quiet machine things take here and now; at least 1. Takes half a second."""
    began, units = time.monotonic(), 0
    while (passed_s := time.monotonic() - began) < measured_s:
        sum(number * number for number in UNIT)
        units += 1
    return max(1.0, passed_s / units / UNIT_S)


@dataclass
class Pace:
    """The worst that was seen so far."""

    worst: float = 1.0


@contextmanager
def pacing() -> Iterator[Pace]:
    """Looks at the pace again and again while the block runs, as others of the machine come and go."""
    seen, enough = Pace(), threading.Event()

    def look() -> None:
        seen.worst = max(seen.worst, pace(GLANCE_S))

    def look_on() -> None:
        while not enough.wait(GLANCES_S):
            look()

    watcher = threading.Thread(target=look_on)
    look()
    watcher.start()
    try:
        yield seen
    finally:
        enough.set()
        watcher.join()
        look()
