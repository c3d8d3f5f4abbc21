"""XML read in one go from front to back: nothing is kept of it but what a reader keeps."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol
from xml.parsers import expat

from schemas.exchange.archives import has_doctype, unreadable
from schemas.exchange.raw import BadSheet

MOST_TAGS = 1_000_000  # Seconds.
# Bytes. expat (before 2.6) looks at an unfinished one again with every piece.
LONGEST_TAG = 64 * 1024

Attributes = dict[str, str]


class Reader(Protocol):
    """What is told of a part. Names come without their namespaces: no part uses the same for two things."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Tags:
    """How many tags there may still be in what is read together."""

    def __init__(self, most: int):
        self._left = most

    def take(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise BadSheet(
                "too_many_cells", "文件里的单元格太多（空的也算），请只留下要导入的表格"
            )


def never() -> bool:
    """For what is read to its end."""
    return False


def read(
    pieces: Iterable[bytes],
    reader: Reader,
    tags: Tags,
    has_enough: Callable[[], bool] = never,
) -> None:
    """Up to the end, or soon after the reader has enough. Raises `BadSheet`, and `ExpatError` for what is no XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text

    def start(name: str, attributes: Attributes) -> None:
        tags.take()
        reader.start(
            _local(name), {_local(key): value for key, value in attributes.items()}
        )

    parser.StartElementHandler = start
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)
        fed += len(piece)
        if fed - parser.CurrentByteIndex > LONGEST_TAG:
            raise unreadable()
        if has_enough():
            return
    parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*about: Any) -> None:
    """Also in an encoding in which the archive's parts have not been searched."""
    raise has_doctype()
