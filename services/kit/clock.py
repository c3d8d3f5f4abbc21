"""What time it is, how long a caller still waits, and letting others have theirs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.kit.errors import DeadlinePassed

SHORTEST_S = 1e-6

Clock = Callable[[], datetime]


def system() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def shifted(path: Path) -> Clock:
    """The system's clock moved by the seconds written in the file `path`; for demonstrations and tests.

    The file is read each time, so that stepping it steps every process at once. No file means no shift.
    """

    def now() -> datetime:
        """Raises `ValueError` where the file holds something that is no number."""
        try:
            shift_s = float(path.read_text() or 0)
        except FileNotFoundError:
            shift_s = 0.0
        return datetime.now(UTC) + timedelta(seconds=shift_s)

    return now


def give_way() -> None:
    """Lets others run: a green thread that computes for long is otherwise not interrupted.

    Also those for whom something has just arrived. After `sleep(0)` gevent (26.9) looks at its sockets and timers only
    when a thousand others have run; after any time at all it does at once.
    """
    time.sleep(SHORTEST_S)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The monotonic moment after which nobody waits for the answer any more."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining_s(self) -> float:
        """How many seconds are left, never fewer than none."""
        return max(0.0, self.at - time.monotonic())

    def check(self) -> None:
        """Raises `DeadlinePassed` once nobody waits any more."""
        if time.monotonic() >= self.at:
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
