"""The cookie: 256 random bits, of which only the hash is ever kept, and the token that goes with it in a header."""

import hmac
import re
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from werkzeug.sansio.http import parse_cookie
from werkzeug.wrappers import Response

from gateway.edge.errors import CSRF

OVER_HTTPS, ON_LOOPBACK = "__Host-xfh", "xfh"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
RANDOM_BYTES = 32
TOKEN = 64  # Characters of the token that goes with a cookie.
MASKED = re.compile(rf"[0-9a-f]{{{2 * TOKEN}}}")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
READS_FORM = "xfh.reads_form"  # In the environ of a request whose form is read.


def new_secret() -> str:
    return secrets.token_urlsafe(RANDOM_BYTES)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def csrf_of(secret: str) -> str:
    """What a page of ours must say besides: nobody else's can read it, and nobody can reckon the secret from it."""
    return sha256(f"csrf.{secret}".encode()).hexdigest()


class Cookies:
    """The platform's cookie, or one `of` something else. Without HTTPS there is none but on the machine itself."""

    def __init__(self, public_url: str, of: str = ""):
        at = urlsplit(public_url)
        self._is_safe = at.scheme == "https" or at.hostname not in LOOPBACK
        self._scheme = at.scheme
        self._origin = f"{at.scheme}://{at.netloc}"
        self.name = (OVER_HTTPS if self._is_safe else ON_LOOPBACK) + of

    def secret_in(self, environ: dict[str, Any]) -> str:
        """What the browser keeps; "" when that is nothing. Cookies of others beside it may be of any form."""
        return parse_cookie(environ.get("HTTP_COOKIE")).get(self.name, "")

    def give(self, response: Response, secret: str, lasts: timedelta) -> None:
        """`lasts`, not until when: the browser's clock need not be the platform's."""
        response.set_cookie(
            self.name,
            secret,
            max_age=lasts,
            secure=self._is_safe,
            httponly=True,
            samesite="Lax",
        )

    def take_back(self, response: Response) -> None:
        response.delete_cookie(
            self.name, secure=self._is_safe, httponly=True, samesite="Lax"
        )

    def is_from_here(self, environ: dict[str, Any]) -> bool:
        """Whether a page of ours asks. Where a browser does not say whose it is, it is not ours."""
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            return environ.get("HTTP_SEC_FETCH_SITE") == "same-origin"
        host = environ.get("HTTP_HOST", "")
        here = {f"https://{host}", f"{self._scheme}://{host}"} if host else set()
        return origin == self._origin or origin in here


def says_csrf(environ: dict[str, Any], secret: str) -> bool:
    return is_csrf(environ.get(CSRF, ""), secret)


def is_csrf(said: str, secret: str) -> bool:
    """Whether that is the token that goes with the secret, as it is or masked."""
    return hmac.compare_digest(
        _unmasked(said).encode("utf-8", "replace"), csrf_of(secret).encode()
    )


def masked(token: str) -> str:
    """The token as no page has said it before: of compressed pages none is like another in it."""
    pad = secrets.token_bytes(len(token) // 2)
    return f"{pad.hex()}{_over(bytes.fromhex(token), pad).hex()}"


def _unmasked(said: str) -> str:
    if not MASKED.fullmatch(said):
        return said
    pad = bytes.fromhex(said[:TOKEN])
    hidden = bytes.fromhex(said[TOKEN:])
    return _over(hidden, pad).hex()


def _over(token: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(token, pad, strict=True))


def is_a_form(environ: dict[str, Any]) -> bool:
    """Whether a form is sent to who reads one: it has no header of ours, and says the token in a field."""
    kind = str(environ.get("CONTENT_TYPE", "")).partition(";")[0]
    return READS_FORM in environ and kind.strip().lower() in FORMS
