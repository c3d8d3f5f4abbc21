"""Keeps the platform's processes running: one for each service and the gateway."""

import ctypes
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 30.0
DRAIN_S = 10.0
TICK_S = 0.1
AT_REST_S = 60.0
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)

LIBC = ctypes.CDLL(None)


@dataclass
class Child:
    """A process that is to run. While it does not, `due` is when it is started again."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    began: float = 0.0
    due: float = 0.0
    pause_s: float = FIRST_PAUSE_S

    def start(self) -> None:
        # A group of its own: Ctrl-C at the terminal reaches only the supervisor, which ends the children in order.
        # The supervisor has one thread, so what runs in the child before the program cannot meet a lock held.
        self.process = subprocess.Popen(
            self.command,
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )
        self.began = time.monotonic()

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def put_off(self) -> int:
        """Plans the next start, later each time unless it ran steadily. Returns how the process ended."""
        assert self.process is not None
        now = time.monotonic()
        code = self.process.returncode
        if now - self.began >= STEADY_S:
            self.pause_s = FIRST_PAUSE_S
        self.due = now + self.pause_s
        self.process = None
        return code


class Supervisor:
    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        each_tick: Callable[[], bool] = lambda: False,
    ):
        """`each_tick` is called again and again; soon, while it returns true."""
        self._children = [Child(name, command) for name, command in commands.items()]
        self._each_tick = each_tick
        self._stopping = False

    def run(self) -> int:
        """Runs until SIGTERM or SIGINT, then ends every child. 1 when one had to be killed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        with _bell() as bell:
            while not self._stopping:
                self._tend()
                select.select([bell], [], [], self._pause_s(self._each_tick()))
                _silence(bell)
        return self._drain()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _pause_s(self, soon: bool) -> float:
        """Until something is to be done, unless a signal tells of something before."""
        if soon:
            return TICK_S
        now = time.monotonic()
        dues = [child.due - now for child in self._children if child.process is None]
        return max(0.0, min([AT_REST_S, *dues]))

    def _tend(self) -> None:
        for child in self._children:
            if child.has_died():
                code = child.put_off()
                _say(f"{child.name} 退出了（{code}），{child.pause_s:g} 秒后重新启动")
                child.pause_s = min(child.pause_s * 2, LONGEST_PAUSE_S)
            if child.process is None and time.monotonic() >= child.due:
                child.start()

    def _drain(self) -> int:
        """Ends the last child first: what it asks of the others is still answered."""
        late = [*_end(self._children[-1:]), *_end(self._children[:-1])]
        return int(bool(late))


def _end(children: Sequence[Child]) -> "list[subprocess.Popen[bytes]]":
    """Ends the children in good time; returns those that had to be killed."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    end = time.monotonic() + DRAIN_S
    while time.monotonic() < end and any(process.poll() is None for process in running):
        time.sleep(TICK_S)
    late = [process for process in running if process.poll() is None]
    for process in late:
        process.kill()
        process.wait()
    return late


@contextmanager
def _bell() -> Iterator[socket.socket]:
    """A socket that can be read from as soon as a signal has come, or a child has ended."""
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    bell, ringing = socket.socketpair()
    with bell, ringing:
        bell.setblocking(False)
        ringing.setblocking(False)
        before = signal.set_wakeup_fd(ringing.fileno(), warn_on_full_buffer=False)
        yield bell
        signal.set_wakeup_fd(before)


def _silence(bell: socket.socket) -> None:
    with suppress(BlockingIOError):
        bell.recv(4096)


def die_with_parent() -> None:
    """Runs in the child: when the supervisor is killed outright, nobody is left to end it. Linux only."""
    if sys.platform == "linux":
        LIBC.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
