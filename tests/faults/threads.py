"""What those who work in the background meet: a source they cannot read, and messages that mean nothing."""

import json
import socket
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kombu import Connection

from services.kit.steady import STUCK_S
from services.xfh.commands.followers import standings
from services.xfh.commands.network import opened
from tests.clocks import HUNG_S
from tests.faults.nodes import Node, node
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms
from tests.servers import Address, text

ALARM_S = 5.0
LOOK_S = 0.25
# A broker under load may let whoever only poisons it wait for longer than the second that is usual.
PATIENT = {"socket_settings": {socket.TCP_USER_TIMEOUT: int(HUNG_S * 1000)}}
READABLE = "DROP TRIGGER IF EXISTS unreadable"
UNREADABLE = """CREATE TRIGGER unreadable AFTER INSERT ON log BEGIN
    UPDATE log SET event = json_set(event, '$.unheard_of', 1) WHERE seq = NEW.seq; END"""
MENDED = "UPDATE log SET event = json_remove(event, '$.unheard_of')"
RUBBISH = (
    b"\xff\xfe",
    b"",
    b"7",
    b"null",
    b"{}",
    b"[7]",
    b"[{}]",
    b'[{"id": []}]',
    b'[{"method": {}}]',
    b"[" * 2000,
)


@scenario(
    "source-unreadable", "for eight seconds nobody can read what activities records"
)
def unreadable(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=12))) as stage:
        stage.at(2)
        with _unreadable(ground, "activities"):
            stage.at(10)
            stage.must(
                _behind(stage, "metrics", "activities") > 0,
                "it could be read all the same",
            )


@scenario(
    "followers-stuck",
    "for more than a minute nobody can read what activities records, and /readyz says who is stuck",
)
def stuck(ground: Ground) -> None:
    with ground.under_load() as stage:
        stage.at(2)
        with _unreadable(ground, "activities"):
            stage.at(8)
            stage.enough()
            said = wait_for(stage, 503, STUCK_S + HUNG_S)
            followers = [
                each
                for each in said.get("troubles", ())
                if each.get("source") == "activities"
            ]
            stage.must(bool(followers), f"/readyz does not say who is stuck: {said}")
            stage.must(
                all(each["state"] == "failing" and each["since"] for each in followers),
                f"{followers}",
            )
        wait_for(stage, 200, HUNG_S)


@scenario(
    "queues-poisoned",
    "every queue of answers, requests and doorbells gets what means nothing, ten times",
)
def poisoned(ground: Ground) -> None:
    with ground.own_broker() as broker, ground.under_load(broker.url) as stage:
        queues: list[str] = []
        for moment in range(10):
            stage.at(1 + moment * 0.6)
            if moment % 5 == 0:  # To look takes seconds.
                queues = broker.queues()
            _poison(broker, queues)
        wait_for(stage, 200, HUNG_S)


@scenario(
    "doorbells-foreign",
    "a queue of doorbells and an exchange are there already and are not ours",
)
def foreign(ground: Ground) -> None:
    with node(ground.folder) as broker:
        with Connection(broker.url) as connection, connection.channel() as channel:
            channel.queue_declare(
                "metrics.follows.activities", durable=True, auto_delete=False
            )
            channel.exchange_declare(
                "partners.events", "fanout", durable=False, auto_delete=False
            )
        with ground.under_load(broker.url) as stage:
            wait_for(stage, 200, HUNG_S)


@scenario(
    "broker-alarm",
    "RabbitMQ takes nothing more for five seconds, for want of memory, and /readyz says so",
)
def alarm(ground: Ground) -> None:
    with (
        node(ground.folder) as broker,
        ground.under_load(broker.url, Terms(load=Load(seconds=16))) as stage,
    ):
        stage.must_be_felt = True
        stage.at(2)
        broker.control("set_vm_memory_high_watermark", "0.000001")
        said = wait_for(stage, 503, HUNG_S, "blocked")
        stage.must(
            "blocked" in states(said), f"/readyz does not name the alarm: {said}"
        )
        time.sleep(ALARM_S)
        broker.control("set_vm_memory_high_watermark", "0.6")
        wait_for(stage, 200, HUNG_S)


@scenario(
    "broker-password",
    "RabbitMQ lets nobody in for four seconds, after every connection has been closed",
)
def password(ground: Ground) -> None:
    with (
        node(ground.folder) as broker,
        ground.under_load(broker.url, Terms(load=Load(seconds=12))) as stage,
    ):
        stage.must_be_felt = True
        stage.at(2)
        broker.control("change_password", "guest", "another")
        broker.control("close_all_connections", "faults")
        stage.at(6)
        broker.control("change_password", "guest", "guest")
        wait_for(stage, 200, HUNG_S)


def wait_for(
    stage: Stage, status: int, within_s: float, state: str = ""
) -> dict[str, Any]:
    """What `/readyz` says once it has this status, naming a trouble of this state if one is given. Noted if never."""
    end = time.monotonic() + within_s
    while True:
        came, said = readiness(stage.platform.address)
        if came == status and (not state or state in states(said)):
            return said
        if time.monotonic() > end:
            stage.must(
                False, f"/readyz never said {status} {state}, last {came}: {said}"
            )
            return said
        time.sleep(LOOK_S)


def states(said: dict[str, Any]) -> set[str]:
    return {trouble["state"] for trouble in said.get("troubles", ())}


def readiness(address: Address) -> tuple[int, dict[str, Any]]:
    """Status and content of `/readyz`. Raises `OSError` when nobody listens."""
    try:
        with urllib.request.urlopen(
            f"http://{text(address)}/readyz", timeout=HUNG_S
        ) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


@contextmanager
def _unreadable(ground: Ground, service: str) -> Iterator[None]:
    """What is recorded meanwhile is no event for who reads it, until all of it is mended."""
    file = ground.folder / f"{service}.sqlite"
    _execute(file, UNREADABLE)
    try:
        yield
    finally:
        _execute(file, READABLE, MENDED)


def _execute(file: Any, *statements: str) -> None:
    connection = sqlite3.connect(file, timeout=HUNG_S, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


def _behind(stage: Stage, service: str, source: str) -> int:
    with opened(stage.settings) as bus:
        return next(
            int(each["lag"])
            for each in standings(bus)
            if (each["service"], each["source"]) == (service, source)
        )


def _poison(broker: Node, queues: list[str]) -> None:
    patient = Connection(broker.url, transport_options=PATIENT)
    with patient as connection, connection.channel() as channel:
        for queue in queues:
            for body in RUBBISH:
                message = channel.prepare_message(
                    body, properties={"reply_to": "nobody"}
                )
                channel.basic_publish(message, exchange="", routing_key=queue)
