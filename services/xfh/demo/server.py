"""The demonstration's server, and the clock it lives by."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from services.kit.config import for_child
from services.xfh.commands.supervisor import die_with_parent
from services.xfh.demo.client import Client

READY_S = 60.0
STOP_S = 20.0


def start(clock: Path) -> "subprocess.Popen[bytes]":
    """It ends with this process, however that ends."""
    command = [sys.executable, "-m", "services.xfh.cli", "up"]
    environment = for_child(XFH_CLOCK_FILE=str(clock))
    return subprocess.Popen(command, env=environment, preexec_fn=die_with_parent)  # noqa: PLW1509  # As in Child.start.


def stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def step_clock(clock: Path, to: datetime) -> None:
    """Moves the platform's clock so that it is `to` now, in every process at once."""
    shift_s = (to - datetime.now(UTC)).total_seconds()
    draft = clock.with_suffix(".new")
    draft.write_text(f"{shift_s:.3f}")
    draft.replace(clock)


def wait_until_ready(client: Client, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and server.poll() is None:
        if client.is_ready():
            return
        time.sleep(0.1)
    raise SystemExit("平台没有启动起来，请看上面的日志")
