"""Text encrypted for one person: AES-256-GCM under a data key of theirs, which a master key wraps.

A service has its own data key for each person. Once that is dropped, whatever was sealed under it is noise, in every
copy there is of it. To change master keys is to wrap the data keys anew, and touches nothing that is sealed.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.documents import Json
from services.kit.errors import Unavailable
from services.kit.sealed.master_keys import MasterKeys
from services.kit.store import Keep

KIND = (
    "data_keys"  # The kind, in the keep, of the wrapped keys: one by each person's id.
)
NONCE_BYTES = 12


class DataKeys:
    """The data keys of one service. `masters` reads what there is of master keys, and is asked when one is needed."""

    def __init__(self, service: str, keep: Keep, masters: Callable[[], MasterKeys]):
        self._service, self._keep = service, keep
        self._read_masters = masters
        self._masters: MasterKeys | None = None

    def make(self, subjects: Collection[str]) -> None:
        """One for each who has none, all at once. Safe to repeat."""
        new = [one for one in subjects if self._keep.get(KIND, one) is None]
        if new:
            self._keep.put_each_once(KIND, list(map(self._new, new)))

    def seal(self, subject: str, id: str, text: str) -> Json:
        """`{key, sealed}`: what says `text`, and under which data key of the subject. `id` names what it is of."""
        kept = self._keep.get(KIND, subject) or self._made(subject)
        about = self._about(id, subject, kept["key"])
        return {
            "key": kept["key"],
            "sealed": _encrypted(self._unwrapped(kept), text.encode(), about),
        }

    def open(self, subject: str, id: str, said: Json) -> str | None:
        """The text again; None once the subject's key is dropped. Raises `InvalidTag` for what was tampered with."""
        kept = self._keep.get(KIND, subject)
        if kept is None or kept["key"] != said["key"]:
            return None
        about = self._about(id, subject, kept["key"])
        return _decrypted(self._unwrapped(kept), said["sealed"], about).decode()

    def drop(self, subject: str) -> None:
        """Safe to repeat."""
        self._keep.drop(KIND, subject)

    def wrap_anew(self) -> int:
        """Wraps by the newest master key what another wraps, and returns how many that were. Safe to repeat."""
        old = [kept for kept in self.kept() if kept["kid"] != self._newest()]
        return sum(map(self._wrap_anew, old))

    def kept(self) -> list[Json]:
        """As they are kept, for a backup: worth nothing without the master key."""
        return self._keep.all(KIND)

    def bring_back(self, kept: Json) -> None:
        """One out of a backup, where there is none."""
        self._keep.put_once(KIND, kept["id"], kept)

    def _wrap_anew(self, kept: Json) -> bool:
        """Not where it was dropped meanwhile."""
        key = self._unwrapped(kept)
        wrapped = self._wrapped(kept["id"], kept["key"], key)
        return self._keep.change(KIND, kept["id"], kept, wrapped)

    def _made(self, subject: str) -> Json:
        return self._keep.put_once(KIND, subject, self._new(subject))

    def _new(self, subject: str) -> Json:
        key = AESGCM.generate_key(bit_length=256)
        return self._wrapped(subject, secrets.token_hex(8), key)

    def _wrapped(self, subject: str, name: str, key: bytes) -> Json:
        kid = self._newest()
        about = self._about(subject, name, kid)
        wrapped = _encrypted(self._master(kid), key, about)
        return {"id": subject, "key": name, "kid": kid, "wrapped": wrapped}

    def _unwrapped(self, kept: Json) -> bytes:
        about = self._about(kept["id"], kept["key"], kept["kid"])
        return _decrypted(self._master(kept["kid"]), kept["wrapped"], about)

    def _newest(self) -> str:
        if self._masters is None:
            self._masters = self._read_masters()
        return self._masters.newest

    def _master(self, kid: str) -> bytes:
        """Looks again for one that is not known: it may be new."""
        if self._masters is None or kid not in self._masters.by_kid:
            self._masters = self._read_masters()
        if kid not in self._masters.by_kid:
            raise Unavailable(f"缺少主密钥 {kid}，请系统管理员把它放回 master.key")
        return self._masters.by_kid[kid]

    def _about(self, *names: str) -> bytes:
        """What is bound to a sealed text: it opens nowhere else."""
        return orjson.dumps([self._service, *names])


def _encrypted(key: bytes, text: bytes, about: bytes) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, text, about)).decode()


def _decrypted(key: bytes, sealed: str, about: bytes) -> bytes:
    raw = b64decode(sealed)
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about)
