"""The buses under contract, each with the toy services on it: in this process, or in processes of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.kit.actor import OPERATOR, Actor
from services.kit.buses.local import LocalBus
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import Unavailable
from tests.clocks import HUNG_S, wait_until
from tests.toy import Adder, Echo

ASKED_S = 5.0  # For who asks again when it is not answered.


@dataclass
class Toys:
    """The adder and its echo on a bus, and what a test asks of them."""

    bus: LocalBus | RabbitBus
    to: str = "A"

    def add(
        self, amount: int, key: str, actor: Actor = OPERATOR, within_s: float = HUNG_S
    ) -> Any:
        payload, deadline = {"to": self.to, "amount": amount}, Deadline.after(within_s)
        return self.bus.call(
            "adder",
            "add",
            payload,
            actor=actor,
            key=f"{self.to}-{key}",
            deadline=deadline,
        )

    def ask(
        self, service: str, method: str, within_s: float = HUNG_S, **payload: Any
    ) -> Any:
        return self.bus.call(
            service, method, payload, actor=OPERATOR, deadline=Deadline.after(within_s)
        )

    def sums(self, service: str) -> dict[str, int]:
        return {doc["id"]: doc["sum"] for doc in self.ask(service, "top")}

    def events(self, service: str) -> list[Any]:
        """Those about `to`: other tests use the same processes."""
        events = self.ask(service, "read_log", after=0, limit=1000)["events"]
        return [event for event in events if event["data"]["to"] == self.to]

    def converge(self) -> None:
        """Waits until the echo has what the adder has."""
        wait_until(
            lambda: self.sums("echo") == self.sums("adder"),
            lambda: f"{self.sums('echo')} is not {self.sums('adder')}",
        )


@dataclass
class Processes(Toys):
    """The same with each service in its own process, which can be stopped, killed and started again.

    Followers look when they are rung, and only what is started with `looks` every few seconds as well.
    """

    url: str = ""
    folder: Path = Path()
    looks: bool = False
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str) -> None:
        environment = {
            **os.environ, "XFH_BUS": self.url, "XFH_DATA": str(self.folder), "XFH_STORE": f"sqlite:{self.folder}",
            "XFH_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        command = [
            sys.executable,
            "-m",
            "tests.contract.toy_process",
            name,
            *(["looks"] if self.looks else []),
        ]
        self.running[name] = subprocess.Popen(command, env=environment)
        self.wait_for(name)

    def wait_for(self, name: str) -> None:
        wait_until(lambda: self._answers(name), lambda: f"{name} does not answer")

    def _answers(self, name: str) -> bool:
        try:
            self.ask(name, "top", within_s=ASKED_S)
        except Unavailable:
            return False
        return True

    def signal(self, name: str, number: signal.Signals) -> None:
        self.running[name].send_signal(number)

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def stop(self) -> None:
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.running.values():
            assert process.wait(timeout=HUNG_S) == 0


@contextmanager
def local(folder: Path) -> Iterator[Toys]:
    settings = Settings(data=folder, store=f"sqlite:{folder}")
    bus = LocalBus()
    bus.host(Adder, settings)
    bus.host(Echo, settings)
    bus.start()
    try:
        yield Toys(bus)
    finally:
        bus.stop()


@contextmanager
def rabbit(folder: Path, url: str) -> Iterator[Processes]:
    bus = RabbitBus(url)
    toys = Processes(bus, url=url, folder=folder)
    try:
        toys.start("adder")
        toys.start("echo")
        yield toys
    finally:
        bus.close()
        toys.stop()
