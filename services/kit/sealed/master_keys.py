"""The master keys: the newest wraps the data keys made from now on, the others open those made before."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BYTES = 32


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """Keys of 256 bits by their `kid`, the newest last; there is one at least."""

    by_kid: Mapping[str, bytes]

    @property
    def newest(self) -> str:
        """Its `kid`."""
        return list(self.by_kid)[-1]


def master_keys(file: bytes) -> MasterKeys:
    """As `keys/master.key` says: a line for each, `KID KEY`, the key in hex. Raises `ValueError` for another file."""
    lines = [line.split() for line in file.decode("ascii").splitlines()]
    keys = {kid: bytes.fromhex(key) for kid, key in lines}
    has_twins = len(keys) < len(lines)
    if not keys or has_twins:
        raise ValueError("no master key, or two with one kid")
    if any(len(key) != BYTES for key in keys.values()):
        raise ValueError(f"a master key has {BYTES} bytes")
    return MasterKeys(MappingProxyType(keys))


def new_master_key() -> bytes:
    """A line of the file. Who adds it at the end rotates."""
    return f"{secrets.token_hex(4)} {secrets.token_hex(BYTES)}\n".encode()
