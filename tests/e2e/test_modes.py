"""The main job in every mode the platform runs in."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e.story import live, must_hold, starts_at_demo_day
from tests.servers import platform

EXPECTED_EVENTS = 450


def lived(folder: Path, bus: str, store: str = "") -> dict[str, object]:
    clock = starts_at_demo_day(folder)
    with platform(folder, bus, store, str(clock)) as running:
        day, witness = live(running, clock)
        assert len(witness.acknowledged) >= EXPECTED_EVENTS
        figures: dict[str, object] = must_hold(running, day, witness)["figures"]
        again, _ = live(running, clock)
        assert again.last_event == day.last_event, "lived again with the same keys, nothing happens twice"
        assert must_hold(running, day, witness)["figures"] == figures
    return figures


def test_the_day_embedded(tmp_path: Path) -> None:
    assert lived(tmp_path, "local:")["sessions_held"] == 10


def test_the_day_on_rabbitmq_with_a_process_a_service(tmp_path: Path, rabbitmq: str) -> None:
    assert lived(tmp_path, rabbitmq)["sessions_held"] == 10


def test_the_day_on_mongodb(tmp_path: Path, mongodb: str) -> None:
    assert lived(tmp_path, "local:", mongodb)["sessions_held"] == 10


def test_every_mode_comes_to_the_same_figures(tmp_path: Path, rabbitmq: str) -> None:
    for mode in ("a", "b"):
        (tmp_path / mode).mkdir()
    assert lived(tmp_path / "a", "local:") == lived(tmp_path / "b", rabbitmq)


@pytest.mark.parametrize("part", ["gateway", "activities", "metrics", "cobuild"])
def test_killed_in_the_middle_of_the_day_nothing_is_lost_or_doubled(tmp_path: Path, rabbitmq: str, part: str) -> None:
    clock = starts_at_demo_day(tmp_path)
    with platform(tmp_path, rabbitmq, clock=str(clock)) as running:
        answers = 0

        def kill_now_and_then() -> None:
            nonlocal answers
            answers += 1
            if answers in {60, 200, 330}:
                os.kill(running.parts()[part], signal.SIGKILL)

        day, witness = live(running, clock, kill_now_and_then)
        assert answers > 330
        must_hold(running, day, witness)
