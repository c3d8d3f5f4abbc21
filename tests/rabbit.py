"""The RabbitMQ the tests run on: one that is there, or one installed and started for them. Never none.

`XFH_BUS` names one; else one listening on this machine is used; else Debian's is installed and started where the
tests run as root; else Docker starts one; else the tests fail saying what to do.
"""

import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kombu import Connection

from tests.clocks import HUNG_S

HOST, PORT = "127.0.0.1", 5672
LOCAL = f"amqp://guest:guest@{HOST}:{PORT}"
OF_A_RUN = "test-"
WHAT_TO_DO = """没有可用的 RabbitMQ。任选其一：
  设置 XFH_BUS=amqp://用户:密码@主机:端口/虚拟主机
  在本机启动 RabbitMQ（端口 5672，用户 guest）
  在 Debian 上以 root 运行，测试会自行安装 rabbitmq-server
  安装 Docker"""


@contextmanager
def broker() -> Iterator[str]:
    """The URL of a broker, on a virtual host of its own where one can be made: by that others see that it is used.

    What was started here is stopped, unless others have come to use it meanwhile.
    """
    if given := _given():
        yield given
        return
    stop = [] if _is_listening() else _start()
    try:
        with _virtual_host() as url:
            yield url
    finally:
        if stop and not _is_used():
            subprocess.run(stop, check=True, capture_output=True, timeout=HUNG_S)


def has_virtual_hosts() -> bool:
    """True where several runs beside each other get a virtual host each."""
    return (
        not _given()
        and shutil.which("rabbitmqctl") is not None
        and os.geteuid() == 0
        and _ctl("list_vhosts")
    )


def _given() -> str:
    given = os.environ.get("XFH_BUS", "")
    return given if given.startswith("amqp") else ""


def purge(url: str, queues: Iterable[str]) -> None:
    """Empties queues that exist."""
    with Connection(url) as connection, connection.channel() as channel:
        for queue in queues:
            channel.queue_purge(queue)


def close_all_connections(url: str) -> None:
    """As an operator would. Needs the broker's own command, which is there wherever the tests may start a broker."""
    command = shutil.which("rabbitmqctl")
    if command is None:
        pytest.skip("rabbitmqctl 不在本机，不能断开代理的连接")
    vhost = url.rpartition("/")[2] or "/"
    subprocess.run(
        [command, "close_all_connections", "-p", vhost, "for a test"],
        check=True,
        capture_output=True,
    )


@contextmanager
def _virtual_host() -> Iterator[str]:
    """Keeps one run's queues apart from another's, where `rabbitmqctl` may be used."""
    name = f"{OF_A_RUN}{os.getpid()}-{uuid.uuid4().hex[:8]}"
    if not has_virtual_hosts() or not _ctl("add_vhost", name):
        yield f"{LOCAL}//"
        return
    try:
        assert _ctl("set_permissions", "-p", name, "guest", ".*", ".*", ".*")
        yield f"{LOCAL}/{name}"
    finally:
        _ctl("delete_vhost", name)


def _is_used() -> bool:
    """Whether another process that still runs has a virtual host there."""
    if not has_virtual_hosts():
        return False
    names = _asked("list_vhosts", "--silent").stdout.split()
    pids = [name.split("-")[1] for name in names if name.startswith(OF_A_RUN)]
    return any(Path(f"/proc/{pid}").exists() for pid in pids)


def _ctl(*words: str) -> bool:
    return _asked(*words).returncode == 0


def _asked(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["rabbitmqctl", *words],
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )


def _start() -> list[str]:
    """Starts a broker and returns the command that stops it."""
    if shutil.which("rabbitmq-server") is None and _is_debian_root():
        print("installing rabbitmq-server …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-y", "-q", "rabbitmq-server"],
        ):
            subprocess.run(
                command, check=True, capture_output=True, timeout=300, env=environment
            )
    if shutil.which("rabbitmq-server") is not None and os.geteuid() == 0:
        subprocess.run(
            ["rabbitmq-server", "-detached"],
            check=True,
            capture_output=True,
            timeout=HUNG_S,
        )
        stop = ["rabbitmqctl", "stop"]
    elif _docker_works():
        name = f"xfh-test-{uuid.uuid4().hex[:8]}"
        command = [
            "docker",
            "run",
            "--rm",
            "-d",
            "--name",
            name,
            "-p",
            f"{HOST}:{PORT}:5672",
            "rabbitmq:4",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        stop = ["docker", "stop", name]
    else:
        raise RuntimeError(WHAT_TO_DO)
    _wait_until_listening()
    return stop


def _is_debian_root() -> bool:
    return (
        os.geteuid() == 0
        and Path("/etc/debian_version").exists()
        and shutil.which("apt-get") is not None
    )


def _docker_works() -> bool:
    if shutil.which("docker") is None:
        return False
    return (
        subprocess.run(
            ["docker", "info"], capture_output=True, timeout=HUNG_S, check=False
        ).returncode
        == 0
    )


def _wait_until_listening() -> None:
    end = time.monotonic() + HUNG_S
    while not _is_listening():
        if time.monotonic() > end:
            raise RuntimeError(f"RabbitMQ 在 {HUNG_S:.0f} 秒内没有启动起来")
        time.sleep(0.5)


def _is_listening() -> bool:
    """True when something speaks AMQP at the port; a socket alone is open before the broker can serve."""
    try:
        with socket.create_connection((HOST, PORT), timeout=HUNG_S) as probe:
            probe.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(probe.recv(1))
    except OSError:
        return False
