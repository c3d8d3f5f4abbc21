"""Who asks: by the token of a request, for so long, and never for somebody else."""

from typing import Any, cast

import pytest
from flask import request

from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.cursors import KEY_BYTES, Cursors
from gateway.edge.errors import TRACE
from gateway.edge.home import Home
from gateway.edge.rpc import Services
from services.kit.actor import ANONYMOUS, Actor
from services.kit.bearers.tokens import Verifier
from services.kit.clock import system
from services.kit.errors import DeadlinePassed, Unauthenticated

LIN = Actor("lin-mei")


class Heard:
    """Services that note what they are asked, and a verifier that believes one token."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []

    def ask(self, service: str, question: str, payload: Any, **about: Any) -> str:
        self.asked.append((service, question, about["actor"]))
        return "answer"

    def actor(self, token: str) -> Actor:
        if token != "good":
            raise Unauthenticated("登录已失效")
        return LIN


@pytest.fixture
def heard() -> Heard:
    return Heard()


def asker_of(heard: Heard, header: str | None, *, everybody: bool = False) -> Asker:
    services, verifier = cast(Services, heard), cast(Verifier, heard)
    home, cursors = Home("http://127.0.0.1:8000"), Cursors(bytes(KEY_BYTES))
    app = Application(services, verifier, home, cursors, system)
    headers = {"Authorization": header} if header else {}
    with app.test_request_context("/", headers=headers, environ_base={TRACE: "t"}):
        return Asker.everybody(request) if everybody else Asker.of(request)


def test_it_is_the_bearer_of_the_token_who_asks(heard: Heard) -> None:
    assert asker_of(heard, "Bearer good").ask("cobuild", "list_needs", {}) == "answer"
    assert heard.asked == [("cobuild", "list_needs", LIN)]


@pytest.mark.parametrize("header", ["Bearer bad", "Basic good"])
def test_a_token_that_proves_nothing_is_not_nobody(heard: Heard, header: str) -> None:
    with pytest.raises(Unauthenticated):
        asker_of(heard, header)


def test_nobody_in_particular_may_have_to_be_known(heard: Heard) -> None:
    nobody = asker_of(heard, None)
    assert nobody.actor is ANONYMOUS
    with pytest.raises(Unauthenticated):
        nobody.must_be_known()


def test_what_all_may_know_is_asked_as_everybody_whatever_token_there_is(
    heard: Heard,
) -> None:
    assert asker_of(heard, "Bearer bad", everybody=True).actor is ANONYMOUS


def test_when_the_time_is_over_nothing_is_asked(heard: Heard) -> None:
    with pytest.raises(DeadlinePassed):
        asker_of(heard, "Bearer good").within(0).ask("cobuild", "list_needs", {})
    assert heard.asked == []
