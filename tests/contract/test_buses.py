"""One contract for both buses: calls that are answered in time, and doorbells that wake whoever follows."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from types import SimpleNamespace
from typing import Any

import amqp
import kombu
import pytest

from schemas.events import CloudEvent
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.buses.rabbit import listening, session
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.calls import Calls
from services.kit.buses.rabbit.calls import Waiting as CallWaiting
from services.kit.buses.rabbit.wire import NotLetIn
from services.kit.clock import Deadline
from services.kit.engine import follow
from services.kit.errors import (
    DeadlinePassed,
    Forbidden,
    KeyReused,
    Problem,
    Refused,
    Unavailable,
    Unknown,
)
from services.kit.steady import LONGEST_PAUSE_S
from services.kit.telemetry import Seldom
from tests.clocks import HUNG_S, beside, wait_until
from tests.contract import buses
from tests.contract.buses import Processes, Toys
from tests.rabbit import purge

ROOT = Path(__file__).parents[2]
STRANGER = Actor("S1", (Role("street_admin", "*"),))


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, rabbitmq: str
) -> Iterator[Processes]:
    with buses.rabbit(tmp_path_factory.mktemp("toys"), rabbitmq) as toys:
        yield toys


@pytest.fixture
def processes(shared: Processes) -> Processes:
    """The same processes for every test, with a sum of its own to add to."""
    return replace(shared, to=f"S{uuid.uuid4().hex[:8]}")


@pytest.fixture(params=["local", "rabbitmq"])
def toys(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Toys]:
    """Whose followers look when they are rung, and not by themselves."""
    monkeypatch.setattr(follow, "TICK_S", 10 * HUNG_S)
    monkeypatch.setattr(follow, "LONGEST_TICK_S", 10 * HUNG_S)
    if request.param == "rabbitmq":
        yield request.getfixturevalue("processes")
    else:
        with buses.local(tmp_path) as toys:
            yield toys


def test_a_command_is_answered_with_event_and_document_and_happens_once(
    toys: Toys,
) -> None:
    answer = toys.add(20, "k1")
    assert answer["event"]["type"] == "amount_added.v1"
    assert answer["document"] == {
        "id": toys.to,
        "kind": "sum",
        "sum": 20,
        "seq": answer["event"]["sequence"],
    }
    toys.add(30, "k2")
    assert toys.add(20, "k1") == answer
    with pytest.raises(KeyReused) as reused:
        toys.add(21, "k1")
    assert reused.value.errors[0]["path"] == "Idempotency-Key"
    assert len(toys.events("adder")) == 2


def test_a_service_says_by_which_roles_it_may_be_asked_what(toys: Toys) -> None:
    assert toys.ask("adder", "roles") == {
        "add": ["operator", "resident"],
        "overflow": [],
        "repeat": [],
        "top": [],
    }


def test_who_is_refused_hears_why(toys: Toys) -> None:
    with pytest.raises(Refused) as refused:
        toys.add(13, "k1")
    assert (refused.value.code, refused.value.title) == ("unlucky", "13 不吉利")
    assert refused.value.errors == [
        {"path": "amount", "code": "unlucky", "message": "13 不吉利"}
    ]
    with pytest.raises(Forbidden):
        toys.add(20, "k2", actor=STRANGER)
    with pytest.raises(Unknown):
        toys.ask("adder", "multiply")
    assert toys.events("adder") == []


def test_a_service_nobody_runs_is_unavailable_at_once(toys: Toys) -> None:
    with pytest.raises(Unavailable) as missing:
        toys.ask("multiplier", "top")
    assert not isinstance(missing.value, DeadlinePassed)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_defect_harms_only_the_request_that_met_it(toys: Toys) -> None:
    with ThreadPoolExecutor(8) as callers:
        others = [
            callers.submit(toys.add, 20 + number, f"k{number}") for number in range(8)
        ]
        with pytest.raises((Problem, ZeroDivisionError)) as met:
            toys.add(666, "bad")
        assert all(other.result()["event"] for other in others)
    if isinstance(
        met.value, Problem
    ):  # In one process what was raised is raised; the gateway makes the problem.
        assert met.value.code == "internal"
        assert "ZeroDivision" not in str(met.value.as_dict())
    assert len(toys.events("adder")) == 8


def test_what_no_message_can_carry_harms_only_who_asks_or_answers_it(
    processes: Processes,
) -> None:
    with pytest.raises(TypeError):
        processes.ask("adder", "repeat", words=2**70)
    with pytest.raises(Problem) as met:
        processes.ask("adder", "overflow")
    assert met.value.code == "internal"
    assert processes.add(20, "k1")["document"]["sum"] == 20


def test_what_has_expired_is_not_executed(toys: Toys) -> None:
    with pytest.raises(DeadlinePassed):
        toys.add(20, "k1", within_s=-1)
    later = toys.add(30, "k2")["event"]
    assert [event["id"] for event in toys.events("adder")] == [later["id"]]


def test_a_large_text_arrives_unharmed(toys: Toys) -> None:
    words = "先锋荟\x00🎋" * 60_000
    assert len(words.encode()) > 800_000
    assert toys.ask("adder", "repeat", words=words) == {"words": words}


def test_fifty_at_once_each_get_their_own_answer(toys: Toys) -> None:
    with ThreadPoolExecutor(50) as callers:
        answers = list(
            callers.map(
                lambda n: replace(toys, to=f"{toys.to}-{n}").add(20 + n, "k"), range(50)
            )
        )
    assert [answer["document"]["sum"] for answer in answers] == list(range(20, 70))
    first = min(answer["event"]["sequence"] for answer in answers)
    assert sorted(answer["event"]["sequence"] for answer in answers) == list(
        range(first, first + 50)
    )


def test_a_doorbell_alone_wakes_a_follower(toys: Toys) -> None:
    for number in range(4):
        toys.add(20, f"k{number}")
        toys.converge()
    assert len(toys.events("echo")) == 4


def test_who_listens_hears_within_a_moment_that_something_is_new(toys: Toys) -> None:
    heard: list[str] = []
    toys.bus.listen(["adder"], lambda service, _: heard.append(service), heard.clear)
    wait_until(lambda: heard)  # From here on it hears.
    for number in range(3):
        before = len(heard)
        toys.add(20, f"k{number}")
        wait_until(lambda before=before: len(heard) > before)  # type: ignore[misc]


def test_who_listens_is_told_when_it_may_have_missed_something(
    processes: Processes, rabbitmq: str
) -> None:
    heard: list[str] = []
    processes.bus.listen(
        ["adder"],
        lambda service, _: heard.append(service),
        partial(heard.append, "nothing"),
    )
    wait_until(lambda: heard)
    close_all_connections(rabbitmq)
    wait_until(
        lambda: (
            "adder" in heard[heard.index("nothing") :] if "nothing" in heard else False
        )
    )
    processes.wait_for("adder")


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


def close_all_connections(url: str) -> None:
    """As an operator would. Needs the broker's own command, which is there wherever the tests may start a broker."""
    command = shutil.which("rabbitmqctl")
    if command is None:
        pytest.skip("rabbitmqctl 不在本机，不能断开代理的连接")
    vhost = url.rpartition("/")[2] or "/"
    subprocess.run(
        [command, "close_all_connections", "-p", vhost, "for a test"],
        check=True,
        capture_output=True,
    )


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


def test_a_service_says_that_all_of_it_runs(toys: Toys) -> None:
    toys.add(20, "k1")
    for service in ("adder", "echo"):
        assert toys.ask(service, "condition") == {"troubles": []}
    assert toys.bus.troubles() == []


@pytest.mark.parametrize(("service", "well"), [("adder", True), ("multiplier", False)])
def test_the_containers_health_check_asks_a_service_whether_it_is_well(
    processes: Processes, service: str, well: bool
) -> None:
    command = [sys.executable, "deploy/healthcheck.py", service]
    environment = {**os.environ, "XFH_BUS": processes.url, "PYTHONPATH": "."}

    def check() -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
            timeout=HUNG_S,
        )

    if well:  # Tried again, as Docker does: it waits a few seconds and no longer.
        wait_until(lambda: check().returncode == 0)
    else:
        assert b"Unavailable" in check().stderr


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


def test_other_programs_hear_cloudevents(processes: Processes, rabbitmq: str) -> None:
    heard: list[Any] = []
    with kombu.Connection(rabbitmq) as connection, amqp_connection(rabbitmq) as plain:
        exchange = kombu.Exchange("adder.events", type="topic", durable=True)
        queue = kombu.Queue(
            "", exchange, routing_key="#", exclusive=True, auto_delete=True
        )
        channel = plain.channel()
        own = channel.queue_declare(exclusive=True).queue
        channel.queue_bind(own, "adder.events", "amount_added.v1")
        with kombu.Consumer(
            connection,
            [queue],
            callbacks=[lambda body, message: heard.append((body, message))],
            no_ack=True,
        ):
            first = processes.add(20, "k1")["event"]
            connection.drain_events(timeout=HUNG_S)
            message = wait_until(lambda: channel.basic_get(own, no_ack=True))
    body, received = heard[0]
    assert (
        received.content_type == message.content_type == "application/cloudevents+json"
    )
    assert message.properties["delivery_mode"] == 2
    assert (
        json.loads(message.body) == json.loads(body)
        if isinstance(body, str | bytes)
        else body
    )
    told = json.loads(message.body)
    assert CloudEvent().validate(told) == {}
    assert {
        name: told[name]
        for name in (
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "sequence",
            "time",
        )
    } == {
        "specversion": "1.0",
        "id": first["id"],
        "source": "/services/adder",
        "type": "amount_added.v1",
        "subject": f"sum/{processes.to}",
        "sequence": str(first["sequence"]),
        "time": first["time"],
    }
    assert told["data"] == {"to": processes.to, "amount": 20}


def amqp_connection(url: str) -> amqp.Connection:
    asked = kombu.Connection(url)
    return amqp.Connection(
        f"{asked.hostname}:{asked.port or 5672}",
        asked.userid,
        asked.password,
        virtual_host=asked.virtual_host,
    )
