"""What the services have rung for, as far as it matters to who remembers their answers."""

from collections.abc import Set as AbstractSet

MOST_STREAMS = 10_000


class News:
    """Rings are numbered. Whoever remembers the number at which they asked can tell whether something rang since."""

    def __init__(self) -> None:
        self.heard = 0  # The number of the latest ring.
        # The latest of each service that can be heard,
        self._of_any: dict[str, int] = {}
        # the latest that may have been about anything of it,
        self._of_all: dict[str, int] = {}
        # and of each of its streams.
        self._of_stream: dict[tuple[str, str], int] = {}

    def hear(self, service: str, streams: AbstractSet[str] | None) -> None:
        """Something rang for these streams of the service; for all of it when `streams` is None."""
        self.heard += 1
        could_be_heard = service in self._of_any
        self._of_any[service] = self.heard
        if streams is None or not could_be_heard:
            self._of_all[service] = self.heard
        else:
            self._hear_of(service, streams)

    def _hear_of(self, service: str, streams: AbstractSet[str]) -> None:
        if len(self._of_stream) + len(streams) > MOST_STREAMS:
            self._of_stream.clear()
            self._of_all = dict.fromkeys(self._of_any, self.heard)
        self._of_stream |= {(service, stream): self.heard for stream in streams}

    def deaf(self) -> None:
        """Nothing can be heard until something is."""
        self._of_any.clear()

    def hears(self, service: str) -> bool:
        """Whether anything the service records is heard of."""
        return service in self._of_any

    def is_silent_since(self, asked: int, service: str, stream: str = "") -> bool:
        """Whether nothing has rung after ring number `asked`, for `stream` or, without one, for the service."""
        if service not in self._of_any:
            return False
        if not stream:
            return self._of_any[service] <= asked
        of_all = self._of_all.get(service, 0)
        of_stream = self._of_stream.get((service, stream), 0)
        return max(of_all, of_stream) <= asked
