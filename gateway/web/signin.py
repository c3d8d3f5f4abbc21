"""Signing in by page: a code from the desk, a password, an invitation; and out again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.access import START
from gateway.signin.believing import SignedIn
from gateway.signin.codes import CODES
from gateway.signin.foreign import FOREIGN
from gateway.signin.signing import SECOND_NEEDED, Entered, Signing
from gateway.web.drawing import Drawn, drawn
from gateway.web.forms import payload_of
from gateway.web.frame import FOR_ONE, back_to, framed, problem_page
from schemas.documents import Json, without
from schemas.fields import Schema
from schemas.people.desk_codes import DeskSignIn
from schemas.people.invitations import AcceptInvitation
from schemas.people.passwords import PasswordSignIn
from schemas.people.sessions import WAYS_IN_WORDS
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

# What comes back into the form: an invitation is nowhere else any more once its page is open.
KEPT = ("phone", "secret")
# Of who is invited: a browser may offer to make a good one.
CHOSEN_HERE = {"password": "new-password"}


def register(web: Blueprint, signed_in: SignedIn, signing: Signing) -> None:
    entrance = Entrance(signed_in, signing)
    web.add_url_rule("/sign-in", "sign-in", entrance.show)
    web.add_url_rule("/sign-in", "send sign-in", entrance.sign_in, methods=["POST"])
    web.add_url_rule("/invite", "invite", _invited)
    web.add_url_rule("/invite", "send invite", entrance.accept, methods=["POST"])
    web.add_url_rule("/leave", "leave", entrance.leave, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Entrance:
    """What somebody sends to come in, and to go."""

    signed_in: SignedIn
    signing: Signing

    def show(self) -> Answer:
        """The ways in. A browser whose session is over is not led here again and again: it keeps nothing of it."""
        response = _ways_in()
        if self.signed_in.is_over(request.environ):
            self.signing.take_back(response)
        return response

    def sign_in(self) -> Answer:
        try:
            self._must_be_ours()
            way = request.form.get("way", "")
            return self._enter(WAYS[way if way in WAYS else "desk"])
        except Problem as problem:
            return _ways_in(problem)

    def accept(self) -> Answer:
        try:
            self._must_be_ours()
            return self._enter(INVITED)
        except Problem as problem:
            return _invited(problem)

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
        response = redirect(here() + back_to(START), 303)
        self.signing.give(response, entered)
        return response


def _ways_in(problem: Problem | None = None) -> Response:
    ways = [
        {"way": name, "words": WAYS_IN_WORDS[name], "fields": _fields(way)}
        for name, way in WAYS.items()
    ]
    if problem and problem.code == SECOND_NEEDED:
        return _asking("second_step.html", _second_step(), problem)
    chosen = request.form.get("way", "")
    codes = current_app.extensions[CODES]
    content: Json = {"ways": ways, "back": back_to(START), "chosen": chosen}
    foreign = current_app.extensions[FOREIGN]
    content |= {"sends_codes": bool(codes.choices()), "providers": foreign.choices()}
    return _asking("sign_in.html", content, problem)


def _second_step() -> Json:
    """The password once more: it never comes back into a form."""
    way = WAYS["password"]
    fields = drawn(way.schema(), *way.asks, "code")
    return {"fields": fields, "back": back_to(START)}


def _invited(problem: Problem | None = None) -> Response:
    fields = [
        replace(one, autocomplete=CHOSEN_HERE.get(one.path, one.autocomplete))
        for one in _fields(INVITED)
    ]
    return _asking("invited.html", {"fields": fields}, problem)


def _fields(way: Way) -> list[Drawn]:
    return drawn(way.schema(), *way.asks)


def _asking(template: str, content: Json, problem: Problem | None) -> Response:
    """The form, after a problem with what is wrong at each field and with what was filled in, but no password."""
    filled = {name: request.form.get(name, "") for name in KEPT}
    wrong = {one["path"]: one["message"] for one in problem.errors} if problem else {}
    says = problem.title if problem else ""
    told = {"typed": filled, "wrong": wrong, "says": says}
    return framed(template, content | told, problem=problem, caching=FOR_ONE)
