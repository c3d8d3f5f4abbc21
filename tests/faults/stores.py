"""The store of one service, or of all, locked, unwritable or full."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.nodes import NotHere
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms

SIZE = 48 * 2**20
FULL_TOO = (429, 503, 504, 507)


@scenario(
    "store-locked",
    "another process keeps the store of activities locked for five seconds",
)
def locked(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=10))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        holder = sqlite3.connect(
            ground.folder / "activities.sqlite", isolation_level=None
        )
        holder.execute("BEGIN EXCLUSIVE")
        stage.at(7)
        holder.execute("ROLLBACK")
        holder.close()


@scenario("store-read-only", "the store of activities takes no writes for four seconds")
def read_only(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=10))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        with _immutable(
            [
                ground.folder / "activities.sqlite",
                ground.folder / "activities.sqlite-wal",
            ]
        ):
            stage.at(6)


@scenario("disk-full", "the disk all stores are on is full for four seconds")
def disk_full(ground: Ground) -> None:
    disk = ground.folder / "disk"
    terms = Terms(load=Load(seconds=10, again=FULL_TOO), store=f"sqlite:{disk}")
    with _small_disk(disk), ground.under_load(terms=terms) as stage:
        stage.must_be_felt = True
        stage.at(2)
        filler = _fill(disk)
        stage.at(6)
        filler.unlink()


@scenario(
    "files-too-long", "the files of activities may grow no longer for four seconds"
)
def too_long(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=10, again=FULL_TOO))) as stage:
        stage.must_be_felt = True
        stage.at(2)
        with _no_longer(stage, "activities"):
            stage.at(6)


@contextmanager
def _immutable(files: list[Path]) -> Iterator[None]:
    """Nobody may write to the files, not even root or who has them open. Raises `NotHere` where that cannot be."""
    if subprocess.run(
        ["chattr", "+i", *files], capture_output=True, check=False
    ).returncode:
        raise NotHere(
            "files cannot be made immutable: chattr +i needs root and ext4, xfs or btrfs"
        )
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], capture_output=True, check=True)


@contextmanager
def _small_disk(at: Path) -> Iterator[None]:
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "xfh-faults", str(at)]
    if (
        os.geteuid()
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        raise NotHere("a small disk cannot be mounted: that needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], capture_output=True, check=True)


def _fill(disk: Path) -> Path:
    """Writes until there is no room left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


@contextmanager
def _no_longer(stage: Stage, part: str) -> Iterator[None]:
    pid = stage.platform.parts()[part]
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
