"""Answers given again: never after a ring, never to somebody with a token, never for longer than a second."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from gateway.edge import memory, news
from gateway.edge.memory import SERVICE, STREAM, Memory

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Asked:
    """An application that counts, and news to be rung by hand."""

    def __init__(self) -> None:
        self.times = 0
        self.status = "200 OK"
        self.more: dict[str, float | str] = {}
        self.meanwhile: Callable[[], None] = lambda: None
        rung = news.News()
        self.heard, self.deaf = rung.hear, rung.deaf
        self.heard("activities", None)
        self.client = Client(Memory(self.answer, rung))

    def answer(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        self.times += 1
        environ[SERVICE] = "activities"
        environ.update(self.more)
        self.meanwhile()
        body = b"%d" % self.times
        start_response(
            self.status,
            [("Content-Length", str(len(body))), ("ETag", f'"{self.times}"')],
        )
        return [body]

    def get(self, address: str = "/a", **headers: str) -> str:
        return self.client.get(address, headers=headers).text


@pytest.fixture
def asked() -> Asked:
    return Asked()


def test_an_answer_is_given_again_until_its_service_rings(asked: Asked) -> None:
    assert [asked.get(), asked.get()] == ["1", "1"]
    asked.heard("activities", {"activity/1"})
    assert [asked.get(), asked.get()] == ["2", "2"]


def test_another_address_or_query_is_another_question(asked: Asked) -> None:
    assert [asked.get("/a"), asked.get("/b"), asked.get("/a?x=1"), asked.get("/a")] == [
        "1",
        "2",
        "3",
        "1",
    ]


def test_who_has_a_token_is_always_answered_afresh(asked: Asked) -> None:
    assert [
        asked.get(),
        asked.get(Authorization="Bearer x"),
        asked.get(Authorization="Bearer x"),
    ] == ["1", "2", "3"]


def test_an_answer_during_which_it_rang_is_not_kept(asked: Asked) -> None:
    asked.meanwhile = lambda: asked.heard("activities", {"activity/1"})
    assert [asked.get(), asked.get()] == ["1", "2"]


def test_nothing_is_kept_while_nobody_can_be_heard(asked: Asked) -> None:
    assert asked.get() == "1"
    asked.deaf()
    assert [asked.get(), asked.get()] == ["2", "3"]
    asked.heard("activities", {"activity/1"})
    assert [asked.get(), asked.get()] == ["4", "4"]


def test_nothing_is_kept_for_longer_than_a_second(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "LONGEST_S", -1.0)
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
    monkeypatch.setattr(memory, "MOST", 2)
    for address in ("/a", "/b", "/c"):
        asked.get(address)
    assert asked.get("/c") == "3"
    assert asked.get("/a") == "4"


def test_a_file_is_kept_for_longer_but_not_past_a_ring(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "LONGEST_S", -1.0)
    asked.more = {memory.LASTS_S: 10.0}
    assert [asked.get(), asked.get()] == ["1", "1"]
    asked.heard("activities", {"activity/1"})
    assert [asked.get(), asked.get()] == ["2", "2"]


def test_memory_is_bounded_in_bytes_as_well(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST_BYTES", 2)
    assert [asked.get(address) for address in ("/a", "/b", "/a", "/c", "/c", "/a")] == [
        "1",
        "2",
        "1",
        "3",
        "3",
        "4",
    ]


def test_an_answer_of_one_stream_outlasts_what_rings_for_others(asked: Asked) -> None:
    asked.more = {STREAM: "activity/1"}
    asked.get()
    asked.heard("activities", {"activity/2"})
    assert asked.get() == "1"
    asked.heard("activities", {"activity/1", "activity/3"})
    assert [asked.get(), asked.get()] == ["2", "2"]


def test_what_may_be_about_anything_ends_every_answer(asked: Asked) -> None:
    asked.more = {STREAM: "activity/1"}
    asked.get()
    asked.heard("activities", None)
    assert asked.get() == "2"


def test_what_rang_for_a_stream_while_nobody_could_hear_is_not_overlooked(
    asked: Asked,
) -> None:
    asked.more = {STREAM: "activity/1"}
    asked.get()
    asked.deaf()
    asked.heard("activities", {"activity/2"})
    assert asked.get() == "2"


def test_streams_remembered_are_bounded_and_none_of_them_is_overlooked(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_STREAMS", 2)
    asked.more = {STREAM: "activity/1"}
    asked.get()
    asked.heard("activities", {"activity/1", "activity/2"})
    asked.heard("activities", {"activity/3"})
    assert [asked.get(), asked.get()] == ["2", "2"]


def _hold(under_way: threading.Event, until: threading.Event) -> None:
    under_way.set()
    until.wait()


def test_those_who_ask_the_same_at_once_share_one_answer(asked: Asked) -> None:
    with ThreadPoolExecutor() as pool:
        under_way, there = threading.Event(), threading.Event()
        asked.meanwhile = partial(_hold, under_way, there)
        first = pool.submit(asked.get)
        under_way.wait()
        others = [pool.submit(asked.get) for _ in range(4)]
        there.set()
        assert {one.result() for one in (first, *others)} == {"1"}


def test_who_asks_after_a_ring_does_not_share_what_was_asked_before_it(
    asked: Asked,
) -> None:
    with ThreadPoolExecutor() as pool:
        under_way, there = threading.Event(), threading.Event()
        asked.meanwhile = partial(_hold, under_way, there)
        first = pool.submit(asked.get)
        under_way.wait()
        asked.heard("activities", {"activity/1"})
        asked.meanwhile = lambda: None
        later = pool.submit(asked.get)
        there.set()
        assert [first.result(), later.result()] == ["1", "2"]


def test_who_chose_how_pages_are_shown_is_always_answered_afresh(asked: Asked) -> None:
    assert asked.get() == "1"
    asked.client.set_cookie("theirs", "1")
    assert asked.get() == "1"
    asked.client.set_cookie("xfh-display", "dark.150")
    assert [asked.get(), asked.get()] == ["2", "3"]
