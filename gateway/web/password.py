"""Where somebody chooses another password: every session ends, and this one goes on unless a second factor is asked."""

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.believing import SignedIn
from gateway.signin.signing import Signing
from gateway.web import arriving
from gateway.web.drawing import drawn
from gateway.web.frame import FOR_ONE, framed, problem_page
from schemas.documents import Json
from schemas.people.passwords import ChoosePassword
from services.kit.errors import Problem, Unauthenticated

PAGE = "/me/password"
BEHIND = Gate(())  # A place is taken for each question.
GATES: Gates = {("GET", PAGE): BEHIND, ("POST", PAGE): BEHIND}
CHOSEN = ChoosePassword()


def register(web: Blueprint, signed_in: SignedIn, signing: Signing) -> None:
    choosing = Choosing(signed_in, signing)
    web.add_url_rule(PAGE, "password", _asking)
    web.add_url_rule(PAGE, "send password", choosing.choose, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Choosing:
    signed_in: SignedIn
    signing: Signing

    def choose(self) -> Answer:
        try:
            said = self._said()
            known = self.signed_in.known(request.environ)
            if known is None:
                raise Unauthenticated("请先登录", code="session_over")
            entered = self.signing.choose_password(known, said)
        except Problem as problem:
            return _asking(problem)
        if entered is None:
            response = redirect(f"{here()}/sign-in", 303)
            self.signing.take_back(response)
            return response
        response = redirect(f"{here()}/me/signed-in", 303)
        self.signing.give(response, entered)
        return response

    def _said(self) -> Json:
        """Raises a `Problem`, before anything is read where it is no page of ours that sends it."""
        self.signed_in.must_be_ours(request.environ)
        filled = arriving.filled_in(CHOSEN)
        arriving.must_be_senders()
        return reading.load(CHOSEN, filled)


def _asking(problem: Problem | None = None) -> Answer:
    """Nothing that was filled in comes back."""
    try:
        Asker.of(request).must_be_known()
    except Problem as unknown:
        return problem_page(unknown)
    old, new = drawn(CHOSEN, "old", "password")
    fields = [old, replace(new, autocomplete="new-password")]
    wrong = {one["path"]: one["message"] for one in problem.errors} if problem else {}
    content = {"fields": fields, "wrong": wrong, "typed": {}}
    content["says"] = problem.title if problem else ""
    return framed("password.html", content, problem=problem, caching=FOR_ONE)
