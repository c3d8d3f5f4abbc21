"""`xfh` typed in an empty folder, or where something has happened and was backed up."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from services.kit.config import Settings
from services.xfh import cli, grammar, registry
from services.xfh.commands.network import store_of
from tests.examples.cobuild import COMMANDS
from tests.integration.test_story import COMMUNITY, Network, resident

SERVICES = ("partners", "cobuild", "branches", "activities", "metrics", "notices")
WORDS = "门口的灯坏了"

TOYS = {"adder": "tests.toy:Adder", "echo": "tests.toy:Echo"}


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Xfh = Callable[..., Ran]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """What is in force: everything under an empty folder."""
    monkeypatch.setenv("XFH_DATA", str(tmp_path))
    for variable in ("XFH_BUS", "XFH_STORE", "XFH_CLOCK_FILE"):
        monkeypatch.delenv(variable, raising=False)
    return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")


@pytest.fixture
def xfh(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Iterator[Xfh]:
    """Runs the command line and tells how it ended and what it printed."""
    handlers = list(logging.root.handlers)

    def run(*argv: object) -> Ran:
        code = cli.main([str(part) for part in argv])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    yield run
    logging.root.handlers[:] = handlers


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy services stand for the real ones."""
    monkeypatch.setattr(registry, "SERVICES", TOYS)
    monkeypatch.setattr(grammar, "SERVICES", TOYS)


@pytest.fixture
def network(settings: Settings) -> Iterator[Network]:
    network = Network(settings.data)
    yield network
    network.bus.stop()


@pytest.fixture
def elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Another, empty place, which is what `xfh` works on from now on."""
    folder = tmp_path_factory.mktemp("elsewhere")
    return Settings(data=folder, store=f"sqlite:{folder}")


def log_of(settings: Settings, service: str) -> list[Any]:
    with store_of(settings, service) as store:
        events = store.log.read(0, 100_000)
        answers = store.log.answers([event.seq for event in events])
    return [(event, answers.get(event.seq)) for event in events]


def lived(network: Network) -> str:
    """Somebody raises a need, three sign up, one comes; a signup's number."""
    need = {**COMMANDS["raise_need"], "community": COMMUNITY, "words": WORDS}
    network.ask("cobuild", "raise_need", resident("R0"), "need", **need)
    activity = network.open_activity(2)
    signups = [
        network.sign_up(activity, person, key=person) for person in ("R1", "R2", "R3")
    ]
    network.settle()
    return str(signups[0]["id"])


def restored(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch, elsewhere: Settings, *words: object
) -> Any:
    with monkeypatch.context() as there:
        there.setenv("XFH_DATA", str(elsewhere.data))
        return xfh("restore", *words)


@pytest.fixture
def made(network: Network, xfh: Xfh, tmp_path_factory: pytest.TempPathFactory) -> Path:
    lived(network)
    folder = tmp_path_factory.mktemp("backups") / "today"
    ran = xfh("backup", folder)
    assert ran.code == 0, ran.err
    return folder
