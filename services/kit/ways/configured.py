"""All ways in that are set up, of one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.kit.config.typed_files import tables_in
from services.kit.ways.providers import Provider, providers_in
from services.kit.ways.senders import Sender, senders_in

SENDERS, PROVIDERS = "senders", "providers"


@dataclass(frozen=True, slots=True)
class Ways:
    senders: tuple[Sender, ...] = ()
    providers: tuple[Provider, ...] = ()

    def __str__(self) -> str:
        return "、".join(one.name for one in (*self.senders, *self.providers))

    def sender(self, name: str) -> Sender | None:
        """The one of that name, if it is set up."""
        return next((one for one in self.senders if one.name == name), None)


NO_WAYS = Ways()


def ways_in(text: str) -> Ways:
    """Raises `ValueError` with a sentence that names what is wrong. Secrets stand in files of their own."""
    tables = tables_in(text)
    if unknown := sorted(tables.keys() - {SENDERS, PROVIDERS}):
        raise ValueError(f"没有 {unknown[0]} 这一项")
    return Ways(
        senders_in(_table(tables, SENDERS)), providers_in(_table(tables, PROVIDERS))
    )


def _table(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = tables.get(name, {})
    if type(table) is not dict:
        raise ValueError(f"{name} 应为一个表")
    return table
