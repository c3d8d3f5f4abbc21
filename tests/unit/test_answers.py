"""Answers given again: never after a ring, never to somebody with a token, never for longer than a second."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from gateway import answers
from gateway.answers import SERVICE, Answers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Asked:
    """An application that counts, and a bus to be rung by hand."""

    def __init__(self) -> None:
        self.times = 0
        self.status = "200 OK"
        self.more: dict[str, float] = {}
        self.meanwhile: Callable[[], None] = lambda: None
        self.client = Client(Answers(self.answer, self, ["activities"]))

    def listen(self, services: Sequence[str], heard: Callable[[str], None], deaf: Callable[[], None]) -> None:
        self.heard, self.deaf = heard, deaf
        heard("activities")

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self.times += 1
        environ[SERVICE] = "activities"
        environ.update(self.more)
        self.meanwhile()
        body = b"%d" % self.times
        start_response(self.status, [("Content-Length", str(len(body))), ("ETag", f'"{self.times}"')])
        return [body]

    def get(self, address: str = "/a", **headers: str) -> str:
        return self.client.get(address, headers=headers).text


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_an_answer_is_given_again_until_its_service_rings(asked: Asked) -> None:
    assert [asked.get(), asked.get()] == ["1", "1"]
    asked.heard("activities")
    assert [asked.get(), asked.get()] == ["2", "2"]


def test_another_address_or_query_is_another_question(asked: Asked) -> None:
    assert [asked.get("/a"), asked.get("/b"), asked.get("/a?x=1"), asked.get("/a")] == ["1", "2", "3", "1"]


def test_who_has_a_token_is_always_answered_afresh(asked: Asked) -> None:
    assert [asked.get(), asked.get(Authorization="Bearer x"), asked.get(Authorization="Bearer x")] == ["1", "2", "3"]


def test_an_answer_during_which_it_rang_is_not_kept(asked: Asked) -> None:
    asked.meanwhile = lambda: asked.heard("activities")
    assert [asked.get(), asked.get()] == ["1", "2"]


def test_nothing_is_kept_while_nobody_can_be_heard(asked: Asked) -> None:
    assert asked.get() == "1"
    asked.deaf()
    assert [asked.get(), asked.get()] == ["2", "3"]
    asked.heard("activities")
    assert [asked.get(), asked.get()] == ["4", "4"]


def test_nothing_is_kept_for_longer_than_a_second(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LONGEST_S", -1.0)
    assert [asked.get(), asked.get()] == ["1", "2"]


def test_only_successes_are_kept(asked: Asked) -> None:
    asked.status = "503 Service Unavailable"
    assert [asked.get(), asked.get()] == ["1", "2"]


def test_who_has_it_already_hears_so(asked: Asked) -> None:
    asked.get()
    response = asked.client.get("/a", headers={"If-None-Match": 'W/"1"'})
    assert (response.status_code, response.text, asked.times) == (304, "", 1)
    assert response.headers["Traceparent"].startswith("00-")


def test_memory_is_bounded(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST", 2)
    for address in ("/a", "/b", "/c"):
        asked.get(address)
    assert asked.get("/c") == "3"
    assert asked.get("/a") == "4"


def test_a_file_is_kept_for_longer_but_not_past_a_ring(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LONGEST_S", -1.0)
    asked.more = {answers.LASTS_S: 10.0}
    assert [asked.get(), asked.get()] == ["1", "1"]
    asked.heard("activities")
    assert [asked.get(), asked.get()] == ["2", "2"]


def test_memory_is_bounded_in_bytes_as_well(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_BYTES", 2)
    assert [asked.get(address) for address in ("/a", "/b", "/a", "/c", "/c", "/a")] == ["1", "2", "1", "3", "3", "4"]
