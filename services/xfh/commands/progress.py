"""How far a long command has come: a bar on a terminal, a line every few seconds elsewhere. Always on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Never

from tqdm import tqdm

EVERY_S = 3.0

Told = Callable[[int], object]


@contextmanager
def progress(what: str, total: int) -> Iterator[Told]:
    """Gives a function to call with how many more are done. `total` may be about: who gets to the end has all of it."""
    if not sys.stderr.isatty():
        lines = Lines(what, total)
        yield lines.told
        lines.end()
        return
    with tqdm(total=total, desc=what, unit="个", file=sys.stderr) as bar:
        yield lambda more: _update(bar, more)
        bar.total = bar.n
        bar.refresh()


def _update(bar: "tqdm[Never]", more: int) -> None:
    bar.total = max(bar.total or 0, bar.n + more)
    bar.update(more)


class Lines:
    def __init__(self, what: str, total: int):
        self._what = what
        self._total = total
        self._done = 0
        self._said = False
        self._last = time.monotonic()

    def told(self, more: int) -> None:
        self._done += more
        self._total = max(self._total, self._done)
        if time.monotonic() - self._last >= EVERY_S:
            self._last = time.monotonic()
            self._say()

    def end(self) -> None:
        """What took so little time that nothing was said needs no end either."""
        self._total = self._done
        if self._said:
            self._say()

    def _say(self) -> None:
        self._said = True
        share = self._done / self._total if self._total else 1
        print(
            f"{self._what}：{self._done:,} / {self._total:,}（{share:.0%}）",
            file=sys.stderr,
        )
