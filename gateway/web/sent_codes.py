"""Signing in by a code that is sent: a page that asks for the number, and one for the code."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.access import START
from gateway.signin.believing import SignedIn
from gateway.signin.codes import CODES, Codes
from gateway.signin.signing import Signing
from gateway.web.drawing import drawn
from gateway.web.forms import payload_of
from gateway.web.frame import FOR_ONE, back_to, framed
from schemas.documents import Json, without
from schemas.fields import Schema
from schemas.people.sent_codes import CodeSignIn, CodeWanted
from services.kit.errors import Problem

BEHIND = Gate((), is_secret=True)  # A place is taken for each question.
ASKING, ENTERING = "/sign-in/sent", "/sign-in/sent/code"
GATES: Gates = {
    ("GET", ASKING): BEHIND,
    ("POST", ASKING): BEHIND,
    ("GET", ENTERING): BEHIND,
    ("POST", ENTERING): BEHIND,
}


def register(
    web: Blueprint, signed_in: SignedIn, signing: Signing, codes: Codes
) -> None:
    entrance = Entrance(signed_in, signing, codes)
    web.add_url_rule(ASKING, "code", _asking)
    web.add_url_rule(ASKING, "send code", entrance.ask, methods=["POST"])
    web.add_url_rule(ENTERING, "code sent", _entering)
    web.add_url_rule(ENTERING, "send code sent", entrance.enter, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Entrance:
    """What somebody sends to have a code, and to come in with it."""

    signed_in: SignedIn
    signing: Signing
    codes: Codes

    def ask(self) -> Answer:
        """Leads on to where the code is typed, whosever the number is."""
        try:
            wanted = self._filled_in(CodeWanted())
            response = redirect(f"{here()}{ENTERING}?{_back()}", 303)
            self.codes.send(wanted, response)
        except Problem as problem:
            return _asking(problem)
        return response

    def enter(self) -> Answer:
        try:
            entered = self.codes.entered(self._filled_in(CodeSignIn()))
        except Problem as problem:
            return _entering(problem)
        response = redirect(here() + back_to(START), 303)
        self.signing.give(response, entered)
        self.codes.forget(response)
        return response

    def _filled_in(self, schema: Schema) -> Json:
        """The form. Raises a `Problem`, before the body is read where it is no page of ours that sends it."""
        self.signed_in.must_be_ours(request.environ)
        reading.receive(request.environ)
        said = payload_of(request.form.items(multi=True), schema)
        return reading.load(schema, without(said, "back"))


def _asking(problem: Problem | None = None) -> Response:
    codes: Codes = current_app.extensions[CODES]
    content: Json = {"fields": drawn(CodeWanted(), "phone"), "senders": codes.choices()}
    return _page("code_wanted.html", content, problem)


def _entering(problem: Problem | None = None) -> Response:
    return _page("code_sent.html", {"fields": drawn(CodeSignIn(), "digits")}, problem)


def _page(template: str, content: Json, problem: Problem | None) -> Response:
    wrong = {one["path"]: one["message"] for one in problem.errors} if problem else {}
    content |= {"wrong": wrong, "says": problem.title if problem else ""}
    content |= {"typed": {}, "back": back_to(START), "again": f"{ASKING}?{_back()}"}
    return framed(template, content, problem=problem, caching=FOR_ONE)


def _back() -> str:
    return urlencode({"back": back_to(START)})
