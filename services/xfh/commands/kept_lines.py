"""What a backup has no sums of, since lines may be taken out of it: notes, and the keys that open them."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from schemas.documents import Json
from services.kit.errors import Refused
from services.xfh import registry
from services.xfh.commands.backup import DATA_KEYS, NOTES
from services.xfh.commands.manifest import KEYS, no_backup

OF_NOTES, OF_DATA_KEYS = ("id", "by", "text"), ("id", "key", "kid", "wrapped")
OF_SEALED = ("of", "key")
CIPHERS = {"sealed", "wrapped"}
# Base64 of a nonce and a tag at least, 28 bytes.
CIPHER = re.compile(
    "([A-Za-z0-9+/]{4}){9,}[A-Za-z0-9+/]{2}([A-Za-z0-9+/][A-Za-z0-9+/=]|==)"
)


def docs_in(path: Path, *needs: str) -> Iterator[Json]:
    """A document of texts a line, none where there is no file. Raises `Refused` for a line that lacks these fields."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _doc(path, number, line, needs)


def must_be_whole(folder: Path, notes: Path) -> None:
    """Looks at every key and every line, before anything is touched."""
    for path in sorted((folder / KEYS).iterdir()):
        if not path.is_file():
            raise no_backup(f"备份里的 {path} 应为文件，没有恢复任何内容")
    for name in registry.SERVICES:
        for path, needs in (
            (notes / NOTES / f"{name}.jsonl", OF_NOTES),
            (folder / KEYS / f"{name}{DATA_KEYS}", OF_DATA_KEYS),
        ):
            for _ in docs_in(path, *needs):
                pass


def _doc(path: Path, number: int, line: bytes, needs: Iterable[str]) -> Json:
    try:
        doc: Any = orjson.loads(line)
    except ValueError as error:
        raise _not_whole(path, number) from error
    if not isinstance(doc, dict) or not _is_whole(doc, needs):
        raise _not_whole(path, number)
    return doc


def _is_whole(doc: Json, needs: Iterable[str]) -> bool:
    more = OF_SEALED if "sealed" in doc else ()
    ciphers = (doc[name] for name in CIPHERS & doc.keys())
    has_all = doc.keys() >= {"id", *needs, *more}
    are_texts = all(type(said) is str for said in doc.values())
    return (
        has_all
        and are_texts
        and doc["id"] != ""
        and all(map(CIPHER.fullmatch, ciphers))
    )


def _not_whole(path: Path, number: int) -> Refused:
    says = f"备份里的 {path} 第 {number} 行不完整，没有恢复任何内容；请换完整的备份，或删去这一行"
    return no_backup(says)
