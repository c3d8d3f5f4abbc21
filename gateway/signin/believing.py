"""Who a cookie lets in, and what it is good for: to ask anything, and to change something from a page of ours."""

from typing import Any

from flask import Flask

from gateway.edge.auth import UNSURE, Believe, access_unknown
from gateway.edge.request_log import READS
from gateway.signin.access import Access, Known
from gateway.signin.cookies import (
    Cookies,
    csrf_of,
    hashed,
    is_a_form,
    is_csrf,
    says_csrf,
)
from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Forbidden, Unauthenticated, Unavailable

SIGNED_IN = "signed_in"  # Where the application keeps it.


class SignedIn:
    """Who is signed in by the cookie of a request."""

    def __init__(self, access: Access, cookies: Cookies) -> None:
        self.access, self.cookies = access, cookies

    def actor(self, environ: dict[str, Any]) -> Actor:
        """`ANONYMOUS` without a cookie, and for one that is good no more where that only asks.

        Raises `Unauthenticated` for such a one that would change something, `Forbidden` when a page of somebody
        else's would, and `Unavailable` when it cannot be told what somebody may change.
        """
        secret = self.cookies.secret_in(environ)
        if not secret:
            return ANONYMOUS
        if environ["REQUEST_METHOD"] in READS:
            return self._asking(environ, secret)
        self.must_be_ours(environ, secret)
        return self._changing(secret)

    def known(self, environ: dict[str, Any]) -> Known | None:
        """Raises `Unavailable` when it cannot be told."""
        secret = self.cookies.secret_in(environ)
        return self.access.of(hashed(secret)) if secret else None

    def is_over(self, environ: dict[str, Any]) -> bool:
        """Whether the browser keeps what is good no more. Not while that cannot be told."""
        try:
            return self.known(environ) is None and bool(self.cookies.secret_in(environ))
        except Unavailable:
            return False

    def must_be_ours(self, environ: dict[str, Any], secret: str = "") -> None:
        """Raises `Forbidden` unless a page of ours asks, which knows the token that goes with the cookie, if any.

        The token of a form is in a field, to be looked at by who reads it: `must_be_of_the_form`.
        """
        if not self.cookies.is_from_here(environ):
            raise _not_ours()
        if secret and not (is_a_form(environ) or says_csrf(environ, secret)):
            raise _not_ours()

    def must_be_of_the_form(self, environ: dict[str, Any], said: str) -> None:
        """For who reads a form: raises `Forbidden` unless its field has the token that goes with the cookie, if any."""
        secret = self.cookies.secret_in(environ)
        if secret and not is_csrf(said, secret):
            raise _not_ours()

    def csrf(self, environ: dict[str, Any]) -> str:
        """What the forms of a page must say; "" for who has no cookie."""
        secret = self.cookies.secret_in(environ)
        return csrf_of(secret) if secret else ""

    def _asking(self, environ: dict[str, Any], secret: str) -> Actor:
        """While access is unknown everybody sees what is public, and their own as far as they are known."""
        try:
            known = self.access.of(hashed(secret))
        except Unavailable:
            return ANONYMOUS
        if known is None:
            return ANONYMOUS
        if self.access.is_fresh:
            return known.actor
        environ[UNSURE] = known.is_staff
        return known.as_resident()

    def _changing(self, secret: str) -> Actor:
        known = self.access.of(hashed(secret))
        if known is None:
            raise Unauthenticated("登录已过期，请重新登录", code="session_over")
        if known.is_staff and not self.access.is_fresh:
            raise access_unknown()
        return known.actor


def _not_ours() -> Forbidden:
    says = "请在平台自己的页面上操作；如果刚登录过，请刷新页面再试"
    return Forbidden(says, code="bad_csrf_token")


def by_cookie(app: Flask) -> Believe:
    """What tells whose cookie a request has."""
    signed_in: SignedIn = app.extensions[SIGNED_IN]
    return signed_in.actor
