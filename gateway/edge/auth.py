"""Who asks: the bearer of a token, or nobody in particular. What they may do is decided where the rule is."""

from typing import Any

from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Unauthenticated
from services.kit.tokens import Verifier


def actor_of(environ: dict[str, Any], verifier: Verifier) -> Actor:
    """Without an Authorization header, `ANONYMOUS`. Raises `Unauthenticated` for one that proves nothing."""
    header = environ.get("HTTP_AUTHORIZATION")
    if header is None:
        return ANONYMOUS
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("请用 Bearer 令牌登录", path="Authorization")
    return verifier.actor(token.strip())


def must_be_known(actor: Actor) -> None:
    """Raises `Unauthenticated` for nobody in particular."""
    if actor is ANONYMOUS:
        raise Unauthenticated("请先登录再进行这项操作")
