"""How far a long command has come: a bar on a terminal, a line every few seconds elsewhere. Always on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

EVERY_S = 3.0

Told = Callable[[int], object]


@contextmanager
def progress(what: str, total: int) -> Iterator[Told]:
    """Gives a function to call with how many more are done."""
    if not sys.stderr.isatty():
        yield Lines(what, total).told
        return
    with tqdm(total=total, desc=what, unit="个", file=sys.stderr) as bar:
        yield bar.update


class Lines:
    def __init__(self, what: str, total: int):
        self._what, self._total = what, total
        self._done = 0
        self._last = time.monotonic()

    def told(self, more: int) -> None:
        self._done += more
        if time.monotonic() - self._last >= EVERY_S:
            self._last = time.monotonic()
            print(f"{self._what}：{self._done:,} / {self._total:,}", file=sys.stderr)
