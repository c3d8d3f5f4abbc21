"""Every event of the platform by its type, however little of it whoever asks has imported.

To import this is to load each module of `schemas`, wherever it declares its events. No schema imports it.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType

import marshmallow as ma

import schemas
from schemas import characters, events, fields
from schemas.documents import Json

EVENTS: Mapping[str, fields.Schema] = MappingProxyType(events.DECLARED)


def check(type: str, content: Json) -> None:
    """Raises `ValidationError` when `content` is not what `type` says, `KeyError` when nobody declared `type`.

    What somebody said before there was a rule for how texts look is told on as it was said.
    """
    error = ma.ValidationError(EVENTS[type].validate(content))
    codes = {complaint["code"] for complaint in fields.complaints(error)}
    if not codes <= characters.RULES_OF_LATER:
        raise error


def versions(type: str) -> set[str]:
    """The type itself and each other version of the same event: `need_raised.v1`, `need_raised.v2`."""
    return {other for other in EVENTS if _unversioned(other) == _unversioned(type)}


def _unversioned(type: str) -> str:
    return type.rpartition(".v")[0]


def _load_every_schema() -> None:
    for module in walk_packages(schemas.__path__, f"{schemas.__name__}."):
        import_module(module.name)


_load_every_schema()
