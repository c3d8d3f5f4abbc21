"""Every queue the platform declares is one that today's RabbitMQ takes, and is declared in one place."""

import re
from pathlib import Path

import pytest
from kombu import Queue

from services.kit.buses.rabbit.queues import (
    answer_queue,
    asked_service,
    doorbell_queue,
    listening_queue,
    request_queues,
)
from tests.todays_rabbit import refusal

ROOT = Path(__file__).parents[4]
HERE = Path("services/kit/buses/rabbit/queues.py")
DECLARES = re.compile(
    r"\b(Queue|Exchange)\(|\b(queue|exchange)_declare\b|\bx-[a-z-]+\b.*:"
)
QUEUES = {
    "requests": request_queues("echo")[0],
    "stand-in": request_queues("echo")[1],
    "answers": answer_queue(),
    "doorbells": doorbell_queue("echo", "adder", frozenset({"amount_added.v1"})),
    "listening": listening_queue("adder"),
}


@pytest.mark.parametrize("queue", QUEUES.values(), ids=QUEUES)
def test_todays_rabbitmq_takes_every_queue(queue: Queue) -> None:
    assert refusal(queue.durable, queue.exclusive, queue.queue_arguments) == ""


@pytest.mark.parametrize(
    ("durable", "exclusive", "arguments"),
    [
        (False, False, {}),
        (False, False, {"x-expires": 60_000}),
        (True, False, {"x-queue-mode": "lazy"}),
        (True, False, {"x-queue-version": 1}),
        (True, False, {"x-queue-master-locator": "min-masters"}),
    ],
)
def test_what_it_refuses_is_noticed(
    durable: bool, exclusive: bool, arguments: dict[str, object]
) -> None:
    assert refusal(durable, exclusive, arguments)


def test_nothing_is_declared_elsewhere() -> None:
    files = [
        path for room in ("services", "gateway") for path in (ROOT / room).rglob("*.py")
    ]
    declaring = {path.relative_to(ROOT) for path in files if _declares(path)}
    assert declaring == {HERE}


def _declares(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "kombu" in text and DECLARES.search(text) is not None


@pytest.mark.parametrize("queue", request_queues("echo"), ids=["first", "stand-in"])
def test_a_queue_for_requests_tells_whose_it_is_and_goes_when_nobody_comes(
    queue: Queue,
) -> None:
    assert asked_service(queue.name) == "echo"
    assert queue.expires


def test_no_two_connections_share_a_queue_for_answers() -> None:
    assert answer_queue().name != answer_queue().name
