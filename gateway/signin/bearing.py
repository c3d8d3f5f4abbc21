"""Who bears a token, as far as that is so still: what a signature proves is how it was when it was made."""

import re
from hashlib import sha256
from typing import Any

from flask import Flask

from gateway.edge.auth import UNSURE, BelieveToken, access_unknown
from gateway.edge.request_log import READS
from gateway.signin.access import Access, Known
from schemas.token import may_be_a_person
from services.kit.actor import ANONYMOUS, Actor
from services.kit.bearers.tokens import Verifier
from services.kit.errors import Unauthenticated, Unavailable

BEARERS = "bearers"  # Where the application keeps it.
NO_KEY = "没有这把密钥，或已失效"
MACHINE = re.compile(
    r"xfh_(?P<id>[0-9A-HJKMNP-TV-Z]{26})_(?P<secret>[\w-]{43})", re.ASCII
)
OUTDATED = "您的权限或登录有变化，请重新登录"


class Bearers:
    """Who is let in by a token. It is believed until something changes of what its bearer may do."""

    def __init__(self, access: Access, verifier: Verifier) -> None:
        self._access, self._verifier = access, verifier

    def actor(self, environ: dict[str, Any], token: str) -> Actor:
        """Whoever need be no person is who the token says: a developer made it.

        Raises `Unauthenticated` for a token that proves nothing, or no more; `Unavailable` when that cannot be told and
        something would be changed. Who only asks is a resident then, who is shown what is public and their own.
        """
        machine = MACHINE.fullmatch(token)
        if machine:
            return self._machine(environ, machine["id"], machine["secret"])
        bearer = self._verifier.bearer(token)
        if bearer.seq is None and not may_be_a_person(bearer.actor.id):
            return bearer.actor
        known = Known(bearer.actor, "", bearer.seq or 0)
        try:
            self._must_be_so_still(known)
        except Unavailable:
            if environ["REQUEST_METHOD"] in READS:
                environ[UNSURE] = known.is_staff
                return known.as_resident()
            raise
        return known.actor

    def _machine(self, environ: dict[str, Any], id: str, secret: str) -> Actor:
        """Who asks by a key. It has nothing of its own: while people cannot be asked, it is shown what is public."""
        try:
            known = self._access.machine(id, hash_of_key(secret))
            if known and not self._access.is_fresh:
                raise access_unknown()
        except Unavailable:
            if environ["REQUEST_METHOD"] in READS:
                return ANONYMOUS
            raise
        if known is None:
            raise Unauthenticated(NO_KEY, code="no_such_key", path="Authorization")
        return known.actor

    def _must_be_so_still(self, known: Known) -> None:
        if not self._access.is_so_still(known):
            raise Unauthenticated(OUTDATED, code="token_outdated", path="Authorization")
        if known.is_staff and not self._access.is_fresh:
            raise access_unknown()


def hash_of_key(secret: str) -> str:
    """Another than that of a cookie or of what a program keeps, were it the same secret."""
    return sha256(f"key.{secret}".encode()).hexdigest()


def by_token(app: Flask) -> BelieveToken:
    """What tells whether who bears a token may do so still."""
    bearers: Bearers = app.extensions[BEARERS]
    return bearers.actor
