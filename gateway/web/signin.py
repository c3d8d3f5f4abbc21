"""Signing in by page: a code from the desk, a password, an invitation; and out again."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.believing import SignedIn
from gateway.signin.routes import Entered, Signing
from gateway.web.forms import Drawn, drawn, payload_of
from gateway.web.frame import FOR_ONE, back_to, framed, problem_page
from schemas.documents import Json, without
from schemas.fields import Schema
from schemas.people.ways import (
    WAYS_IN_WORDS,
    AcceptInvitation,
    DeskSignIn,
    PasswordSignIn,
)
from services.kit.errors import Problem

BEHIND = Gate((), is_secret=True)  # A place is taken for each question.
GATES: Gates = {
    ("GET", "/sign-in"): BEHIND,
    ("POST", "/sign-in"): BEHIND,
    ("GET", "/invite"): BEHIND,
    ("POST", "/invite"): BEHIND,
    ("POST", "/leave"): BEHIND,
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: what it asks, and what lets somebody in who says that."""

    schema: type[Schema]
    asks: tuple[str, ...]
    enter: Callable[[Signing, Json], Entered]


WAYS = {
    "desk": Way(DeskSignIn, ("phone", "digits"), Signing.enter_by_desk),
    "password": Way(PasswordSignIn, ("phone", "password"), Signing.enter_by_password),
}
INVITED = Way(
    AcceptInvitation, ("secret", "phone", "password"), Signing.enter_by_invitation
)


def register(web: Blueprint, signed_in: SignedIn, signing: Signing) -> None:
    entrance = Entrance(signed_in, signing)
    web.add_url_rule("/sign-in", "sign-in", lambda: _ways_in({}, {}))
    web.add_url_rule("/sign-in", "send sign-in", entrance.sign_in, methods=["POST"])
    web.add_url_rule("/invite", "invite", lambda: _invited({}, {}))
    web.add_url_rule("/invite", "send invite", entrance.accept, methods=["POST"])
    web.add_url_rule("/leave", "leave", entrance.leave, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Entrance:
    """What somebody sends to come in, and to go."""

    signed_in: SignedIn
    signing: Signing

    def sign_in(self) -> Answer:
        try:
            self._must_be_ours()
            way = request.form.get("way", "")
            return self._enter(WAYS[way if way in WAYS else "desk"])
        except Problem as problem:
            return _ways_in(*_wrong(problem), status=problem.status)

    def accept(self) -> Answer:
        try:
            self._must_be_ours()
            return self._enter(INVITED)
        except Problem as problem:
            return _invited(*_wrong(problem, "secret"), status=problem.status)

    def leave(self) -> Answer:
        try:
            self._must_be_ours()
            token = request.form.get("csrf", "")
            self.signed_in.must_be_of_the_form(request.environ, token)
            self.signing.end()
        except Problem as problem:
            return problem_page(problem)
        response = redirect(f"{here()}/", 303)
        self.signing.take_back(response)
        return response

    def _must_be_ours(self) -> None:
        """Before the body is read."""
        self.signed_in.must_be_ours(request.environ)
        reading.receive(request.environ)

    def _enter(self, way: Way) -> Answer:
        """Lets somebody in and leads on. Raises a `Problem`, the same whatever was wrong."""
        schema = way.schema()
        said = payload_of(request.form.items(multi=True), schema)
        payload = reading.load(schema, without(said, "way", "back"))
        self.signing.must_not_be_too_many(payload["phone"])
        entered = way.enter(self.signing, payload)
        response = redirect(here() + back_to("/me"), 303)
        self.signing.give(response, entered)
        return response


def _ways_in(wrong: Json, filled: Json, status: int = 200) -> Response:
    ways = [
        {"way": way, "words": words, "fields": _fields(WAYS[way])}
        for way, words in WAYS_IN_WORDS.items()
    ]
    chosen = request.form.get("way", "")
    content = {"ways": ways, "back": back_to("/me"), "chosen": chosen}
    told = {"typed": filled, "wrong": wrong, "says": wrong.pop("", "")}
    return framed("sign_in.html", content | told, status=status, caching=FOR_ONE)


def _invited(wrong: Json, filled: Json, status: int = 200) -> Response:
    content = {"fields": _fields(INVITED)}
    told = {"typed": filled, "wrong": wrong, "says": wrong.pop("", "")}
    return framed("invited.html", content | told, status=status, caching=FOR_ONE)


def _fields(way: Way) -> list[Drawn]:
    return drawn(way.schema(), *way.asks)


def _wrong(problem: Problem, *kept: str) -> tuple[Json, Json]:
    """What is wrong by field, the whole of it under ""; and what was filled in, but no password.

    `kept` comes back besides: an invitation is nowhere else any more once its page is open.
    """
    wrong: Json = {one["path"]: one["message"] for one in problem.errors}
    filled = {name: request.form.get(name, "") for name in ("phone", *kept)}
    return wrong | {"": problem.title}, filled
