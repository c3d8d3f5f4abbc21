"""Codes that cannot be forged: the one shown at a door, a person's own, and the one on a certificate."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.times import moment
from services.kit.codes import BITS_OF_A_LETTER, printed
from services.kit.errors import Refused


class OwnCode(NamedTuple):
    """A person's own code: whose it is, while when it was shown, and the hash by which it is known again."""

    person: str
    since: datetime
    until: datetime
    hash: str


DOOR_LIFE = timedelta(seconds=90)
OWN_LIFE = timedelta(minutes=2)
CLOCKS_DIFFER = timedelta(minutes=5)
CODE_BITS = 130  # 26 letters and digits.


def door_code(session: str, key: bytes, now: datetime) -> Json:
    """What the QR shown at the door says; good for `DOOR_LIFE`."""
    return _lasting("door", session, key, now + DOOR_LIFE)


def own_code(person: str, key: bytes, now: datetime) -> Json:
    """What a person shows to be let in; good for `OWN_LIFE`."""
    return _lasting("person", person, key, now + OWN_LIFE)


def must_be_of_the_door(code: str, session: str, key: bytes, now: datetime) -> None:
    """Raises `Refused` for the code of another session, and for one that has expired."""
    shown, expires_at = _read("door", code, key)
    if shown != session:
        raise Refused("wrong_code", "这不是本场活动的二维码", path="code")
    if instant(now) > expires_at:
        raise Refused("code_expired", "二维码已过期，请重新扫描", path="code")


def scanned_now(code: str, key: bytes, now: datetime) -> OwnCode:
    """A person's own code, scanned as it is shown. Raises `Refused` once it has expired."""
    own = _own(code, key)
    if now > own.until:
        raise _expired()
    return own


def scanned_then(code: str, key: bytes, at: datetime) -> OwnCode:
    """A person's own code, scanned `at` a moment that may be long ago, by a clock a little off."""
    own = _own(code, key)
    if not own.since - CLOCKS_DIFFER <= at <= own.until + CLOCKS_DIFFER:
        raise _expired()
    return own


def certificate_code(certificate: str, key: bytes) -> str:
    """The code on a certificate, `CODE_BITS` long."""
    return printed("certificate", certificate, CODE_BITS // BITS_OF_A_LETTER, key)


def hash_of(code: str) -> str:
    """What is kept of a code, and what it is looked up by."""
    return hashlib.sha256(code.encode()).hexdigest()


def _own(code: str, key: bytes) -> OwnCode:
    person, expires_at = _read("person", code, key)
    until = moment(expires_at)
    # One code can be written in several ways.
    as_shown = _lasting("person", person, key, until)["code"]
    return OwnCode(person, until - OWN_LIFE, until, hash_of(as_shown))


def _expired() -> Refused:
    return Refused("code_expired", "个人码已过期，请对方刷新后再扫", path="own_code")


def _lasting(kind: str, about: str, key: bytes, expires: datetime) -> Json:
    expires_at = instant(expires)
    code = URLSafeSerializer(key, salt=kind).dumps([about, expires_at])
    return {"code": str(code), "expires_at": expires_at}


def _read(kind: str, code: str, key: bytes) -> tuple[str, str]:
    path = "code" if kind == "door" else "own_code"
    try:
        about, expires_at = URLSafeSerializer(key, salt=kind).loads(code)
    except (BadData, ValueError, TypeError) as error:
        raise Refused("bad_code", "二维码无效，请重新扫描", path=path) from error
    return about, expires_at
