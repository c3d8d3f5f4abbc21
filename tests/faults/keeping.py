"""Backups taken and brought back, stores lost or put back from earlier, an older version beside the newer one."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from services.kit.config import Settings
from services.xfh import registry
from services.xfh.commands.network import store_of
from tests import servers
from tests.clocks import HUNG_S
from tests.faults.absent import down
from tests.faults.kills import send
from tests.faults.older import UNKNOWN
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms
from tests.faults.threads import readiness, states, wait_for

COMMAND_S = 120.0
LOOK_S = 0.25
STORE = "activities.sqlite"


@scenario(
    "backup",
    "three backups are taken under load, one while activities is killed; each is restored elsewhere",
)
def backup(ground: Ground) -> None:
    luck, made = random.Random("backup"), []
    with ground.under_load(terms=Terms(load=Load(seconds=10))) as stage:
        for number in range(3):
            stage.at(1 + 3 * number + luck.random() * 2)
            if number == 1:
                send(stage, "activities", signal.SIGKILL)
            before = {told.event for told in stage.told() if told.acknowledged}
            folder = ground.folder / f"backup-{number}"
            stage.must(
                _xfh(stage, "backup", folder)[0] == 0, f"backup {number} was not made"
            )
            made.append((folder, before))
    for folder, before in made:
        _bring_back(stage, folder, before)
    ground.account.wrong += stage.wrong


def _bring_back(stage: Stage, backup: Path, acknowledged: set[str]) -> None:
    """`xfh restore` ends with 0 when every figure is equal to what the logs say."""
    place = backup.with_name(f"{backup.name}-restored")
    code, said = _xfh(
        stage, "restore", backup, XFH_DATA=str(place), XFH_STORE=f"sqlite:{place}"
    )
    stage.must(code == 0, f"{backup.name} is not restored: {said}")
    settings = Settings(
        data=place, store=f"sqlite:{place}", clock_file=str(stage.clock)
    )
    lost = acknowledged - _ids(settings)
    stage.must(
        not lost,
        f"{backup.name} has lost {len(lost)} events acknowledged before it began",
    )
    shutil.rmtree(place)


@scenario(
    "store-gone",
    "the store of activities is not where it was for four seconds: nothing is recorded elsewhere",
)
def gone(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=10))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        (ground.folder / STORE).rename(ground.folder / "elsewhere")
        wait_for(stage, 503, HUNG_S)
        stage.at(6)
        stage.must(
            not (ground.folder / STORE).exists(), "another store was made in its place"
        )
        (ground.folder / "elsewhere").rename(ground.folder / STORE)
        wait_for(stage, 200, HUNG_S)


@scenario(
    "store-put-back",
    "the store of activities is put back from earlier: followers park, and say so",
)
def put_back(ground: Ground) -> None:
    store, earlier, today = (
        ground.folder / name for name in (STORE, "earlier", "today")
    )
    with ground.under_load() as stage:
        stage.at(3)
        _copy(store, earlier)
    store.rename(today)
    earlier.rename(store)
    with _up(stage) as address:
        said = _wait_for(address, 503, "another_log")
        stage.must(
            "another_log" in states(said),
            f"/readyz does not say that it is another log: {said}",
        )
        code, shown = _xfh(stage, "followers")
        stage.must(
            code == 1 and "activities 的日志换过了" in shown,
            f"`xfh followers` does not say it: {shown}",
        )
    for path in ground.folder.glob(f"{STORE}*"):
        path.unlink()
    today.rename(store)
    with _up(stage) as address:
        stage.must(
            _wait_for(address, 200, "").get("status") == "ready",
            "it does not go on with the right store",
        )
    stage.must(_xfh(stage, "reconcile")[0] == 0, "the figures differ afterwards")
    ground.account.wrong += stage.wrong


@scenario(
    "upgrade-rolling",
    "an older metrics follows for a while, and passes what it does not know",
)
def upgrade(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=20))) as stage:
        stage.at(2)
        with down(stage, "metrics"), _older(stage):
            _wait_until_moved(stage)
        said = wait_for(stage, 200, HUNG_S, "incomplete")
        stage.must(
            "incomplete" in states(said),
            f"/readyz does not say what is missing: {said}",
        )
        code, shown = _xfh(stage, "followers")
        stage.must(
            code == 1 and UNKNOWN in shown,
            f"`xfh followers` does not say what was passed: {shown}",
        )
        code, shown = _xfh(stage, "rebuild", "metrics")
        stage.must(code == 0, f"metrics cannot be rebuilt: {shown}")
        wait_for(stage, 200, HUNG_S)


@contextmanager
def _older(stage: Stage) -> Iterator[None]:
    older = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.older"], env=stage.environment
    )
    try:
        yield
        stage.must(
            older.poll() is None,
            f"the older metrics ended by itself: {older.returncode}",
        )
    finally:
        older.terminate()
        older.wait(timeout=COMMAND_S)


def _wait_until_moved(stage: Stage) -> None:
    """Until the one that runs now has folded something of activities."""
    end = time.monotonic() + HUNG_S
    with store_of(stage.settings, "metrics") as store:
        before = store.views.begin("activities").mark.types
        while (
            came := store.views.begin("activities").mark.types
        ) == before and time.monotonic() < end:
            time.sleep(LOOK_S)
    stage.must(came != before, "the older metrics follows nothing")


@contextmanager
def _up(stage: Stage) -> Iterator[servers.Address]:
    """The platform started again on what is there now, ready or not."""
    address = servers.free_address()
    command = [sys.executable, "-m", "services.xfh.cli", "up"]
    with servers.running(
        command, {**stage.environment, "XFH_HTTP": servers.text(address)}
    ):
        yield address


def _wait_for(address: servers.Address, status: int, state: str) -> dict[str, Any]:
    """What `/readyz` says once it says that, or at last."""
    end, said = time.monotonic() + 2 * HUNG_S, dict[str, Any]()
    while time.monotonic() < end:
        try:
            came, said = readiness(address)
        except OSError:  # It does not listen yet.
            came = 0
        if came == status and (not state or state in states(said)):
            break
        time.sleep(LOOK_S)
    return said


def _copy(store: Path, to: Path) -> None:
    """The store as it is at this moment, while others write to it."""
    with (
        closing(sqlite3.connect(store)) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)


def _ids(settings: Settings) -> set[str]:
    ids: set[str] = set()
    for name in registry.SERVICES:
        with store_of(settings, name) as store:
            ids |= set(store.log.ids(list(range(1, store.log.head() + 1))).values())
    return ids


def _xfh(stage: Stage, *words: object, **environment: str) -> tuple[int, str]:
    """Its exit code and what it said."""
    command = [sys.executable, "-m", "services.xfh.cli", *map(str, words)]
    env = {**stage.environment, **environment}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=COMMAND_S
    )
    return done.returncode, done.stdout + done.stderr
