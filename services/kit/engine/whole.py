"""Lines of a log looked through before any of them is brought in: whether they are what a log can have."""

from collections.abc import Iterable, Iterator

from services.kit.engine.archive import Line, in_order
from services.kit.errors import Refused
from services.kit.log import Event


def whole(lines: Iterable[Line]) -> Iterator[Line]:
    """The same. Raises `Refused` naming the first line that could not follow those before it.

    Keeps a third of a kilobyte of each event until it is done.
    """
    before = _Before()
    for line in in_order(lines):
        before.take(line[0])
        yield line


class _Before:
    """What was seen: the last version of each stream, and which event has what no two share."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._keys: dict[str, int] = {}

    def take(self, event: Event) -> None:
        """The number of its line is that of the event."""
        expected = self._versions.get(event.stream, 0) + 1
        if event.version != expected:
            says = (
                f"是 {event.stream} 的第 {event.version} 个事件，应为第 {expected} 个"
            )
            raise _astray("gap", event, says)
        if same := self._ids.get(event.id):
            raise _astray("repeated", event, f"和第 {same} 行的编号（id）相同")
        if same := self._keys.get(event.key):
            raise _astray("repeated", event, f"和第 {same} 行由同一个请求产生（key）")
        self._versions[event.stream] = event.version
        self._ids[event.id] = self._keys[event.key] = event.seq


def _astray(code: str, event: Event, says: str) -> Refused:
    return Refused(code, f"第 {event.seq} 行{says}，没有导入任何内容")
