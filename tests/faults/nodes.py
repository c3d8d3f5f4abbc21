"""RabbitMQ nodes of the harness's own, which it may stop, freeze and kill."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.clocks import HUNG_S, wait_until
from tests.servers import free_address

PROGRAMS = Path("/usr/lib/rabbitmq/bin")


class NotHere(Exception):
    """What a scenario needs cannot be had on this machine; the message says what."""


@dataclass
class Node:
    """One RabbitMQ on free ports, with everything it keeps in `folder`. Its Erlang cookie is the folder's own."""

    name: str
    folder: Path
    port: int = field(default_factory=lambda: free_address()[1])
    distribution_port: int = field(default_factory=lambda: free_address()[1])
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        """Starts it; `wait` says when it serves."""
        self.process = subprocess.Popen(
            [PROGRAMS / "rabbitmq-server"],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        wait_until(self._speaks_amqp, lambda: f"{self.name} did not start")

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(number)
        try:
            self.process.wait(timeout=HUNG_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def control(self, *words: str) -> str:
        """What `rabbitmqctl WORDS` says on this node."""
        command = [str(PROGRAMS / "rabbitmqctl"), "-n", self.name, *words]
        done = subprocess.run(
            command,
            env=self._environment(),
            check=True,
            capture_output=True,
            timeout=HUNG_S,
            text=True,
        )
        return done.stdout

    def queues(self) -> list[str]:
        return self.control("list_queues", "--silent", "name").split()

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("RABBITMQ_")
        }
        return {
            **kept,
            "HOME": str(self.folder),
            "RUNNING_UNDER_SYSTEMD": "1",  # The server's script then becomes the server: its pid is the node's.
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
        }

    def _speaks_amqp(self) -> bool:
        """A socket alone is open before the node can serve."""
        try:
            with socket.create_connection(
                ("127.0.0.1", self.port), timeout=HUNG_S
            ) as probe:
                probe.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(probe.recv(1))
        except OSError:
            return False


@contextmanager
def node(folder: Path) -> Iterator[Node]:
    with nodes(folder, 1) as (alone,):
        yield alone


@contextmanager
def nodes(folder: Path, count: int) -> Iterator[list[Node]]:
    """Nodes started side by side, each for itself. Raises `NotHere` where RabbitMQ is not installed."""
    if not (PROGRAMS / "rabbitmq-server").exists() or shutil.which("erl") is None:
        raise NotHere("rabbitmq-server is not installed")
    (folder / "nodes").mkdir()
    (folder / "nodes" / "plugins").write_text("[].")
    made = [
        Node(f"faults{os.getpid()}-{number}@localhost", folder / "nodes")
        for number in range(count)
    ]
    with ExitStack() as stack:
        for each in made:
            stack.callback(each.stop)
            each.start()
        for each in made:
            each.wait()
        yield made
