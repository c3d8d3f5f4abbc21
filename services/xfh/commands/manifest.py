"""A backup's `manifest.json`: what was copied, and whether the folder still is what it says."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import marshmallow as ma
import orjson

from schemas import fields
from schemas.documents import Json
from services.kit.errors import Refused
from services.xfh import registry

FORMAT = 2
FORMATS = (1, FORMAT)  # The first had notes as they were written.
MANIFEST, LOGS, KEYS = "manifest.json", "logs", "keys"
MOST_EVENTS = 10**12
# Of a file beside the manifest, and of nothing elsewhere.
INSIDE = re.compile(rf"({LOGS}|{KEYS})/(?!\.{{1,2}}\Z)[^/\\\0]{{1,200}}")
SUM = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """Where each log was cut, how far each service had done with the logs it follows, and the sum of each file."""

    format: int
    made_at: str
    heads: dict[str, int]
    done: dict[str, dict[str, int]]
    sums: dict[str, str]

    def as_text(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2).encode()


def _each(of: ma.fields.Field[Any]) -> ma.fields.Dict:
    messages: Json = {"invalid": fields.COMMON["type"]}
    return ma.fields.Dict(
        ma.fields.String(), of, required=True, error_messages=messages
    )


def _place() -> fields.Whole:
    return fields.Whole(0, MOST_EVENTS, required=True)


class Written(fields.Schema):
    format = _place()
    made_at = fields.Instant(required=True)
    heads = _each(_place())
    done = _each(_each(_place()))
    sums = _each(ma.fields.String(validate=SUM.fullmatch))


def no_backup(says: str) -> Refused:
    return Refused("no_backup", says)


def read_manifest(folder: Path) -> Manifest:
    """Raises `Refused` for what is no whole backup, before anything is touched."""
    path = folder / MANIFEST
    if not path.is_file():
        raise no_backup(f"{folder} 不是完整的备份：没有 {MANIFEST}")
    manifest = _read(path)
    if strange := sorted(manifest.heads.keys() - registry.SERVICES.keys()):
        says = f"备份里有 {'、'.join(strange)}，这个版本没有；请用做备份的版本或更新的版本恢复"
        raise no_backup(says)
    for fault in _faults(manifest):
        raise _damaged(path, fault)
    _must_be_as_it_was(folder, manifest)
    return manifest


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> Manifest:
    """A byte order mark is what an editor leaves that somebody looked at it with."""
    try:
        content = orjson.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise _damaged(path, "不是 JSON") from error
    _must_be_known(path, content)
    try:
        return Manifest(**Written().load(content))
    except ma.ValidationError as error:
        about = fields.complaints(error)[0]
        fault = f"{about['path']} 不对（{about['message']}）"
        raise _damaged(path, fault.lstrip()) from error


def _must_be_known(path: Path, content: Any) -> None:
    format = content.get("format") if isinstance(content, dict) else None
    if type(format) is int and format not in FORMATS:
        says = f"{path.parent} 是另一种格式（{format}）的备份，请用相应的版本恢复"
        raise no_backup(says)


def _damaged(path: Path, fault: str) -> Refused:
    return no_backup(f"{path} 已损坏：{fault}；没有恢复任何内容")


def _faults(manifest: Manifest) -> Iterator[str]:
    """Where what it says does not go together."""
    if manifest.heads.keys() != manifest.done.keys():
        yield "heads 和 done 里的服务不一样"
    for name in manifest.heads:
        if f"{LOGS}/{name}.jsonl" not in manifest.sums:
            yield f"sums 里没有 {LOGS}/{name}.jsonl"
    for name in manifest.sums:
        if not INSIDE.fullmatch(name):
            yield f"sums 里的 {name} 不是备份里的文件"
    yield from _ahead(manifest)


def _ahead(manifest: Manifest) -> Iterator[str]:
    """Who had done more of a log than there is of it."""
    for name, places in manifest.done.items():
        for source, place in places.items():
            head = manifest.heads.get(source, 0)
            if place > head:
                yield f"done/{name}/{source} 超过了 heads 里的 {head}"


def _must_be_as_it_was(folder: Path, manifest: Manifest) -> None:
    """All its files, but for keys that somebody has taken out on purpose."""
    keys_of = folder / KEYS
    without_keys = keys_of.is_dir() and not any(keys_of.iterdir())
    for name, expected in manifest.sums.items():
        if without_keys and name.startswith(KEYS):
            continue
        if not _is_as_it_was(folder / name, expected):
            says = f"备份里的 {folder / name} 不见了或者变了，没有恢复任何内容"
            raise no_backup(says)
    for name, head in manifest.heads.items():
        if _lines_in(folder / LOGS / f"{name}.jsonl") != head:
            raise _damaged(folder / MANIFEST, f"heads/{name} 不是日志里的事件数")


def _is_as_it_was(path: Path, expected: str) -> bool:
    return path.is_file() and sum_of(path) == expected


def _lines_in(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
