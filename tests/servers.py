"""What is measured, each started on a free port of this machine and stopped by pid."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

READY_S = 60.0
STOP_S = 20.0

Address = tuple[str, int]


@contextmanager
def bare(folder: Path, threads: int) -> Iterator[Address]:
    """The bare Flask handler with one durable SQLite commit, under the same gunicorn."""
    address = free_address()
    command = [sys.executable, "-m", "gunicorn", "-b", _text(address), "-k", "gthread", "--threads", str(threads)]
    environment = {"BARE_FILE": str(folder / "bare.sqlite")}
    with running([*command, "--log-level", "error", "tests.bench.bare:app"], environment, address):
        yield address


@contextmanager
def platform(folder: Path, bus: str) -> Iterator[Address]:
    """`xfh up`: embedded with `local:`, a process a service with `amqp://…`."""
    address = free_address()
    environment = {
        "XFH_HTTP": _text(address),
        "XFH_DATA": str(folder),
        "XFH_STORE": f"sqlite:{folder}",
        "XFH_BUS": bus,
        "XFH_LOG_LEVEL": "ERROR",
    }
    with running([sys.executable, "-m", "services.cli", "up"], environment, address):
        yield address


@contextmanager
def running(command: list[str], environment: Mapping[str, str], address: Address) -> Iterator["subprocess.Popen[bytes]"]:
    server = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(address, server)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_address() -> Address:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    return host, port


def _wait_until_ready(address: Address, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{_text(address)}/readyz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"{_text(address)} did not become ready")


def _text(address: Address) -> str:
    return f"{address[0]}:{address[1]}"
