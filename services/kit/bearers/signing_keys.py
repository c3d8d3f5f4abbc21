"""The keys of tokens: the one that signs, and the public ones by which what was signed is believed."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.config.secret_files import replace_secret
from services.kit.config.values import BadSetting
from services.kit.errors import Unavailable

LOOKED_AT_EVERY_S = 1.0
SIGNS, VERIFIES = "token.pem", "token.pub.pem"
FORMER = "token.until-*.pub.pem"  # The second from when on it is not believed, in the star's place.
# RFC 9864's name for EdDSA on this curve. It is the only one taken, so a token cannot choose a weaker one.
ALGORITHM = "Ed25519"

Now = Callable[[], float]
ByKid = Mapping[str, OKPKey]


def private_key(settings: Settings) -> OKPKey:
    """The key that signs tokens, made on first use. Raises `BadSetting` where its file holds no such key."""
    key = _imported(settings.keys / SIGNS, settings.secret(SIGNS, _new_key))
    if not key.is_private:
        raise BadSetting(f"{settings.keys / SIGNS} 是公钥，请放回原来的私钥")
    return key


def can_sign(settings: Settings) -> bool:
    """Whether the key that signs is there already."""
    return (settings.keys / SIGNS).is_file()


def public_key(settings: Settings) -> OKPKey:
    """The key that verifies tokens. Where only it is kept, nothing can be signed; both are made where none is.

    Raises `BadSetting` where its file holds no such key.
    """
    public = settings.secret(VERIFIES, _of(settings))
    return _imported(settings.keys / VERIFIES, public)


def rotate(settings: Settings, keep_s: float) -> str:
    """Signs by a new key from now on, and returns its `kid`; the one before is believed for `keep_s` more.

    What was begun and broken off is finished by doing it again: no token is refused on the way but of a key not kept.
    """
    before = public_key(settings)
    new = OKPKey.generate_key("Ed25519")
    if keep_s > 0:
        until = int(time.time() + keep_s)
        former = FORMER.replace("*", str(until))
        replace_secret(settings.keys / former, before.as_pem(private=False))
    replace_secret(settings.keys / VERIFIES, new.as_pem(private=False))
    replace_secret(settings.keys / SIGNS, new.as_pem(private=True))
    return str(new.thumbprint())


def former_keys(settings: Settings, now: Now = time.time) -> list[Path]:
    """The files of those that are still believed."""
    files = sorted(settings.keys.glob(FORMER))
    return [file for file in files if _until(file) > now()]


class Ring:
    """The public keys by their `kid`, as they are in the folder of keys: a rotation is seen within a second."""

    def __init__(self, settings: Settings, now: Now = time.time):
        self._settings, self._now = settings, now
        self._looking = Lock()
        self._seen: tuple[object, ...] = ()
        self._looked_at = float("-inf")
        self._turn = 0
        self.newest = ""
        self._by_kid: dict[str, OKPKey] = {}

    @classmethod
    def of_one(cls, key: OKPKey) -> "Ring":
        """With that key alone, for ever."""
        ring = cls(Settings())
        ring._looked_at = float("inf")
        ring.newest = str(key.thumbprint())
        ring._by_kid = {ring.newest: key}
        return ring

    def turn(self) -> int:
        """A number that is another once the keys are others."""
        if self._now() - self._looked_at >= LOOKED_AT_EVERY_S:
            with self._looking:
                self._look()
        return self._turn

    def key(self, kid: str) -> OKPKey:
        """Raises `ValueError` for a key of others, and for one not believed any more."""
        self.turn()
        if kid not in self._by_kid:
            raise ValueError("a key of others")
        return self._by_kid[kid]

    def public(self) -> list[Json]:
        """As JWK, the newest first."""
        self.turn()
        return [_as_jwk(kid, key) for kid, key in self._by_kid.items()]

    def _look(self) -> None:
        public = self._settings.keys / VERIFIES
        newest = public_key(self._settings)
        former = former_keys(self._settings, self._now)
        seen = tuple(_version(file) for file in (public, *former))
        if seen != self._seen:
            keys = [newest, *map(_read, former)]
            self._by_kid = {str(key.thumbprint()): key for key in keys}
            self.newest = str(newest.thumbprint())
            self._seen = seen
            self._turn += 1
        self._looked_at = self._now()


class Signer:
    """The private key where it is kept, as it is now. It is never made here: what it signed nobody would believe."""

    def __init__(self, settings: Settings):
        self._settings = settings

    def key(self) -> OKPKey:
        """Raises `Unavailable` where it is not."""
        if not can_sign(self._settings):
            raise Unavailable("平台的签名密钥不在这里，请系统管理员放回 token.pem")
        return private_key(self._settings)


def _of(settings: Settings) -> Callable[[], bytes]:
    return lambda: private_key(settings).as_pem(private=False)


def _new_key() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def _until(file: Path) -> int:
    """0 for a name nobody gave here."""
    second = file.name.removeprefix("token.until-").removesuffix(".pub.pem")
    return int(second) if second.isdigit() else 0


def _read(file: Path) -> OKPKey:
    return _imported(file, file.read_bytes())


def _imported(file: Path, content: bytes) -> OKPKey:
    try:
        key = OKPKey.import_key(content)
    except (ValueError, TypeError, JoseError) as error:
        raise _no_key(file) from error
    if key.curve_name != ALGORITHM:
        raise _no_key(file)
    return key


def _no_key(file: Path) -> BadSetting:
    return BadSetting(f"{file} 不是 {ALGORITHM} 密钥，请放回原来的")


def _version(file: Path) -> tuple[str, int]:
    return file.name, file.stat().st_mtime_ns


def _as_jwk(kid: str, key: OKPKey) -> Json:
    public: Json = key.as_dict(private=False)
    return public | {"use": "sig", "alg": ALGORITHM, "kid": kid}
