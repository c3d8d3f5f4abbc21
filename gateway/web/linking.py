"""Where somebody links who they are elsewhere to the account they are signed in to, sees it, and ends it."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here
from gateway.signin.believing import SignedIn
from gateway.signin.foreign import LINKING, EndOfLink, Foreign
from gateway.web.frame import FOR_ONE, framed, problem_page
from schemas.documents import Json
from services.kit.errors import Problem, Unauthenticated

BEHIND = Gate((), is_secret=True)  # A place is taken for each question.
OF_ONESELF = Gate(())
LINKED = "/me/linked"
GATES: Gates = {
    ("GET", LINKING): BEHIND,
    ("POST", LINKING): BEHIND,
    ("GET", LINKED): OF_ONESELF,
    ("POST", LINKED): OF_ONESELF,
}
OVER = "没有等待绑定的身份，请重新开始"


def register(web: Blueprint, signed_in: SignedIn, foreign: Foreign) -> None:
    linking = Linking(signed_in, foreign)
    web.add_url_rule(LINKING, "linking", linking.show)
    web.add_url_rule(LINKING, "send linking", linking.link, methods=["POST"])
    web.add_url_rule(LINKED, "linked", linking.linked)
    web.add_url_rule(LINKED, "send linked", linking.end, methods=["POST"])


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
            self._must_be_ours()
            self._link()
        except Problem as problem:
            return problem_page(problem)
        response = redirect(f"{here()}/me", 303)
        self.foreign.forget(response)
        return response

    def linked(self) -> Answer:
        """What is linked, and what else there is to link."""
        try:
            asker = Asker.of(request)
            asker.must_be_known()
            identities = self.foreign.identities(asker.actor.id)["items"]
        except Problem as problem:
            return problem_page(problem)
        held = {one["provider"] for one in identities}
        others = [one for one in self.foreign.choices() if one["provider"] not in held]
        content = {"identities": identities, "providers": others}
        return framed("linked.html", content, caching=FOR_ONE)

    def end(self) -> Answer:
        try:
            self._must_be_ours()
            known = self.foreign.must_be_signed_in()
            said = {"identity": request.form.get("identity", "")}
            self.foreign.end_link(known, reading.load(EndOfLink(), said))
        except Problem as problem:
            return problem_page(problem)
        return redirect(f"{here()}{LINKED}", 303)

    def _must_be_ours(self) -> None:
        """Of a page of ours, and of this session."""
        self.signed_in.must_be_ours(request.environ)
        reading.receive(request.environ)
        token = request.form.get("csrf", "")
        self.signed_in.must_be_of_the_form(request.environ, token)

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
