"""Signing seals with an Ed25519 key of the platform, and telling whether one was."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from schemas.documents import Json, pick
from services.kit.config import Settings
from services.kit.config.values import BadSetting
from services.kit.seals.roots import canonical

STATED = ("number", "service", "after", "upto", "root", "before", "at")
NONE_BEFORE = "0" * 64
SHORT = 16


class Signer:
    """Signs with the key in `keys/seal.pem`."""

    def __init__(self, settings: Settings):
        self._settings = settings

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        """Looked at when something is signed: not every process that knows of seals has it."""
        return _private_key(self._settings)

    def signed(self, statement: Json) -> Json:
        """The statement with `kid` and `signature`."""
        signature = self._key.sign(canonical(statement)).hex()
        return statement | {
            "kid": kid_of(self._key.public_key()),
            "signature": signature,
        }


class Trusted:
    """The public keys whose signatures count, by `kid`."""

    def __init__(self, keys: Iterable[Ed25519PublicKey]):
        self._keys = {kid_of(key): key for key in keys}

    def knows(self, kid: str) -> bool:
        """Whether a key has this `kid`: a seal of another says nothing, good or bad."""
        return kid in self._keys

    def signed(self, seal: Json) -> bool:
        """Whether what a seal states was signed by one of them."""
        if seal["kid"] not in self._keys:
            return False
        try:
            signature = bytes.fromhex(seal["signature"])
            self._keys[seal["kid"]].verify(signature, canonical(stated(seal)))
        except (InvalidSignature, ValueError):
            return False
        return True


def trusted(settings: Settings) -> Trusted:
    """Those of the platform: of the key that signs, and what `keys/seal*.pub.pem` holds of those before.

    Raises `BadSetting` naming the file that holds no such key.
    """
    former = (_public_key(path) for path in sorted(settings.keys.glob("seal*.pub.pem")))
    keys = list(former)
    if settings.has_seal_key():
        keys.append(_private_key(settings).public_key())
    return Trusted(keys)


def stated(seal: Json) -> Json:
    """What of a seal is signed."""
    return pick(seal, *STATED)


def digest_of(seal: Json) -> str:
    """Tells this seal from any other, and with it all before it: each names the one before."""
    return hashlib.sha256(canonical(stated(seal))).hexdigest()


def short(digest: str) -> str:
    """What a person reads on paper: `1f3a-02bc-77de-90aa`."""
    fours = (digest[place : place + 4] for place in range(0, SHORT, 4))
    return "-".join(fours)


def kid_of(key: Ed25519PublicKey) -> str:
    """The first 64 bits of the SHA-256 of the key, in hex."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def _private_key(settings: Settings) -> Ed25519PrivateKey:
    path = settings.keys / "seal.pem"
    with _naming(path):
        key = load_pem_private_key(settings.seal_key(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSetting(f"{path} 不是 Ed25519 密钥")
    return key


def _public_key(path: Path) -> Ed25519PublicKey:
    with _naming(path):
        key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise BadSetting(f"{path} 不是 Ed25519 公钥")
    return key


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Whoever reads the file in it says which one is no key, or one that a password locks."""
    try:
        yield
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadSetting(f"{path} 不是 PEM 密钥，请放回原来的") from error
