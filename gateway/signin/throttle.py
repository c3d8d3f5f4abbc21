"""How often somebody may try to come in, by number and by address: counted before anything is asked.

An account's own lock is a document of people, which all gateways share. This one keeps them from being asked at all.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from gateway.edge.errors import TooMany
from gateway.signin.networks import line_of

MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in so long."""

    tries: int
    within_s: float


OF_A_NUMBER = Limit(10, 600)
OF_AN_ADDRESS = Limit(60, 600)


@dataclass(slots=True)
class Window:
    ends: float
    tries: int = 0


class Throttle:
    """One for a process: several gateways let through as many times as much."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        of_a_number: Limit = OF_A_NUMBER,
        of_an_address: Limit = OF_AN_ADDRESS,
    ) -> None:
        self._now = now
        self._of_a_number, self._of_an_address = of_a_number, of_an_address
        self._windows: dict[str, Window] = {}

    def take(self, number: str, address: str) -> None:
        """Counts a try. Raises `TooMany` when there were enough; the number as it is kept, not as it was typed.

        The address comes first: where it has no tries left, no number it makes up is remembered in another's place.
        """
        self._count(_of(address), self._of_an_address)
        self.tried(number)

    def tried(self, number: str) -> None:
        """Counts a try of that alone, wherever it comes from."""
        self._count(f"number {number}", self._of_a_number)

    def give_back(self, address: str) -> None:
        """Whoever came in has taken no try from the others there: an address may be a whole school's."""
        window = self._windows.get(_of(address))
        if window is not None:
            window.tries -= 1

    def forget(self) -> None:
        self._windows.clear()

    def _count(self, name: str, limit: Limit) -> None:
        now = self._now()
        window = self._windows.get(name)
        if window is None or window.ends <= now:
            self._make_room()
            window = self._windows[name] = Window(now + limit.within_s)
        window.tries += 1
        if window.tries > limit.tries:
            raise TooMany(
                "试得太多了，请过几分钟再试", retry_after_s=ceil(window.ends - now)
            )

    def _make_room(self) -> None:
        if len(self._windows) >= MOST_REMEMBERED:
            now = self._now()
            kept = {
                name: window
                for name, window in self._windows.items()
                if window.ends > now
            }
            self._windows = kept if len(kept) < MOST_REMEMBERED else {}


def _of(address: str) -> str:
    """One line has 2⁶⁴ addresses of the sixth version: it is counted as one."""
    return f"address {line_of(address)}"
