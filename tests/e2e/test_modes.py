"""The main job in every mode the platform runs in."""

import itertools
import os
import signal
import uuid
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from services.kit.engine.tables import sources_of
from services.xfh import registry
from tests.e2e.story import TINY, lived, must_hold, must_report, starts_at_demo_day
from tests.mongo import NOTICE
from tests.rabbit import purge
from tests.servers import platform

EXPECTED_EVENTS = 450


def figures_of(folder: Path, bus: str, store: str = "") -> dict[str, object]:
    """What the district sees after the day, lived twice with the same keys."""
    folder.mkdir(exist_ok=True)
    clock = starts_at_demo_day(folder)
    with platform(folder, bus, store, str(clock)) as running:
        with lived(running, clock) as (day, witness):
            assert len(witness.acknowledged) >= EXPECTED_EVENTS
            figures: dict[str, object] = must_hold(running, day, witness)["figures"]
        with lived(running, clock) as (again, witness):
            assert again.last_event == day.last_event, "the same keys do nothing twice"
            assert must_hold(running, again, witness)["figures"] == figures
            return {**figures, "report": must_report(running, again, clock)}


def test_the_day_comes_to_the_same_figures_embedded_and_with_a_process_a_service(
    tmp_path: Path, rabbitmq: str
) -> None:
    embedded = figures_of(tmp_path / "embedded", "local:")
    assert embedded["sessions_held"] == 11
    assert figures_of(tmp_path / "rabbitmq", rabbitmq) == embedded


def test_the_day_on_mongodb(tmp_path: Path, mongodb: str | None) -> None:
    if mongodb is None:
        pytest.skip(NOTICE)
    store = f"{mongodb.rstrip('/')}/day{uuid.uuid4().hex[:8]}"
    clock = starts_at_demo_day(tmp_path)
    with (
        platform(tmp_path, "local:", store, str(clock)) as running,
        lived(running, clock, scale=TINY) as (day, witness),
    ):
        assert must_hold(running, day, witness)["figures"]["sessions_held"] == 6


def test_parts_killed_all_through_the_day_lose_and_double_nothing(
    tmp_path: Path, rabbitmq: str
) -> None:
    clock = starts_at_demo_day(tmp_path)
    with platform(tmp_path, rabbitmq, clock=str(clock)) as running:
        killed: Counter[str] = Counter()
        turns = itertools.cycle(["gateway", "activities", "metrics", "cobuild"])

        def kill_the_next() -> None:
            part = next(turns)
            pid = running.parts().get(part)
            if pid is not None:  # It may still be on its way up again.
                os.kill(pid, signal.SIGKILL)
                killed[part] += 1

        every_few = now_and_then(kill_the_next, range(30, EXPECTED_EVENTS, 35))
        with lived(running, clock, every_few) as (day, witness):
            assert len(killed) == 4
            assert killed.total() > 8
            must_hold(running, day, witness)


def test_with_every_queue_purged_again_and_again_the_figures_converge_by_themselves(
    tmp_path: Path, rabbitmq: str
) -> None:
    clock = starts_at_demo_day(tmp_path)
    with (
        platform(tmp_path, rabbitmq, clock=str(clock)) as running,
        lived(
            running,
            clock,
            now_and_then(lambda: purge_all(rabbitmq), (60, 200, 330, 420)),
        ) as (
            day,
            witness,
        ),
    ):
        must_hold(running, day, witness)


def now_and_then(
    injure: Callable[[], None], moments: Collection[int]
) -> Callable[[], None]:
    """Something to call after each answer, which injures the platform after these."""
    answers = itertools.count(1)

    def tick() -> None:
        if next(answers) in moments:
            injure()

    return tick


def purge_all(broker: str) -> None:
    """Empties every queue of the platform: doorbells, and requests on their way."""
    names = [f"{name}.asked" for name in registry.SERVICES]
    names += [
        f"{name}.follows.{source}"
        for name in registry.SERVICES
        for source in sources_of(registry.load(name))
    ]
    purge(broker, names)
