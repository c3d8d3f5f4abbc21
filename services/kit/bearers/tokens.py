"""Bearer tokens: JWTs signed with Ed25519 that say who asks and in which roles."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import lru_cache, partial
from typing import Any, NamedTuple

import marshmallow as ma
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, OKPKey

from schemas.documents import Json
from schemas.token import (
    AUDIENCE,
    ISSUER,
    Claims,
    may_be_a_person,
    without_roles_to_come,
)
from services.kit.actor import NOWHERE, Actor, Role
from services.kit.bearers.signing_keys import (
    ALGORITHM,
    Ring,
    can_sign,
    private_key,
    public_key,
)
from services.kit.config import Settings
from services.kit.errors import Unauthenticated
from services.kit.store import is_there, open_store

__all__ = [
    "ALGORITHM",
    "Bearer",
    "Verifier",
    "can_sign",
    "issue",
    "private_key",
    "public_key",
    "sign",
]

LONGEST_TOKEN = 8192
NOT_OURS = JoseError, ma.ValidationError, ValueError, TypeError, RecursionError
MOST_REMEMBERED = 8192
CLOCK_SKEW_S = 60
LOADER = Claims()
PEOPLE = "people"


def issue(settings: Settings, sub: str, roles: Sequence[Role], hours: float) -> str:
    """A developer's token for `sub`, good for `hours` from now on. Raises `ValidationError` naming what is wrong.

    For who may be a person it says where the people's log is now: what changes for them later ends it.
    """
    seq = _head_of_people(settings) if may_be_a_person(sub) else None
    return sign(private_key(settings), Actor(sub, tuple(roles)), hours * 3600, seq)


def sign(key: OKPKey, actor: Actor, lasts_s: float, seq: int | None) -> str:
    """A token of the actor, who had these roles when the people's log was at `seq`. Raises `ValidationError`."""
    now = int(time.time())
    claims: Json = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": actor.id,
        "iat": now,
        "exp": now + int(lasts_s),
        "roles": [_claimed(role) for role in actor.roles],
    }
    if seq is not None:
        claims["seq"] = seq
    LOADER.load(claims)
    header = {"alg": ALGORITHM, "kid": key.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def _head_of_people(settings: Settings) -> int:
    """0 where their log is not at hand."""
    if not is_there(settings.store, PEOPLE):
        return 0
    with closing(open_store(settings.store, PEOPLE, ())) as store:
        return store.log.head()


def _claimed(role: Role) -> dict[str, str]:
    return (
        {"role": role.role}
        if role.scope == NOWHERE
        else {"role": role.role, "scope": role.scope}
    )


class Bearer(NamedTuple):
    """Who holds a token, and where the people's log was when that was so; None for who need be no person."""

    actor: Actor
    seq: int | None


class Verifier:
    """Tells who holds a token. What a signature proves does not change, so the last tokens seen are remembered."""

    def __init__(self, key: OKPKey | Ring, now: Callable[[], float] = time.time):
        self.ring = key if isinstance(key, Ring) else Ring.of_one(key)
        self._now = now
        self._read = lru_cache(MOST_REMEMBERED)(self._read_signed)

    def actor(self, token: str) -> Actor:
        """Who held it when it was made. Raises what `bearer` raises."""
        return self.bearer(token).actor

    def bearer(self, token: str) -> Bearer:
        """Raises `Unauthenticated` with the code `token_forged`, `token_expired` or `token_not_yet_valid`.

        Whether that is still so is not told by the token: `gateway/signin/bearing.py`.
        """
        bearer, expires_at = self._read(token, self.ring.turn())
        if self._now() >= expires_at:
            raise Unauthenticated(
                "登录已过期，请重新登录", code="token_expired", path="Authorization"
            )
        return bearer

    def _read_signed(self, token: str, turn: int) -> tuple[Bearer, int]:
        """What was believed by other keys is looked at again."""
        claims = self._claims(token)
        if claims["iat"] > self._now() + CLOCK_SKEW_S:
            raise _forged()
        if claims.get("nbf", 0) > self._now() + CLOCK_SKEW_S:
            raise Unauthenticated(
                "登录还没有生效，请稍后再试",
                code="token_not_yet_valid",
                path="Authorization",
            )
        held = claims["roles"]
        roles = tuple(Role(one["role"], one.get("scope", NOWHERE)) for one in held)
        actor = Actor(claims["sub"], roles)
        return Bearer(actor, claims.get("seq")), claims["exp"]

    def _claims(self, token: str) -> Json:
        if len(token) > LONGEST_TOKEN:
            raise _forged()
        decode = partial(jwt.decode, algorithms=[ALGORITHM], decoder_cls=EachOnce)
        try:
            signed = decode(token, self._key_of).claims
            claims: Json = LOADER.load(without_roles_to_come(signed))
        except NOT_OURS as error:
            raise _forged() from error
        return claims

    def _key_of(self, token: GuestProtocol) -> OKPKey:
        """The one it names; where it names none, the one that signs now. Raises `ValueError` for one of others."""
        return self.ring.key(token.headers().get("kid", self.ring.newest))


class EachOnce(json.JSONDecoder):
    """Of a claim said twice nobody could tell which is meant."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError("a claim is said twice")
    return said


def _forged() -> Unauthenticated:
    return Unauthenticated(
        "令牌无效，请重新登录", code="token_forged", path="Authorization"
    )
