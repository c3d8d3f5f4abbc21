"""What a backup has no sums of, since lines may be taken out of it: notes, and the keys that open them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from schemas.documents import Json
from services.kit.errors import Refused
from services.xfh import registry
from services.xfh.commands.backup import DATA_KEYS, KEYS, NOTES

OF_NOTES, OF_DATA_KEYS = ("id", "by", "text"), ("id", "key", "kid", "wrapped")


def docs_in(path: Path, *needs: str) -> Iterator[Json]:
    """A document a line, none where there is no file. Raises `Refused` for a line that is none with these fields."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _doc(path, number, line, needs)


def must_be_whole(folder: Path, notes: Path) -> None:
    """Looks at every line, before anything is touched."""
    for name in registry.SERVICES:
        for path, needs in (
            (notes / NOTES / f"{name}.jsonl", OF_NOTES),
            (folder / KEYS / f"{name}{DATA_KEYS}", OF_DATA_KEYS),
        ):
            for _ in docs_in(path, *needs):
                pass


def no_backup(says: str) -> Refused:
    return Refused("no_backup", says)


def _doc(path: Path, number: int, line: bytes, needs: Iterable[str]) -> Json:
    try:
        doc: Any = orjson.loads(line)
    except ValueError as error:
        raise _not_whole(path, number) from error
    if not isinstance(doc, dict) or not doc.keys() >= {*needs}:
        raise _not_whole(path, number)
    return doc


def _not_whole(path: Path, number: int) -> Refused:
    says = f"备份里的 {path} 第 {number} 行不完整，没有恢复任何内容；请换完整的备份，或删去这一行"
    return no_backup(says)
