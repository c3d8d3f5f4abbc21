"""Work that blocks, like hashing a password: done in native threads, while the green ones go on.

It gives way to them: where the processor is short, Linux runs it after all that others wait for.

What the work reads is read where everything else is. Neither pymongo's pool nor a lock may be used by green threads and
by native ones: who waits for it in one thread is not woken from another.
"""

import os
import socket
import sys
import threading
from _queue import SimpleQueue  # `queue.SimpleQueue` is green where threads are.
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from schemas.documents import Json
from services.kit.errors import Overloaded, Unavailable
from services.kit.views import Find, Search, Searchable

THREADS = 2
MOST_WAITING = 20
GIVES_WAY = 10  # Niceness: a tenth of a processor for which another thread contends.

T = TypeVar("T")
Begin = Callable[[Callable[[], None], tuple[()]], object]
"""Begins a native thread: `_thread.start_new_thread`, as it is where nothing is patched."""


class Back(Protocol):
    def __call__(self, ask: Callable[[], T], /) -> T:
        """What comes of `ask`, done by who waits for the work."""
        ...


class Apart(Protocol):
    def __call__(self, work: Callable[[Back], T], /) -> T:
        """What the work returns or raises. Raises `Overloaded` when too much is waiting already."""
        ...


def _by_oneself(ask: Callable[[], T], /) -> T:
    return ask()


def at_once(work: Callable[[Back], T], /) -> T:
    """Where nobody else is kept waiting: done by who asks."""
    return work(_by_oneself)


class Workers:
    """The native threads of a process, begun with the first work."""

    def __init__(self, begin: Begin):
        self._begin, self._begun = begin, False
        self._beginning = threading.Lock()
        self._waiting: SimpleQueue[Job] = SimpleQueue()

    def __call__(self, work: Callable[[Back], T], /) -> T:
        if self._waiting.qsize() >= MOST_WAITING:
            raise Overloaded("现在请求太多，请稍后再试")
        self._begin_once()
        job = Job(work)
        self._waiting.put(job)
        outcome: T = job.outcome()
        return outcome

    def _begin_once(self) -> None:
        with self._beginning:
            if not self._begun:
                self._begun = True
                for _ in range(THREADS):
                    self._begin(self._work, ())

    def _work(self) -> None:
        _give_way()
        while True:
            self._waiting.get().run()


def _give_way() -> None:
    """Of this thread alone: what Linux calls a process is one to others."""
    if sys.platform == "linux":
        own = threading.get_native_id()
        os.setpriority(
            os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + GIVES_WAY
        )


@dataclass(frozen=True, slots=True)
class Came:
    """What came of something: an error, or what it returned."""

    returned: Any = None
    error: Exception | None = None

    @classmethod
    def of(cls, do: Callable[[], Any]) -> "Came":
        """Does it now, and keeps whatever it raises."""
        try:
            return cls(do())
        except Exception as error:
            return cls(error=error)

    def get(self) -> Any:
        """What was returned. Raises the error where there was one, as often as it is called."""
        if self.error is not None:
            raise self.error
        return self.returned


NOBODY = Came(error=Unavailable("已经没有人等待答复"))


class Job:
    """A piece of work, between the native thread that does it and whoever waits for it.

    To wait for a byte on a socket is what green threads of every kind do without stopping the others.
    """

    def __init__(self, work: Callable[[Back], Any]):
        self._work = work
        self._bell, ringing = socket.socketpair()
        self._ringing = ringing.detach()  # A green socket is its own thread's.
        self._told: SimpleQueue[Came | Callable[[], Any]] = SimpleQueue()
        self._answers: SimpleQueue[Came] = SimpleQueue()

    def run(self) -> None:
        """Does it, in a native thread."""
        came = Came.of(lambda: self._work(self._back))
        with suppress(BrokenPipeError):  # Nobody waits any more.
            self._tell(came)
        os.close(self._ringing)

    def outcome(self) -> Any:
        """Waits for what comes of it, and does meanwhile what the work asks for."""
        try:
            while not isinstance(told := self._heard(), Came):
                self._answers.put(Came.of(told))
            return told.get()
        finally:
            self._bell.close()
            self._answers.put(NOBODY)

    def _heard(self) -> Came | Callable[[], Any]:
        self._bell.recv(1)
        return self._told.get()

    def _back(self, ask: Callable[[], Any], /) -> Any:
        self._tell(ask)
        return self._answers.get().get()

    def _tell(self, told: Came | Callable[[], Any]) -> None:
        """Raises `BrokenPipeError` when nobody waits any more."""
        self._told.put(told)
        os.write(self._ringing, b".")


class ReadApart(Searchable):
    """The documents, read by work that is done apart."""

    def __init__(self, under: Searchable, back: Back):
        self._under, self._back = under, back

    @property
    def generation(self) -> int:
        """The one that is served; asked, like all here, in the thread that holds the store."""
        return self._back(lambda: self._under.generation)

    def get(self, collection: str, id: str) -> Json | None:
        """The caller waits while the thread that holds the store looks, and is told what it raises."""
        return self._back(lambda: self._under.get(collection, id))

    def find(self, query: Find) -> list[Json]:
        """The list comes whole: what is done apart must ask for no more than it needs."""
        return self._back(lambda: self._under.find(query))

    def count(self, query: Find) -> int:
        """The store counts; no document comes over."""
        return self._back(lambda: self._under.count(query))

    def search(self, query: Search) -> list[Json]:
        """The list comes whole, as that of `find` does."""
        return self._back(lambda: self._under.search(query))

    def cursor(self, source: str) -> int:
        """How far the documents are folded at that moment; the next read may be of a later one."""
        return self._back(lambda: self._under.cursor(source))
