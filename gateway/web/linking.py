"""The page on which somebody links who they are elsewhere to the account they are signed in to."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.believing import SignedIn
from gateway.signin.foreign import LINKING, Foreign
from gateway.web.frame import FOR_ONE, framed, problem_page
from schemas.documents import Json
from services.kit.errors import Problem, Unauthenticated

BEHIND = Gate((), is_secret=True)  # A place is taken for each question.
GATES: Gates = {("GET", LINKING): BEHIND, ("POST", LINKING): BEHIND}
OVER = "没有等待绑定的身份，请重新开始"


def register(web: Blueprint, signed_in: SignedIn, foreign: Foreign) -> None:
    linking = Linking(signed_in, foreign)
    web.add_url_rule(LINKING, "linking", linking.show)
    web.add_url_rule(LINKING, "send linking", linking.link, methods=["POST"])


@dataclass(frozen=True, slots=True)
class Linking:
    signed_in: SignedIn
    foreign: Foreign

    def show(self) -> Response:
        try:
            known = self.signed_in.known(request.environ)
        except Problem as problem:
            return self._page(problem)
        return self._page(is_signed_in=known is not None)

    def link(self) -> Answer:
        try:
            self.signed_in.must_be_ours(request.environ)
            reading.receive(request.environ)
            token = request.form.get("csrf", "")
            self.signed_in.must_be_of_the_form(request.environ, token)
            self._link()
        except Problem as problem:
            return problem_page(problem)
        response = redirect(f"{here()}/me", 303)
        self.foreign.forget(response)
        return response

    def _link(self) -> None:
        """Raises a `Problem` where nobody is signed in, nothing is waiting, or it is another account's."""
        known = self.signed_in.known(request.environ)
        pending = self.foreign.pending()
        if known is None:
            raise Unauthenticated("请先登录", code="session_over")
        if pending is None:
            raise Unauthenticated(OVER, code="nothing_to_link")
        self.foreign.link(known, pending)

    def _page(
        self, problem: Problem | None = None, *, is_signed_in: bool = False
    ) -> Response:
        pending = self.foreign.pending()
        content: Json = {"is_signed_in": is_signed_in, "wrong": {}}
        content |= {"text": self.foreign.text_of(pending) if pending else ""}
        content |= {"says": problem.title if problem else ""}
        return framed("linking.html", content, problem=problem, caching=FOR_ONE)
