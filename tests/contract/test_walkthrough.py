"""`docs/adding-a-service.md`, executed: the service it adds works on both buses, over HTTP, and on an old log."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clocks import HUNG_S
from tests.contract import walkthrough

ROOT = Path(__file__).parents[2]
COPIED = (
    "schemas",
    "services",
    "gateway",
    "pyproject.toml",
    "docker-compose.yml",
    "deploy",
    "tests/clocks.py",
)
STAGES = walkthrough.stages(
    (ROOT / "docs" / "adding-a-service.md").read_text(encoding="utf-8")
)
TOLD = {
    "lent": "book_lent.v2",
    "again": "cannot_borrow",
    "worn": "cannot_withdraw",
    "returned": "shelved",
    "withdrawn": "withdrawn",
}


def sources(root: Path, stages: int) -> Path:
    """A copy of the sources as they are after so many sections of the document."""
    for name in COPIED:
        whole = ROOT / name
        if whole.is_dir():
            shutil.copytree(
                whole, root / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(whole, root / name)
    for block in (block for stage in STAGES[:stages] for block in stage):
        block.apply(root)
    return root


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources(tmp_path_factory.mktemp("first") / "sources", 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sources(tmp_path_factory.mktemp("whole") / "sources", len(STAGES))


def environment(sources: Path, data: Path, bus: str = "local:") -> dict[str, str]:
    own = {
        "XFH_BUS": bus,
        "XFH_DATA": str(data),
        "XFH_STORE": f"sqlite:{data}",
        "XFH_LOG_LEVEL": "ERROR",
    }
    return {
        **os.environ,
        **own,
        "PYTHONPATH": str(sources),
        "XFH_CLOCK_FILE": str(data / "clock"),
    }


def told(story: str, sources: Path, data: Path, bus: str = "local:") -> Any:
    """What the story says when it is played with these sources."""
    command = [sys.executable, "-P", walkthrough.__file__, story]
    done = subprocess.run(
        command,
        env=environment(sources, data, bus),
        cwd=sources,
        capture_output=True,
        timeout=HUNG_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@contextmanager
def served(name: str, sources: Path, data: Path, url: str) -> Iterator[None]:
    """The service in a nameko process of its own."""
    command = [sys.executable, "-m", "services.xfh.serve", name]
    process = subprocess.Popen(
        command, env=environment(sources, data, url), cwd=sources
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            assert process.wait(timeout=HUNG_S) == 0
        finally:
            process.kill()


def test_it_has_a_service_an_event_and_a_second_version() -> None:
    assert [len(stage) > 1 for stage in STAGES] == [True, True, True]


def test_the_service_works_in_one_process(whole: Path, tmp_path: Path) -> None:
    assert told("use", whole, tmp_path) == TOLD


def test_the_service_works_on_rabbitmq(
    whole: Path, tmp_path: Path, rabbitmq: str
) -> None:
    with ExitStack() as running:
        for name in ("branches", "library"):
            running.enter_context(served(name, whole, tmp_path, rabbitmq))
        assert told("use", whole, tmp_path, rabbitmq) == TOLD


def test_the_service_works_over_http(whole: Path, tmp_path: Path) -> None:
    answer = told("over_http", whole, tmp_path)
    assert (answer["status"], answer["wrong"]) == (200, 422)
    assert (answer["document"]["state_text"], "borrower" in answer["document"]) == (
        "已借出",
        False,
    )


def test_a_log_written_with_the_first_version_is_still_folded(
    first: Path, whole: Path, tmp_path: Path
) -> None:
    old = told("lend", first, tmp_path)
    assert old["lent"] == "book_lent.v1"
    assert told("lend", whole, tmp_path)["lent"] == "book_lent.v2"
    before = told("books", whole, tmp_path)
    assert [(book["state"], book["id"] == old["book"]) for book in before] == [
        ("lent", True),
        ("lent", False),
    ]
    assert told("replay", whole, tmp_path) > len(before)
    assert told("books", whole, tmp_path) == before


@pytest.mark.parametrize("stages", range(1, len(STAGES) + 1))
def test_every_section_leaves_sources_that_pass_the_checks(
    stages: int, tmp_path: Path
) -> None:
    root = sources(tmp_path / "sources", stages)
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        written = [
            "schemas/library.py",
            "services/library",
            "services/xfh/registry.py",
            "gateway/api",
        ]
        checked = subprocess.run(
            [Path(sys.executable).with_name(command[0]), *command[1:], "--no-cache", *written],
            cwd=root, capture_output=True, timeout=HUNG_S, check=False,
        )  # fmt: skip
        assert checked.returncode == 0, checked.stdout.decode()


def test_the_imports_are_as_they_should_be(whole: Path, tmp_path: Path) -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [lint, "--no-cache"], cwd=whole, env=environment(whole, tmp_path), capture_output=True, timeout=HUNG_S,
        check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout.decode()


def test_the_cluster_runs_it_and_the_gateway_waits_for_it(whole: Path) -> None:
    parts = yaml.safe_load((whole / "docker-compose.yml").read_text(encoding="utf-8"))[
        "services"
    ]
    assert parts["library"]["command"] == ["xfh", "serve", "library"]
    assert parts["library"]["healthcheck"]["test"][-1] == "library"
    assert "library" in parts["gateway"]["depends_on"]
