"""Every event of the platform by its type, however little of it whoever asks has imported.

To import this is to load each module of `schemas`, which takes a while: a service that runs loads what it may record
itself, with `events.load`. No schema imports it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from schemas import events, fields
from schemas.events import check

__all__ = ["EVENTS", "check", "versions"]

EVENTS: Mapping[str, fields.Schema] = MappingProxyType(events.DECLARED)


def versions(type: str) -> set[str]:
    """The type itself and each other version of the same event: `need_raised.v1`, `need_raised.v2`."""
    return {other for other in EVENTS if _unversioned(other) == _unversioned(type)}


def _unversioned(type: str) -> str:
    return type.rpartition(".v")[0]


events.load_room("schemas")
