"""The servers the tests share, each found or started once."""

import gc
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from services.kit.engine import unasked
from tests import mongo, rabbit
from tests.clocks import HUNG_S
from tests.plain_words import overheard
from tests.todays_rabbit import refuse_as_today

NOTICES: list[str] = []
WORKERS = 3
YOUNG = 10_000  # Objects; Python itself looks through those of late after 700, and a gateway is tens of thousands.

# An example that takes longer than a fifth of a second says that the machine is busy, not that something is wrong; and
# so do ten that take a second to be made.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    more = "play N more random histories on each engine; MongoDB must then be spoken to over the wire"
    parser.addoption("--seeds", type=int, default=0, metavar="N", help=more)
    first = "the first of them; those from 1000 on have been played often"
    parser.addoption("--first-seed", type=int, default=1000, metavar="S", help=first)


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """What the platform asks of itself takes as long as this machine needs: what comes of it is held, not how soon."""
    with patch.object(unasked, "REACTION_S", HUNG_S):
        yield


@pytest.fixture(autouse=True)
def plain_words() -> Iterator[None]:
    """Whoever is refused reads why: see `tests/plain_words.py`."""
    with overheard() as heard:
        yield
    assert heard == []


@pytest.fixture(scope="session")
def seeds(pytestconfig: pytest.Config) -> int:
    """How many more histories are asked for."""
    return int(pytestconfig.getoption("seeds"))


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[str]:
    """An AMQP URL on a virtual host of its own, of a broker that refuses what today's refuses."""
    refuse_as_today()
    with rabbit.broker() as url:
        yield url


@pytest.fixture(scope="session")
def mongodb(seeds: int) -> Iterator[str | None]:
    """A MongoDB URL, or None where only a double can be had; the summary then says so.

    Who asks for more histories asks for the real thing.
    """
    with mongo.server() as url:
        if url is None:
            assert not seeds, mongo.NOTICE
            NOTICES.append(mongo.NOTICE)
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported stays. To look through it again and again for what can be thrown away took a fifth of a run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Green threads are for processes of their own: here a test, and whoever hands them out, would wait for ever."""
    patcher = sys.modules.get("eventlet.patcher")
    patched = patcher is not None and patcher.is_monkey_patched("thread")
    assert not patched, "a test imports what makes threads green when it is imported"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """With `-n auto` as many as have something to do here, once there is a broker that keeps them apart."""
    of_all = ExitStack()
    of_all.enter_context(rabbit.broker())
    config.add_cleanup(of_all.close)
    return WORKERS if rabbit.has_virtual_hosts() else 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["notices"] = NOTICES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    NOTICES.extend(
        notice
        for notice in getattr(node, "workeroutput", {}).get("notices", ())
        if notice not in NOTICES
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for notice in NOTICES:
        terminalreporter.write_line(notice, yellow=True)
