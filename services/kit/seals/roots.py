"""What a seal says of events: the root of a Merkle tree over all that their log keeps of them (RFC 6962, section 2.1).

The answer kept beside an event is no part of it: it may be kept later, and is only ever told to who repeats a key.
"""

import hashlib
from collections.abc import Sequence

import orjson

from schemas.documents import Json
from services.kit.log import Event


def canonical(what: Json) -> bytes:
    """The same bytes on every engine, whatever order it keeps fields in."""
    return orjson.dumps(what, option=orjson.OPT_SORT_KEYS)


def root_of(events: Sequence[Event]) -> str:
    """In hex. There is one event at least."""
    level = [_hashed(b"\0", canonical(event.as_dict())) for event in events]
    while len(level) > 1:
        level = _above(level)
    return level[0].hex()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level of the tree: one that has no neighbour goes up as it is."""
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [_hashed(b"\1", left + right) for left, right in pairs]
    alone = level[len(above) * 2 :]
    return [*above, *alone]


def _hashed(kind: bytes, content: bytes) -> bytes:
    return hashlib.sha256(kind + content).digest()
