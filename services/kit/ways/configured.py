"""All ways in that are set up, of one file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.kit.ways.senders import Sender, senders_in

SENDERS = "senders"


@dataclass(frozen=True, slots=True)
class Ways:
    senders: tuple[Sender, ...] = ()

    def __str__(self) -> str:
        return "、".join(sender.name for sender in self.senders)

    def sender(self, name: str) -> Sender | None:
        return next((one for one in self.senders if one.name == name), None)


NO_WAYS = Ways()


def ways_in(text: str) -> Ways:
    """Raises `ValueError` with a sentence that names what is wrong. Secrets stand in files of their own."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"不是正确的 TOML：{error}") from error
    if unknown := sorted(tables.keys() - {SENDERS}):
        raise ValueError(f"没有 {unknown[0]} 这一项")
    return Ways(senders_in(_table(tables, SENDERS)))


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = tables.get(name, {})
    if type(table) is not dict:
        raise ValueError(f"{name} 应为一个表")
    return table
