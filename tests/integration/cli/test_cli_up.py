"""`xfh up`, `serve` and `token`: what is said before a process starts, and what watches over it after."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.kit.actor import Actor, Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.xfh.commands import ready
from tests.clocks import HUNG_S, wait_until
from tests.integration.cli.conftest import Xfh

WATCH = """
import sys
from services.xfh.commands.supervisor import Supervisor
steady = [sys.executable, "-c", "import os, time; print(os.getpid(), file=open('steady', 'a')); time.sleep(10000)"]
frail = [sys.executable, "-c", "import os; print(os.getpid(), file=open('frail', 'a'))"]
sys.exit(Supervisor({"steady": steady, "frail": frail}).run())
"""


@contextmanager
def watching(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", WATCH]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    ) as supervisor:
        try:
            wait_until(
                lambda: pids(folder, "steady") and len(pids(folder, "frail")) > 1
            )
            yield supervisor
        finally:
            supervisor.kill()


def pids(folder: Path, name: str) -> list[int]:
    file = folder / name
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_running(pid: int) -> bool:
    """False also for a process that has ended and waits for whoever inherited it to take note."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_process_that_dies_is_started_again_with_a_line_about_it_and_all_end_together(
    tmp_path: Path,
) -> None:
    with watching(tmp_path) as supervisor:
        (steady,) = pids(tmp_path, "steady")
        supervisor.send_signal(signal.SIGTERM)
        _, said = supervisor.communicate(timeout=HUNG_S)
        assert supervisor.returncode == 0
        assert said.splitlines()[0] == "frail 退出了（0），0.5 秒后重新启动"
        assert not is_running(steady)


def test_a_process_that_is_killed_is_started_again(tmp_path: Path) -> None:
    with watching(tmp_path):
        (first,) = pids(tmp_path, "steady")
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: len(pids(tmp_path, "steady")) == 2)


@pytest.mark.skipif(
    sys.platform != "linux",
    reason="only Linux tells a process that its parent has died",
)
def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    with watching(tmp_path) as supervisor:
        (steady,) = pids(tmp_path, "steady")
        supervisor.kill()
        wait_until(lambda: not is_running(steady))


@pytest.mark.parametrize("bus", ["local:", "amqp://guest:guest@localhost/"])
def test_an_address_that_is_taken_is_told_before_anything_starts(
    bus: str, xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        monkeypatch.setenv("XFH_HTTP", address)
        monkeypatch.setenv("XFH_BUS", bus)
        ran = xfh("up")
    assert (ran.code, ran.out) == (1, "")
    assert (
        ran.err
        == f"地址 {address} 已被占用，请停止占用它的程序，或用 XFH_HTTP 换一个\n"
    )


def test_an_address_nobody_listens_at_is_free_and_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
    assert not ready.is_taken(address)
    assert not ready.is_ready(address)


def test_a_service_alone_needs_a_broker(xfh: Xfh) -> None:
    ran = xfh("serve", "metrics")
    assert ran.code == 2
    assert "XFH_BUS" in ran.err


@pytest.fixture
def signing(settings: Settings) -> None:
    """The platform has been started once, and has the key that signs."""
    tokens.private_key(settings)


@pytest.mark.usefixtures("signing")
def test_a_token_is_printed_alone_and_is_good(xfh: Xfh, settings: Settings) -> None:
    ran = xfh(
        "token",
        "--actor",
        "P1",
        "--role",
        "resident",
        "--role",
        "branch_secretary:branch/B1",
        "--hours",
        1,
    )
    assert ran.code == 0
    assert "只供开发" in ran.err
    actor = tokens.Verifier(tokens.public_key(settings)).actor(ran.out.strip())
    assert actor == Actor(
        "P1", (Role("resident", ""), Role("branch_secretary", "branch/B1"))
    )


@pytest.mark.usefixtures("signing")
def test_who_leaves_out_a_scope_is_told_that_the_role_holds_nowhere(
    xfh: Xfh, settings: Settings
) -> None:
    ran = xfh("token", "--actor", "P1", "--role", "street_admin")
    assert ran.code == 0
    assert "street_admin:*" in ran.err
    actor = tokens.Verifier(tokens.public_key(settings)).actor(ran.out.strip())
    assert not actor.covers("street_admin", "510108001")
    everywhere = xfh("token", "--actor", "P1", "--role", "street_admin:*")
    assert "没有写范围" in ran.err
    assert "没有写范围" not in everywhere.err


@pytest.mark.usefixtures("signing")
@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["--actor", "13800000000", "--role", "resident"], "人员编号不对"),
        (["--actor", "P1", "--role", "king"], "角色不对"),
        (["--actor", "P1", "--role", "resident:nowhere"], "范围不对"),
        (["--actor", "P1", "--role", "resident", "--hours", "0"], "有效小时数 0 不对"),
    ],
)
def test_a_token_that_cannot_be_is_refused_with_what_is_wrong(
    asked: list[str], why: str, xfh: Xfh
) -> None:
    ran = xfh("token", *asked)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err
