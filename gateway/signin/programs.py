"""Programs that sign in: by somebody's password, or for who is signed in by page; and again by what they were given."""

import re
from hashlib import sha256

from flask import request
from ulid import ULID

from gateway.edge import reading
from gateway.edge.errors import TRACE
from gateway.edge.rpc import Services
from gateway.signin.access import SERVICE
from gateway.signin.believing import SignedIn
from gateway.signin.cookies import new_secret
from gateway.signin.signing import BEGUN, Signing, must_say_second, whence, wrong
from schemas.documents import Json, pick, pick_present
from schemas.fields import Schema
from services.kit.actor import SYSTEM
from services.kit.errors import Unauthenticated

REPLAYED = "session_replayed.v1"
# What it keeps: who it is, how often it came, and the proof that it did.
REFRESH = re.compile(
    r"xfhr_(?P<secret>[\w-]{43})\.(?P<turn>[1-9][0-9]{0,14})\.(?P<proof>[\w-]{43})",
    re.ASCII,
)


class Programs:
    """What a program does to be let in. Nothing it is given is ever a cookie, nor the other way round."""

    def __init__(
        self, services: Services, signed_in: SignedIn, signing: Signing
    ) -> None:
        self._services, self._signed_in, self._signing = services, signed_in, signing

    def read(self, schema: Schema) -> Json:
        reading.receive(request.environ)
        return reading.command(request, schema, {})

    def by_password(self, said: Json) -> Json:
        """Its tokens. Raises what a sign-in by page raises."""
        self._signing.must_not_be_too_many(said["phone"])
        checked = self._ask("check_password", pick(said, "phone", "password"))
        must_say_second(checked, said)
        secret = new_secret()
        payload = pick(checked, "right") | self._begun(secret)
        payload |= pick_present(said, "code", "phone") | whence()
        if checked["account"]:
            payload["account"] = checked["account"]
        event = self._do("enter_by_password", payload)
        if event["type"] != BEGUN:
            raise wrong()
        self._signing.has_come_in()
        return self._given(secret)

    def by_browser(self) -> Json:
        """Of who is signed in by the cookie. Raises `Forbidden` unless a page of ours asks, for nobody a 401."""
        environ = request.environ
        cookie = self._signed_in.cookies.secret_in(environ)
        if not cookie:
            raise _over()
        self._signed_in.must_be_ours(environ, cookie)
        known = self._signed_in.known(environ)
        if known is None:
            raise _over()
        secret = new_secret()
        rests_on = {"person": known.actor.id, "rests_on": known.session}
        self._do("begin_tokens", rests_on | pick(self._begun(secret), "session"))
        return self._given(secret)

    def again(self, said: Json) -> Json:
        """The next tokens. Raises `Unauthenticated`; what was used already ends all of them."""
        kept = REFRESH.fullmatch(said["refresh_token"])
        if kept is None:
            raise _over()
        turn, proof = int(kept["turn"]), kept["proof"]
        payload = {"hash": _hashed(kept["secret"]), "turn": turn, "proof": proof}
        event = self._do("refresh_tokens", payload)
        if event["type"] == REPLAYED:
            self._signed_in.access.look_again()
            says = "这个 refresh_token 已用过，可能被别人拿走了；请重新登录"
            raise Unauthenticated(says, code="refresh_replayed", path="refresh_token")
        return self._given(kept["secret"])

    def _begun(self, secret: str) -> Json:
        return {"session": _hashed(secret), "for_program": True}

    def _given(self, secret: str) -> Json:
        given = self._ask("get_tokens", {"hash": _hashed(secret)})
        return pick(given, "session", "person", "until") | {
            "token_type": "Bearer",
            "access_token": given["token"],
            "expires_in": given["lasts_s"],
            "refresh_token": f"xfhr_{secret}.{given['turn']}.{given['proof']}",
        }

    def _do(self, name: str, payload: Json) -> Json:
        """The event of it."""
        answer = self._ask(name, payload, str(ULID()))
        event: Json = answer["event"]
        return event

    def _ask(self, name: str, payload: Json, key: str = "") -> Json:
        trace = request.environ[TRACE]
        with self._services.place(SERVICE):
            answer: Json = self._services.ask(
                SERVICE, name, payload, actor=SYSTEM, key=key, trace=trace
            )
        return answer


def _hashed(secret: str) -> str:
    """Another than a cookie's, were it the same secret."""
    return sha256(f"program.{secret}".encode()).hexdigest()


def _over() -> Unauthenticated:
    return Unauthenticated("请先登录", code="session_over")
