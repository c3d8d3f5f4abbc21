"""A key said again is answered as at first, and holds nobody up."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.kit.engine.host import Host
from tests.clocks import HUNG_S
from tests.integration.keys.letters import formerly, recorded, resident, say, written

# What a repetition costs


def never(*_: Any) -> Any:
    raise AssertionError("it folded the stream again")


def test_a_repetition_does_not_read_the_stream_however_long_it_is(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {f"k{n}": say(host, f"k{n}") for n in range(20)}
    monkeypatch.setattr(host.store.log, "read_stream", never)
    assert {key: say(host, key) for key in answers} == answers
    assert [answer["document"]["told"] for answer in answers.values()] == list(
        range(1, 21)
    )


def test_an_answer_that_versions_before_did_not_keep_is_folded_once(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(host, formerly("R1:k1", "say", {"letter": "A", "words": []}, resident()))
    say(host, "k2")
    first = say(host, "k1")
    monkeypatch.setattr(host.store.log, "read_stream", never)
    assert first["document"]["told"] == 1
    assert say(host, "k1") == first


def test_an_answer_that_must_be_folded_holds_nobody_else_up(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(host, formerly("R1:k1", "say", {"letter": "A", "words": []}, resident()))
    say(host, "k2")
    folding, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(
        host.store.log, "read_stream", waits(host.store.log.read_stream, folding, go_on)
    )
    with ThreadPoolExecutor(1) as callers:
        slow = callers.submit(say, host, "k1")
        assert folding.wait(HUNG_S)
        assert say(host, "k3")["document"]["told"] == 3
        go_on.set()
        assert slow.result()["document"]["told"] == 1


def waits(
    read: Callable[..., Any], begun: threading.Event, go_on: threading.Event
) -> Callable[..., Any]:
    def waiting(*asked: Any) -> Any:
        begun.set()
        assert go_on.wait(HUNG_S)
        return read(*asked)

    return waiting


def test_the_same_key_twice_in_one_turn_is_answered_alike(host: Host) -> None:
    requests = [
        host.request(
            host.command("say"), {"letter": "A", "words": ["一"]}, resident(), "k1"
        )
        for _ in "12"
    ]
    outcomes = host.ledger.together(requests)
    assert [outcome.document["told"] for outcome in outcomes] == [1, 1]  # type: ignore[union-attr, index]
    assert len(written(host)) == 1
