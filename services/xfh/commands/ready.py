"""Whether the gateway's address is free, when the platform answers at it, and what it says does not run."""

import http.client
import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import chain

from schemas.documents import Json
from services.kit.actor import SYSTEM
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.config.values import here
from services.kit.errors import Problem
from services.xfh import registry

PROBE_S = 1.0
EVERY_S = 0.1
PATIENCE_S = 120.0


def is_taken(address: str) -> bool:
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError:
            return True
    return False


def is_ready(address: str) -> bool:
    """True when every part of the platform answers. Blocks for at most `PROBE_S`."""
    return _asked(address)[0] == http.client.OK


def troubles(settings: Settings) -> list[Json]:
    """What does not run of the platform that is up, in its own words; nothing where none is."""
    if settings.bus == "local:":
        return list(_asked(settings.http)[1].get("troubles", ()))
    with (
        closing(RabbitBus(settings.bus)) as bus,
        ThreadPoolExecutor(len(registry.SERVICES)) as asking,
    ):
        answers = asking.map(partial(_condition, bus), registry.SERVICES)
        return list(chain.from_iterable(answers))


def _asked(address: str) -> tuple[int, dict[str, list[Json]]]:
    """Status and content of `/readyz`; 0 when nothing that is ours answers."""
    connection = http.client.HTTPConnection(here(address), timeout=PROBE_S)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return 0, {}
    finally:
        connection.close()


def _condition(bus: RabbitBus, service: str) -> list[Json]:
    try:
        answer = bus.call(
            service, "condition", {}, actor=SYSTEM, deadline=Deadline.after(PROBE_S)
        )
    except Problem:
        return []
    return list(answer["troubles"])


def announce(address: str) -> None:
    print(f"平台已就绪：http://{address}/", flush=True)


def announce_from_a_child(address: str) -> None:
    """Says when the platform is ready though this process is about to become something else.

    The child ends when it has said so, when its parent is gone, or when nothing is ready for long.
    """
    parent = os.getpid()
    if os.fork():
        return
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # Ctrl-C reaches this child too, which has nothing to say to it.
    end = time.monotonic() + PATIENCE_S
    while os.getppid() == parent and time.monotonic() < end:
        if is_ready(address):
            announce(address)
            break
        time.sleep(EVERY_S)
    os._exit(0)
