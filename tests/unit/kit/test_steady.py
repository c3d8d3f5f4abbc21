"""Threads that go on whatever a step meets, say it seldom, and show when they do not run."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from services.kit import steady, telemetry
from services.kit.errors import Unavailable
from services.kit.steady import Steady, troubles
from services.kit.telemetry import Seldom
from tests.clocks import HUNG_S, wait_until

ABOUT = {"service": "echo", "part": "follower", "source": "adder"}
SAID = "cannot go on now"

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "SHORTEST_PAUSE_S", 0.001)
    monkeypatch.setattr(steady, "FIRST_PAUSE_S", 0.001)


@contextmanager
def running(step: Callable[[], object], every_s: float = 0.001) -> Iterator[Steady]:
    thread = Steady(ABOUT, step, every_s, longest_s=lambda error: 0.01)
    thread.start()
    try:
        yield thread
    finally:
        thread.stop()
        thread.join(HUNG_S)


@dataclass
class Clock:
    """Stands still until it is set."""

    now: float = 0.0

    def monotonic(self) -> float:
        return self.now


class Steps:
    """Raises one error after the other, and then comes to a good end each time."""

    def __init__(self, *errors: BaseException):
        self._errors = list(errors)
        self.done = 0

    def __call__(self) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self.done += 1


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("away"),
        KeyError("kind"),
        ValueError("no JSON"),
        OSError(),
        MemoryError(),
    ],
)
def test_no_error_of_a_step_ends_the_thread(error: Exception) -> None:
    steps = Steps(error, error, error)
    with running(steps):
        wait_until(lambda: steps.done)


def test_what_it_meets_is_said_with_whose_it_is_and_once_for_all_that_are_alike(
    caplog: pytest.LogCaptureFixture,
) -> None:
    steps = Steps(*[KeyError(number) for number in range(20)])
    with running(steps):
        wait_until(lambda: steps.done)
    [said] = [record for record in caplog.records if record.getMessage() == SAID]
    assert said.levelno == logging.ERROR
    assert said.exc_info
    assert {**said.about, "again_in_s": 0} == {  # type: ignore[attr-defined]
        **ABOUT, "failed": 1, "again_in_s": 0, "error": "KeyError: 0", "times": 1,
    }  # fmt: skip


def test_what_was_to_be_expected_is_a_warning_without_a_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    steps = Steps(Unavailable("away"))
    with running(steps):
        wait_until(lambda: steps.done)
    [said] = [record for record in caplog.records if record.getMessage() == SAID]
    assert (said.levelno, said.exc_info) == (logging.WARNING, None)


def test_an_error_of_another_kind_is_said_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    steps = Steps(KeyError("a"), TypeError("b"), KeyError("c"))
    with running(steps):
        wait_until(lambda: steps.done)
    said = [
        record.about["error"]  # type: ignore[attr-defined]
        for record in caplog.records
        if record.getMessage() == SAID
    ]
    assert said == ["KeyError: 'a'", "TypeError: b"]


def test_the_silence_between_two_that_are_alike_grows_and_the_count_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    monkeypatch.setattr(telemetry, "time", clock)
    seldom = Seldom(logging.getLogger(__name__))
    for second in range(1, 10 * 2**6):
        clock.now = 1000.0 + second
        seldom.say("again", {}, KeyError())
    times = [record.about["times"] for record in caplog.records]  # type: ignore[attr-defined]
    assert times == [1, 11, 31, 71, 151, 311, 631]


def test_the_pause_doubles_up_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "FIRST_PAUSE_S", 0.5)
    thread = Steady(ABOUT, Steps(), longest_s=lambda error: 5.0)
    pauses = []
    for _ in range(6):
        thread._met(KeyError())
        pauses.append(thread._pause_s)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]


def test_who_wakes_it_shortens_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "FIRST_PAUSE_S", 10 * HUNG_S)
    steps = Steps(KeyError())
    thread = Steady(ABOUT, steps, 10 * HUNG_S, longest_s=lambda error: 10 * HUNG_S)
    thread.start()
    thread.wake()
    wait_until(lambda: thread._failed)
    thread.wake()
    wait_until(lambda: steps.done)
    thread.stop()


def test_one_that_runs_or_was_stopped_is_in_no_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running(Steps()) as thread:
        assert thread.trouble() is None
    monkeypatch.setattr(steady, "STUCK_S", 0.0)
    assert troubles(thread, Steady(ABOUT, Steps())) == []


def test_a_step_that_does_not_come_back_shows_as_hung_until_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(steady, "STUCK_S", 0.05)
    go_on = threading.Event()
    with running(lambda: go_on.wait(HUNG_S)) as thread:
        wait_until(thread.trouble)
        shown = thread.trouble()
        assert shown is not None
        assert {**shown, "since": ""} == {
            **ABOUT,
            "state": "hung",
            "since": "",
            "failed": 0,
            "error": "",
        }
        go_on.set()
        wait_until(lambda: thread.trouble() is None)


def test_one_that_meets_nothing_but_errors_shows_as_failing_until_it_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(steady, "STUCK_S", 0.05)
    steps = Steps(*[KeyError()] * 100_000)
    with running(steps) as thread:
        wait_until(lambda: (thread.trouble() or {}).get("state") == "failing")
        shown = thread.trouble()
        assert shown is not None
        assert (shown["error"], shown["failed"] > 0) == ("KeyError", True)
        steps._errors.clear()
        wait_until(lambda: thread.trouble() is None)


def test_one_whose_thread_is_gone_shows_at_once() -> None:
    with running(Steps(SystemExit())) as thread:
        wait_until(lambda: (thread.trouble() or {}).get("state") == "ended")


def test_a_long_step_that_gets_on_is_in_no_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, enough = Clock(), threading.Event()
    monkeypatch.setattr(steady, "time", clock)

    def long() -> None:
        while not enough.wait(0.001):
            thread.ran()

    with running(long) as thread:
        for _ in range(10):
            clock.now += steady.STUCK_S - 1
            wait_until(lambda: thread._last_ran == clock.now)
            assert thread.trouble() is None
        enough.set()
