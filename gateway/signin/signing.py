"""Coming in and going out by browser. One answer to whatever is wrong with a number, a code or a password."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from flask import Response, request
from ulid import ULID
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.errors import TRACE
from gateway.edge.rpc import Services
from gateway.signin.access import SERVICE, Known
from gateway.signin.believing import SignedIn
from gateway.signin.cookies import csrf_of, hashed, new_secret
from gateway.signin.networks import network_of
from gateway.signin.throttle import Throttle
from schemas.documents import Json, if_any, pick, pick_present
from schemas.fields import Schema, instant
from schemas.people import desk_codes, invitations, passwords
from services.kit.actor import SYSTEM
from services.kit.clock import Clock
from services.kit.errors import Unauthenticated

BEGUN = "session_begun.v1"
JSON = "application/json"
WRONG = "手机号、验证码或密码不对，或试得太多；请核对后再试，或到社区窗口办理"
SECOND = "请填写验证器上的 6 位动态口令；手机不在时用一个恢复码"
SECOND_NEEDED = "second_factor_needed"


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody has come in: the secret their browser keeps, until when it is good, and who they are."""

    secret: str
    until: str
    known: Known


class Signing:
    """What somebody does at the door of the platform."""

    def __init__(
        self, services: Services, signed_in: SignedIn, throttle: Throttle, now: Clock
    ) -> None:
        self._services, self._signed_in = services, signed_in
        self._throttle, self._now = throttle, now

    def by_desk(self) -> Response:
        return self.let_in(self.enter_by_desk(self._said(desk_codes.DeskSignIn())))

    def by_password(self) -> Response:
        return self.let_in(
            self.enter_by_password(self._said(passwords.PasswordSignIn()))
        )

    def by_invitation(self) -> Response:
        return self.let_in(
            self.enter_by_invitation(self._said(invitations.AcceptInvitation()))
        )

    def enter_by_desk(self, said: Json) -> Entered:
        return self._enter("enter_by_desk", said)

    def enter_by_invitation(self, said: Json) -> Entered:
        """Accepts it and signs in with what was chosen. Whoever has the link asks of few numbers whose they are."""
        self._throttle.tried(f"invitation {said['secret'].partition('.')[0]}")
        self._do("accept_invitation", said)
        return self.enter_by_password(pick(said, "phone", "password"))

    def enter_by_code(self, said: Json) -> Entered:
        """With the hash of what the browser keeps that asked for the code."""
        return self._enter("enter_by_code", said)

    def enter_by_identity(self, said: Json) -> Entered:
        """With who somebody is elsewhere, which was proven there."""
        return self._enter("enter_by_identity", said)

    def give(self, response: Answer, entered: Entered) -> None:
        """The cookie that goes with it."""
        lasts = datetime.fromisoformat(entered.until) - self._now()
        self._signed_in.cookies.give(response, entered.secret, lasts)

    def must_not_be_too_many(self, phone: str) -> None:
        """Raises `TooMany` when this number, or this address, has tried too often."""
        self._throttle.take(phone, _address())

    def has_come_in(self) -> None:
        """Whoever asks has: the try counts no more."""
        self._throttle.give_back(_address())

    def end(self) -> None:
        """Ends the session of whoever asks. Safe to repeat."""
        known = self._signed_in.known(request.environ)
        if known is not None:
            self._do("end_session", {"session": known.session}, known)
            self._signed_in.access.look_again()

    def take_back(self, response: Answer) -> None:
        self._signed_in.cookies.take_back(response)

    def change_password(self) -> Response:
        known = self._must_be_signed_in()
        entered = self.choose_password(known, self._read(passwords.ChoosePassword()))
        return self.let_in(entered) if entered else self._is_out()

    def choose_password(self, known: Known, said: Json) -> Entered | None:
        """Ends every session, this one too, and begins a new one: None where that takes a second factor besides.

        A wrong old one is a sign-in that failed.
        """
        person = known.actor.id
        self._throttle.take(person, _address())
        old = {"person": person, "password": said["old"]}
        checked = self._ask("check_own_password", old)
        if not checked["right"]:
            failed = pick(checked, "account", "right") | whence()
            self._do("enter_by_password", failed | {"session": hashed(new_secret())})
            raise wrong()
        self._do("set_password", {"person": person, "password": said["password"]})
        if "second" in checked:
            return None
        return self._enter("enter_by_password", checked)

    def out(self) -> Response:
        """Safe to repeat: who is out already is told the same."""
        self._must_be_ours()
        self.end()
        return self._is_out()

    def _is_out(self) -> Response:
        response = _json({"signed_in": False})
        self.take_back(response)
        return response

    def me(self) -> Response:
        """Who is signed in, in which roles, and the token a page must say to change anything."""
        known = self._signed_in.known(request.environ)
        secret = self._signed_in.cookies.secret_in(request.environ)
        if known is None:
            response = _json({"signed_in": False})
            if secret:
                self._signed_in.cookies.take_back(response)
            return response
        return _json(_me(known, secret, self._now()))

    def enter_by_password(self, said: Json) -> Entered:
        checked = self._ask("check_password", pick(said, "phone", "password"))
        must_say_second(checked, said)
        payload = {"right": checked["right"]} | pick_present(said, "code", "phone")
        if checked["account"]:
            payload["account"] = checked["account"]
        return self._enter("enter_by_password", payload)

    def _enter(self, way: str, said: Json) -> Entered:
        """A new secret each time: none that a browser had before is ever let in by this."""
        secret = new_secret()
        payload = said | whence() | {"session": hashed(secret)}
        event = self._do(way, payload)["event"]
        if event["type"] != BEGUN:
            raise wrong()
        session = self._ask("find_session", {"hash": hashed(secret)})
        self.has_come_in()
        self._signed_in.access.look_again()
        known = self._signed_in.access.of(hashed(secret))
        assert known is not None, "A session that has just begun is there."
        return Entered(secret, session["until"], known)

    def let_in(self, entered: Entered) -> Response:
        """Who is in, and the cookie."""
        response = _json(_me(entered.known, entered.secret, self._now()))
        self.give(response, entered)
        return response

    def _said(self, schema: Schema) -> Json:
        """What somebody says who is not signed in yet, as often as they may."""
        self._signed_in.must_be_ours(request.environ)
        said = self._read(schema)
        self.must_not_be_too_many(said["phone"])
        return said

    def _read(self, schema: Schema) -> Json:
        reading.receive(request.environ)
        return reading.command(request, schema, {})

    def _must_be_ours(self) -> None:
        secret = self._signed_in.cookies.secret_in(request.environ)
        self._signed_in.must_be_ours(request.environ, secret)

    def _must_be_signed_in(self) -> Known:
        self._must_be_ours()
        known = self._signed_in.known(request.environ)
        if known is None:
            raise Unauthenticated("请先登录", code="session_over")
        return known

    def _do(self, name: str, payload: Json, known: Known | None = None) -> Json:
        actor = known.actor if known else SYSTEM
        trace = request.environ[TRACE]
        with self._services.place(SERVICE):
            answer: Json = self._services.ask(
                SERVICE, name, payload, actor=actor, key=str(ULID()), trace=trace
            )
        return answer

    def _ask(self, name: str, question: Json) -> Any:
        with self._services.place(SERVICE):
            return self._services.ask(SERVICE, name, question, actor=SYSTEM)


def _me(known: Known, secret: str, now: datetime) -> Json:
    """Who is signed in. `now` lets a device tell by how much its own clock is off."""
    roles = [{"role": role.role, "scope": role.scope} for role in known.actor.roles]
    return {
        "signed_in": True,
        "person": known.actor.id,
        "roles": roles,
        "session": known.session,
        "csrf_token": csrf_of(secret),
        "now": instant(now),
    }


def must_say_second(checked: Json, said: Json) -> None:
    """Raises `Unauthenticated` when the password was right and a second factor is to be said besides."""
    if "second" in checked and "code" not in said:
        raise Unauthenticated(SECOND, code=SECOND_NEEDED, path="code")


def _address() -> str:
    return str(request.environ.get("REMOTE_ADDR", ""))


def whence() -> Json:
    """`{network}`: as much of the address as is kept of a sign-in that fails."""
    return if_any(network=network_of(_address()))


def wrong() -> Unauthenticated:
    return Unauthenticated(WRONG, code="wrong_credentials")


def _json(said: Json) -> Response:
    return Response(orjson.dumps(said), content_type=JSON)
