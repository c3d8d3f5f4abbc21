"""`xfh demo`, told to stop: whatever it started ends with it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.xfh.commands import ready
from tests.clocks import HUNG_S, wait_until
from tests.servers import free_address, running, text


@pytest.fixture
def address() -> str:
    return text(free_address())


@pytest.fixture
def demo(tmp_path: Path, address: str) -> "Iterator[subprocess.Popen[bytes]]":
    """A demonstration whose platform answers."""
    environment = {
        "XFH_DATA": str(tmp_path),
        "XFH_HTTP": address,
        "XFH_BUS": "local:",
        "XFH_LOG_LEVEL": "ERROR",
    }
    with running(
        [sys.executable, "-m", "services.xfh.cli", "demo"], environment
    ) as process:
        wait_until(lambda: ready.is_ready(address))
        yield process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_demonstration_that_is_stopped_takes_its_server_along(
    demo: "subprocess.Popen[bytes]", address: str, number: signal.Signals
) -> None:
    demo.send_signal(number)
    assert demo.wait(HUNG_S) == (-number if number == signal.SIGKILL else 0)
    wait_until(lambda: not ready.is_taken(address))


STOPPED_IN_EXEC = """
from services.xfh import cli
from services.xfh.demo import run

WAITS = "import os, signal, time; os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)"
run._demonstrate = lambda *args: exec(WAITS)
raise SystemExit(cli.main(["demo"]))
"""


def test_a_demonstration_that_is_stopped_while_it_makes_a_class_ends_well(
    tmp_path: Path, address: str
) -> None:
    """A KeyboardInterrupt that passes through exec(), as of a dataclass, ends Python by SIGINT though it is caught."""
    (tmp_path / "stopped.py").write_text(STOPPED_IN_EXEC)
    environment = {
        "PYTHONPATH": str(tmp_path),
        "XFH_DATA": str(tmp_path / "data"),
        "XFH_HTTP": address,
        "XFH_BUS": "local:",
    }
    with running([sys.executable, "-m", "stopped"], environment) as process:
        assert process.wait(HUNG_S) == 0
