"""A table of a TOML file, read by the names of a dataclass: nothing unknown, nothing missing, each of its type."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, TypeVar

from services.kit.config.typed_files import text_in

T = TypeVar("T")
Texts = Mapping[str, str]
WORDS = {str: "文字", int: "整数", Path: "文件名", Texts: "一个表，各项为文字"}


def read(kind: Callable[..., T], table: Mapping[str, Any], name: str, called: str) -> T:
    """What the table describes. Raises `ValueError` with a sentence about what is `called` so, and which entry."""
    known = _entries(kind)
    if unknown := sorted(table.keys() - known.keys()):
        raise ValueError(f"{called} 没有 {unknown[0]} 这一项")
    needed = [entry for entry, field in known.items() if _is_needed(field)]
    missing = [entry for entry in needed if entry not in table]
    if missing:
        raise ValueError(f"{called} 缺少 {missing[0]}")
    values = {}
    for entry, value in table.items():
        values[entry] = _value(known[entry], value, called)
    return kind(name=name, **values)


def _entries(kind: Callable[..., object]) -> "dict[str, Field[Any]]":
    """What a table may say: the fields of the dataclass but for the name, which is that of the table."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    del known["name"]
    return known


def _is_needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(field: "Field[Any]", value: Any, called: str) -> Any:
    wanted: Any = field.type
    if not _is_a(wanted, value):
        raise ValueError(f"{called} 的 {field.name} 应为{WORDS[wanted]}")
    if value == "" and field.default != "":
        raise ValueError(f"{called} 的 {field.name} 不能为空")
    if field.name == "text" and not value.isprintable():
        raise ValueError(f"{called} 的 {field.name} 应为一行文字，没有看不见的字符")
    return Path(value) if wanted is Path else value


def _is_a(wanted: Any, value: Any) -> bool:
    if wanted == Texts:
        return isinstance(value, Mapping) and all(map(_is_text, value.values()))
    return type(value) is (str if wanted is Path else wanted)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def secret_in(file: Path) -> str:
    """What the file holds, but for the end of its line. Raises `ValueError` when it cannot be read or is empty."""
    try:
        secret = text_in(file).strip()
    except ValueError as error:
        raise ValueError(f"密钥文件 {file}：{error}") from error
    if not secret:
        raise ValueError(f"密钥文件 {file} 是空的")
    return secret
