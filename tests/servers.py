"""What is tried and measured from outside, each started on a free port of this machine and stopped by pid."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from services.kit.config import Settings, load
from tests.clocks import HUNG_S

LOWEST_PORT, PORTS = 20_000, 12_000

Address = tuple[str, int]


@contextmanager
def bare(folder: Path, threads: int) -> Iterator[Address]:
    """The bare Flask handler with one durable SQLite commit, under the same gunicorn."""
    address = free_address()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-b",
        text(address),
        "-k",
        "gthread",
        "--threads",
        str(threads),
    ]
    environment = {"BARE_FILE": str(folder / "bare.sqlite")}
    with running(
        [*command, "--log-level", "error", "tests.bench.bare:app"], environment, address
    ):
        yield address


@contextmanager
def stock(folder: Path, broker: str) -> Iterator[Address]:
    """The three services of nameko as it comes, each in its own process."""
    address = free_address()
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.stock"]
    rest = [broker, text(address), str(folder / "stock.sqlite")]
    with (
        running([*command, "figures", *rest], {}),
        running([*command, "signups", *rest], {}),
        running([*command, "door", *rest], {}, address),
    ):
        yield address


@dataclass(frozen=True)
class Platform:
    """A running platform: where it answers, what it is set to, and the process that holds it together."""

    address: Address
    settings: Settings
    process: "subprocess.Popen[bytes]"

    def parts(self) -> dict[str, int]:
        """The pid of each process of the platform by its part: `gateway`, `activities`, …"""
        children = (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            .read_text()
            .split()
        )
        lines = {int(pid): _command_line(pid) for pid in children}
        return {_part(line): pid for pid, line in lines.items() if line}

    def resident_mb(self) -> int:
        """What all its processes hold in memory, pages they share counted once for each."""
        pages = sum(_resident_pages(pid) for pid in _with_descendants(self.process.pid))
        return pages * os.sysconf("SC_PAGE_SIZE") // 2**20

    def cpu_ms(self) -> float:
        """The processor's time that its processes have had so far, the broker's not among it."""
        ticks = sum(_ticks(pid) for pid in _with_descendants(self.process.pid))
        return 1000 * ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def platform(
    folder: Path,
    bus: str,
    store: str = "",
    clock: str = "",
    channels: str = "",
    level: str = "ERROR",
    ways: str = "",
) -> Iterator[Platform]:
    """`xfh up`: embedded with `local:`, a process a service with `amqp://…`; one more that delivers with `channels`."""
    address = free_address()
    environment = {
        "XFH_HTTP": text(address),
        "XFH_DATA": str(folder),
        "XFH_STORE": store or f"sqlite:{folder}",
        "XFH_BUS": bus,
        "XFH_CLOCK_FILE": clock,
        "XFH_LOG_LEVEL": level,
        "XFH_NOTICES": channels,
        "XFH_SIGN_IN": ways,
    }
    with running(
        [sys.executable, "-m", "services.xfh.cli", "up"], environment, address
    ) as process:
        yield Platform(address, load(environment), process)


@contextmanager
def another_gateway(platform: Platform) -> Iterator[Address]:
    """Beside the platform's own, on the same bus and stores; embedded it has services of its own on these."""
    address, settings = free_address(), platform.settings
    environment = {
        "XFH_HTTP": text(address),
        "XFH_DATA": str(settings.data),
        "XFH_STORE": settings.store,
        "XFH_BUS": settings.bus,
        "XFH_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "services.xfh.cli", "gateway"]
    with running(command, environment, address):
        yield address


def _with_descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        pid,
        *(each for child in children for each in _with_descendants(int(child))),
    ]


def _resident_pages(pid: int) -> int:
    """0 for a process that has ended and is still listed."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1])


def _ticks(pid: int) -> int:
    """In user mode and in the kernel; what precedes them in the line may hold spaces."""
    after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, after_the_name[11:13]))


def _command_line(pid: str) -> bytes:
    """Empty when the process has ended since it was listed."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _part(command_line: bytes) -> str:
    """`services.xfh.serve activities` is activities, `services.xfh.cli deliver` is deliver; gunicorn is the gateway."""
    words = command_line.decode().split("\0")
    named = next(
        (name for name in ("services.xfh.serve", "services.xfh.cli") if name in words),
        None,
    )
    return words[words.index(named) + 1] if named else "gateway"


@contextmanager
def running(
    command: list[str], environment: Mapping[str, str], address: Address | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process, from when it answers at `address` where it has one; stopped at the end."""
    server = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        if address is not None:
            _wait_until_ready(address, server)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=HUNG_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_address() -> Address:
    """Below the ports this machine gives to who connects, so that none of those takes it before its server does."""
    while True:
        address = "127.0.0.1", LOWEST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(address)
            return address


def _wait_until_ready(address: Address, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + HUNG_S
    heard = "nothing"
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(
                f"http://{text(address)}/readyz", timeout=HUNG_S
            ):
                return
        except urllib.error.HTTPError as problem:
            heard = problem.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            heard = repr(error)
        time.sleep(0.1)
    ended = server.poll()
    so = f"not ready within {HUNG_S:.0f} s" if ended is None else f"ended with {ended}"
    raise RuntimeError(f"{text(address)}: {so}; heard last: {heard}")


def text(address: Address) -> str:
    """`127.0.0.1:8000`"""
    return f"{address[0]}:{address[1]}"
