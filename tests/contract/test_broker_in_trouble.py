"""RabbitMQ emptied, cut, filled with rubbish or made otherwise: what it costs, and whom."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from signal import SIGCONT, SIGSTOP
from types import SimpleNamespace
from typing import Any

import kombu
import pytest

from services.kit.actor import OPERATOR
from services.kit.buses.rabbit import listening, session
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.calls import Calls
from services.kit.buses.rabbit.calls import Waiting as CallWaiting
from services.kit.buses.rabbit.wire import NotLetIn
from services.kit.clock import Deadline
from services.kit.errors import (
    DeadlinePassed,
    Unavailable,
)
from services.kit.steady import LONGEST_PAUSE_S
from services.kit.telemetry import Seldom
from tests.clocks import HUNG_S, beside, wait_until
from tests.contract.buses import Processes, Toys
from tests.rabbit import close_all_connections, purge


def test_a_service_that_stands_still_costs_its_callers_their_deadline_and_no_more(
    processes: Processes,
) -> None:
    processes.signal("adder", SIGSTOP)
    with beside(1.0) as wait, pytest.raises(DeadlinePassed):
        processes.add(20, "k1", within_s=1.0)
    assert 0.9 < wait.took_s < 2 * wait.beside_s
    processes.signal("adder", SIGCONT)
    later = processes.add(30, "k2")["event"]
    assert [event["id"] for event in processes.events("adder")] == [later["id"]], (
        "what had expired was executed"
    )


def test_a_service_killed_in_the_middle_is_asked_again_with_the_same_key(
    processes: Processes,
) -> None:
    answered: list[Any] = []

    def add(number: int) -> None:
        while True:
            try:
                answered.append(
                    processes.add(20, f"k{number}", within_s=2)["event"]["id"]
                )
                return
            except Unavailable:
                time.sleep(0.05)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(40)]
    for number, thread in enumerate(threads):
        thread.start()
        if number == 20:
            processes.kill("adder")
    processes.start("adder")
    for thread in threads:
        thread.join()
    assert sorted(answered) == sorted(
        event["id"] for event in processes.events("adder")
    )
    assert len(answered) == 40
    processes.converge()


def test_with_every_queue_emptied_and_every_connection_closed_it_comes_right_by_itself(
    processes: Processes, rabbitmq: str
) -> None:
    for number in range(60):
        with suppress(Unavailable):
            processes.add(20, f"k{number}", within_s=2)
        if number % 20 == 5:
            purge(rabbitmq, ["adder.asked", "echo.follows.adder"])
        if number % 20 == 15:
            close_all_connections(rabbitmq)
    for name in ("adder", "echo"):
        processes.wait_for(name)
    for number in range(
        60
    ):  # The same again: what was lost happens now, what was not does not happen twice.
        processes.add(20, f"k{number}")
    assert len(processes.events("adder")) == 60
    processes.converge()
    assert len(processes.events("echo")) == 60


@pytest.mark.parametrize("queue", ["echo.follows.adder", "adder.asked"])
def test_rubbish_in_a_queue_stops_nothing(
    processes: Processes, rabbitmq: str, queue: str
) -> None:
    processes.add(20, "k1")
    processes.converge()
    with kombu.Connection(rabbitmq) as connection, connection.channel() as channel:
        for body in (
            b"\xff\xfe",
            b"{}",
            b'{"sequence": "99999"}',
            json.dumps(["x"]).encode(),
            b"[{}]",
            b"[]",
            b"7",
        ):
            channel.basic_publish(
                channel.prepare_message(body), exchange="", routing_key=queue
            )
            message = channel.prepare_message(body, properties={"reply_to": "nobody"})
            channel.basic_publish(message, exchange="", routing_key=queue)
    for number in range(2, 6):
        processes.add(20, f"k{number}")
        processes.converge()


REQUESTS: list[dict[str, object]] = [
    {"method": []}, {"method": {}}, {"method": None}, {"payload": 7}, {"actor": []}, {"key": {}}, {"until": "x"},
    {"until": 1e300}, {"trace": 5}, {"id": {}}, {"id": None},
]  # fmt: skip


def test_requests_of_wrong_types_harm_nobody_else(
    processes: Processes, rabbitmq: str
) -> None:
    right = {
        "id": "x", "method": "top", "payload": {}, "actor": OPERATOR.as_dict(), "key": "", "trace": "",
        "until": time.time() + HUNG_S,
    }  # fmt: skip
    with kombu.Connection(rabbitmq) as connection, connection.channel() as channel:
        for wrong in REQUESTS:
            message = channel.prepare_message(
                json.dumps([{**right, **wrong}]).encode(),
                properties={"reply_to": "nobody"},
            )
            channel.basic_publish(message, exchange="", routing_key="adder.asked")
    for number in range(5):
        processes.add(20, f"k{number}")


ANSWERS = (
    b"\xff\xfe",
    b"",
    b"7",
    b"null",
    b"{}",
    b'"x"',
    b"[7]",
    b"[null]",
    b"[[]]",
    b"[{}]",
    b'[{"id": []}]',
)

MORE_ANSWERS = (
    b'[{"id": {}, "answer": 1}]',
    b'[{"id": "x"}]',
    b'[{"id": 7, "problem": {}}]',
    b"[" * 2000,
)


def test_what_is_no_answer_is_dropped_and_harms_nobody_who_waits(
    processes: Processes, rabbitmq: str, caplog: pytest.LogCaptureFixture
) -> None:
    processes.add(20, "k0")
    assert isinstance(processes.bus, RabbitBus)
    before = processes.bus._calls._queue.name
    with kombu.Connection(rabbitmq) as connection, connection.channel() as channel:
        for body in (*ANSWERS, *MORE_ANSWERS):
            channel.basic_publish(
                channel.prepare_message(body), exchange="", routing_key=before
            )
            encoded = channel.prepare_message(
                body, content_type="application/x-python", content_encoding="none"
            )
            channel.basic_publish(encoded, exchange="", routing_key=before)
    for number in range(1, 5):
        processes.add(20, f"k{number}")
    assert processes.bus._calls._queue.name == before, (
        "it began anew for a message that means nothing"
    )
    assert "dropped what is no answer" in {
        record.getMessage() for record in caplog.records
    }


@pytest.mark.parametrize(
    "problem",
    [
        7,
        [],
        {},
        {"kind": "Unheard", "title": "", "code": "", "errors": []},
        {"kind": "Refused"},
    ],
)
def test_an_answer_that_cannot_be_told_costs_only_who_asked(problem: object) -> None:
    calls = Calls("amqp://127.0.0.1:1", "test")
    asked, other = (CallWaiting("adder", {}, Deadline.after(HUNG_S)) for _ in range(2))
    calls._waiting = {asked.id: asked, other.id: other}
    answers = [{"id": asked.id, "problem": problem}, {"id": other.id, "answer": 1}]
    calls._on_answer(SimpleNamespace(body=json.dumps(answers)))
    calls.close()
    assert (asked.answer, other.answer["answer"]) == ({}, 1)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (("guest:guest", "guest:wrong"), "ACCESS_REFUSED"),
        (("", "-elsewhere"), "NOT_ALLOWED"),
    ],
)
def test_a_broker_that_does_not_let_us_in_is_said_once_in_words(
    rabbitmq: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    wrong: tuple[str, str],
    word: str,
) -> None:
    monkeypatch.setattr(session, "SAID", Seldom(session.log))
    url = rabbitmq.replace(*wrong) if wrong[0] else rabbitmq + wrong[1]
    bus = RabbitBus(url, "test")
    bus.listen(["adder"], lambda service, streams: None, lambda: None)
    answers = bus._calls._answers.thread
    wait_until(lambda: answers._failed > 2)
    with pytest.raises(Unavailable):
        Toys(bus).ask("adder", "top")
    assert answers._longest_s(NotLetIn()) == LONGEST_PAUSE_S
    bus.close()
    [said] = [
        record.about  # type: ignore[attr-defined]
        for record in caplog.records
        if record.getMessage() == "cannot go on now"
    ]
    assert "check XFH_BUS" in said["error"]
    assert word in said["error"]
    assert "wrong" not in said["error"]


@pytest.fixture
def without_bell(processes: Processes, rabbitmq: str) -> Iterator[Processes]:
    """The queue of the echo's doorbell is there with other arguments."""
    looking = replace(processes, looks=True)
    with _restarted(looking, "echo"), _channel(rabbitmq) as channel:
        channel.queue_delete("echo.follows.adder")
        channel.queue_declare(
            "echo.follows.adder",
            durable=True,
            auto_delete=False,
            arguments={"x-max-length": 7},
        )
    yield looking
    with _restarted(processes, "echo"), _channel(rabbitmq) as channel:
        channel.queue_delete("echo.follows.adder")


def test_a_doorbell_left_with_other_arguments_costs_the_bell_and_nothing_else(
    without_bell: Processes,
) -> None:
    without_bell.add(20, "k1")
    without_bell.converge()
    without_bell.ask("echo", "top")
    assert without_bell.ask("echo", "condition") == {"troubles": []}


@pytest.fixture
def other_exchange(processes: Processes, rabbitmq: str) -> Iterator[Processes]:
    """The exchange of the adder's events is there and is of another kind."""
    looking = replace(processes, looks=True)
    with _restarted(looking, "adder", "echo"), _channel(rabbitmq) as channel:
        for name, kind in (("adder.events", "fanout"), ("adder.news", "topic")):
            channel.exchange_delete(name)
            channel.exchange_declare(name, kind, durable=False, auto_delete=False)
    yield looking
    with _restarted(processes, "adder", "echo"), _channel(rabbitmq) as channel:
        channel.exchange_delete("adder.events")
        channel.exchange_delete("adder.news")


def test_an_exchange_of_another_kind_costs_the_bells_and_nothing_else(
    other_exchange: Processes,
) -> None:
    heard: list[str] = []
    other_exchange.bus.listen(
        ["adder", "echo"], lambda service, _: heard.append(service), heard.clear
    )
    wait_until(lambda: heard)
    for number in range(3):
        other_exchange.add(20, f"k{number}")
    other_exchange.converge()
    assert set(heard) == {"echo"}
    for service in ("adder", "echo"):
        assert other_exchange.ask(service, "condition") == {"troubles": []}


def test_who_could_not_listen_hears_once_the_exchange_is_deleted(
    other_exchange: Processes, rabbitmq: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "AGAIN_S", 0.1)
    heard: list[str] = []
    other_exchange.bus.listen(
        ["adder", "echo"], lambda service, _: heard.append(service), heard.clear
    )
    wait_until(lambda: heard)
    with _channel(rabbitmq) as channel:
        channel.exchange_delete("adder.news")
    wait_until(lambda: "adder" in heard)
    before = heard.count("adder")
    other_exchange.add(20, "k1")
    wait_until(lambda: heard.count("adder") > before)


@contextmanager
def _channel(url: str) -> Iterator[Any]:
    with kombu.Connection(url) as connection, connection.channel() as channel:
        yield channel


@contextmanager
def _restarted(processes: Processes, *names: str) -> Iterator[None]:
    """Stops the services for as long as the block runs."""
    for name in names:
        processes.kill(name)
    yield
    for name in names:
        processes.start(name)
