"""Who bears a token, as far as that is so still: what a signature proves is how it was when it was made."""

from typing import Any

from flask import Flask

from gateway.edge.auth import BelieveToken
from gateway.edge.request_log import READS
from gateway.signin.access import Access, Known, access_unknown
from schemas.token import may_be_a_person
from services.kit.actor import Actor
from services.kit.errors import Unauthenticated, Unavailable
from services.kit.tokens import Verifier

BEARERS = "bearers"  # Where the application keeps it.
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
        bearer = self._verifier.bearer(token)
        if bearer.seq is None and not may_be_a_person(bearer.actor.id):
            return bearer.actor
        known = Known(bearer.actor, "", bearer.seq or 0)
        try:
            self._must_be_so_still(known)
        except Unavailable:
            if environ["REQUEST_METHOD"] in READS:
                return known.as_resident()
            raise
        return known.actor

    def _must_be_so_still(self, known: Known) -> None:
        if not self._access.is_so_still(known):
            raise Unauthenticated(OUTDATED, code="token_outdated", path="Authorization")
        if known.is_staff and not self._access.is_fresh:
            raise access_unknown()


def by_token(app: Flask) -> BelieveToken:
    """What tells whether who bears a token may do so still."""
    bearers: Bearers = app.extensions[BEARERS]
    return bearers.actor
