"""One contract for both buses: calls that are answered in time, and doorbells that wake whoever follows."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import amqp
import kombu
import pytest

from schemas.events import CloudEvent
from services.kit.actor import Actor, Role
from services.kit.errors import (
    DeadlinePassed,
    Forbidden,
    KeyReused,
    Problem,
    Refused,
    Unavailable,
    Unknown,
)
from tests.clocks import HUNG_S, wait_until
from tests.contract.buses import Processes, Toys
from tests.rabbit import close_all_connections

ROOT = Path(__file__).parents[2]

STRANGER = Actor("S1", (Role("street_admin", "*"),))


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
            while not heard or first["id"] not in str(heard[-1][0]):
                connection.drain_events(timeout=HUNG_S)
            message = wait_until(lambda: message_of(first["id"], channel, own))
    body, received = heard[-1]
    assert (
        received.content_type == message.content_type == "application/cloudevents+json"
    )
    assert message.properties["delivery_mode"] == 2
    assert json.loads(message.body) == json.loads(body)
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


def message_of(id: str, channel: amqp.Channel, queue: str) -> Any:
    """What is told of an event; what comes late of others is passed over."""
    waiting = iter(lambda: channel.basic_get(queue, no_ack=True), None)
    return next((each for each in waiting if id in str(each.body)), None)


def amqp_connection(url: str) -> amqp.Connection:
    asked = kombu.Connection(url)
    return amqp.Connection(
        f"{asked.hostname}:{asked.port or 5672}",
        asked.userid,
        asked.password,
        virtual_host=asked.virtual_host,
    )
