"""Who asks: the bearer of a token, or nobody in particular. What they may do is decided where the rule is."""

from collections.abc import Callable
from typing import Any

from services.kit.actor import ANONYMOUS, Actor
from services.kit.bearers.tokens import Verifier
from services.kit.errors import Unauthenticated, Unavailable

Believe = Callable[[dict[str, Any]], Actor]
BelieveToken = Callable[[dict[str, Any], str], Actor]
BY_COOKIE = "xfh.by_cookie"  # Where the environ of a request keeps what tells whose cookie it has,
BEARING = (
    "xfh.by_token"  # what tells whether the bearer of a token still is who it says,
)
ACTOR = "xfh.actor"  # and who that was.
UNSURE = "xfh.unsure"  # That somebody is a resident only for now: their other roles cannot be told.
COOKIES = "xfh="  # In every name a cookie of ours has.


def names_somebody(environ: dict[str, Any]) -> bool:
    """Whether the request says who asks, so that its answer is for nobody else."""
    if "HTTP_AUTHORIZATION" in environ:
        return True
    return COOKIES in environ.get("HTTP_COOKIE", "")


def actor_of(environ: dict[str, Any], verifier: Verifier) -> Actor:
    """Without an Authorization header, who its cookie lets in, or `ANONYMOUS`.

    Raises `Unauthenticated` for a header that proves nothing; besides what `SignedIn` raises for a cookie or a token.
    """
    if ACTOR not in environ:
        environ[ACTOR] = _told(environ, verifier)
    actor: Actor = environ[ACTOR]
    return actor


def _told(environ: dict[str, Any], verifier: Verifier) -> Actor:
    header = environ.get("HTTP_AUTHORIZATION")
    if header is None:
        return _by_cookie(environ)
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("请用 Bearer 令牌登录", path="Authorization")
    believe = environ.get(BEARING)
    return believe(environ, token.strip()) if believe else verifier.actor(token.strip())


def access_unknown() -> Unavailable:
    return Unavailable("暂时无法核对您的权限，请稍后再试", code="access_unknown")


def must_be_known(actor: Actor) -> None:
    """Raises `Unauthenticated` for nobody in particular."""
    if actor is ANONYMOUS:
        raise Unauthenticated("请先登录再进行这项操作")


def _by_cookie(environ: dict[str, Any]) -> Actor:
    believe = environ.get(BY_COOKIE)
    return believe(environ) if believe else ANONYMOUS
