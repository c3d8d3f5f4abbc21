"""The MongoDB the tests run on: one that is named, or the small one in `tests/mongowire`, or, said aloud, a double."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from tests.clocks import HUNG_S

SOURCES = Path(__file__).parent / "mongowire"
PROGRAM = Path(__file__).parents[1] / "build" / "mongowire"
# FerretDB 1.24 looks a document up by `_id` when that is a text and nothing else is asked of it, but goes through the
# whole collection for a guarded update and for a number, which is what the engine asks. It checks what the lookup
# finds, so that it may be used always.
LOOKUP = "vendor/github.com/FerretDB/FerretDB/internal/backends/sqlite/collection.go"
ALWAYS = {
    "if params.Filter.Len() == 1 {": "if params.Filter != nil {",
    "case string, types.ObjectID:": "case string, types.ObjectID, int32, int64:",
}
# Without their paths, what was compiled once is not compiled again from another folder; without what only debuggers and
# another backend need, it takes less.
LEAN = ("-trimpath", "-tags=ferretdb_no_postgresql", "-gcflags=all=-dwarf=false", "-ldflags=-s -w")  # fmt: skip
BUILT_S = 600.0
NOTICE = "MongoDB: 没有 XFH_MONGO_TEST_URI，也没有 go；引擎只在 mongomock 上试过，端到端没有试"


@contextmanager
def server() -> Iterator[str | None]:
    """The URL of a MongoDB for one run of the tests; None when only a double can be had."""
    given = os.environ.get("XFH_MONGO_TEST_URI")
    if given:
        yield given
        return
    if shutil.which("go") is None:
        yield None
        return
    _build()
    with tempfile.TemporaryDirectory(prefix="xfh-mongowire-") as folder:
        process = subprocess.Popen(
            [PROGRAM, "-dir", folder], stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError("mongowire did not start")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=HUNG_S)
            if process.stdout is not None:
                process.stdout.close()


def _build() -> None:
    """Builds the server when its sources are newer; about a minute and a half the first time on a machine."""
    PROGRAM.parent.mkdir(exist_ok=True)
    with PROGRAM.with_suffix(".lock").open(
        "w"
    ) as lock:  # Who else needs it waits for it.
        flock(lock, LOCK_EX)
        _build_alone()


def _build_alone() -> None:
    newest = max(
        source.stat().st_mtime for source in (*SOURCES.iterdir(), Path(__file__))
    )
    if PROGRAM.exists() and PROGRAM.stat().st_mtime > newest:
        return
    with tempfile.TemporaryDirectory(prefix="xfh-mongowire-") as folder:
        sources = shutil.copytree(SOURCES, Path(folder) / "sources")
        _go(sources, "mod", "vendor")
        _look_up_always(sources / LOOKUP)
        _go(sources, "build", *LEAN, "-mod=vendor", "-o", str(PROGRAM), ".")


def _look_up_always(source: Path) -> None:
    told = source.read_text()
    for before, after in ALWAYS.items():
        if before not in told:
            raise RuntimeError(f"FerretDB looks documents up otherwise now: {source}")
        told = told.replace(before, after)
    source.write_text(told)


def _go(sources: Path, *command: str) -> None:
    done = subprocess.run(
        ["go", *command],
        cwd=sources,
        capture_output=True,
        text=True,
        timeout=BUILT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"mongowire cannot be built:\n{done.stderr}")
