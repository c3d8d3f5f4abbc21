"""What makes a request happen once, and what tells it from another: the log alone gives nothing of either back.

A key that a caller chose stands in the log as a keyed hash, so no caller's key meets another's, nor one of the
platform: those begin with `@`, and no hash does. A request's digest is a keyed hash as well. Where words were noted, it
takes in what lies beside each note, and so can no longer be guessed at once one of them is erased.

Versions before kept `<actor>:<Idempotency-Key>`, keys of the platform without a mark, and plain hashes; what they
recorded is still found, but only by whoever it was recorded for.
"""

import hashlib
import secrets
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import orjson

from schemas.documents import without
from services.kit.actor import Actor
from services.kit.store import Keep

PLATFORM = "@"  # Neither a hash in hex nor an actor's id begins so.
KIND = "secrets"  # The kind, in the keep, of the service's secret.
BITS = 128


class Keys:
    """The keys and digests of one service. Its secret is made on first use and is the same for every replica."""

    def __init__(self, keep: Keep):
        self._keep = keep

    def of(self, actor: Actor, key: str) -> str:
        """The key in the log of what `actor` asked with the Idempotency-Key `key`."""
        return self.of_owner(actor.id, key)

    def of_owner(self, owner: str, key: str) -> str:
        """The same for what all who hold an office of the place `owner` ask as one. No actor is called like a place."""
        return self._hashed(f"{owner}:{key}".encode())

    def digest(self, name: str, asked: Any, salts: Sequence[str] = ()) -> str:
        """Tells two requests apart. Two of the same name and content have the same, with the same `salts`."""
        return self._hashed("".join(salts).encode() + canonical(name, asked))

    def _hashed(self, text: bytes) -> str:
        return hashlib.blake2b(
            text, key=self._secret, digest_size=BITS // 8
        ).hexdigest()

    @cached_property
    def _secret(self) -> bytes:
        made = {"id": "log", "secret": secrets.token_hex(32)}
        return bytes.fromhex(self._keep.put_once(KIND, "log", made)["secret"])


def of_platform(kind: str, what: str) -> str:
    """The key of what the platform does by itself."""
    return f"{PLATFORM}{kind}:{what}"


def formerly(actor: Actor, key: str) -> str:
    """The key under which versions before recorded what `actor` asked."""
    return f"{actor.id}:{key}"


def plain_digest(name: str, asked: Any) -> str:
    """A hash anybody can make again: of what is no secret, and of what versions before recorded."""
    return hashlib.sha256(canonical(name, asked)).hexdigest()[: BITS // 4]


def canonical(name: str, asked: Any) -> bytes:
    """The same bytes for the same request, in whatever order its fields are."""
    return orjson.dumps([name, asked], option=orjson.OPT_SORT_KEYS)


def new_salt() -> str:
    """128 random bits, in hex."""
    return secrets.token_hex(16)


def stripped(asked: Any, names: frozenset[str]) -> Any:
    """What is asked, without the fields of these names at any depth."""
    if isinstance(asked, list):
        return [stripped(value, names) for value in asked]
    if not names or not isinstance(asked, dict):
        return asked
    kept = without(asked, *names)
    return {name: stripped(value, names) for name, value in kept.items()}
