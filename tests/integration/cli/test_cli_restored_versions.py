"""A backup of another version: services that came later begin empty, and one that is not known here is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.kit.config import Settings
from services.xfh.commands.network import store_of
from tests.integration.cli.conftest import Xfh, log_of, restored
from tests.integration.test_story import Network

LATER = ("grids", "people")


def manifest_of(backup: Path) -> Any:
    return json.loads((backup / "manifest.json").read_text())


def rewrite(backup: Path, manifest: Any) -> None:
    (backup / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture
def older(made: Path) -> Path:
    """As it was made before there were the services that came later."""
    manifest = manifest_of(made)
    for name in LATER:
        for path in made.rglob(f"{name}*.jsonl"):
            path.unlink()
            manifest["sums"].pop(str(path.relative_to(made)), None)
        for done in (manifest["heads"], *manifest["done"].values()):
            done.pop(name, None)
        del manifest["done"][name]
    rewrite(made, manifest)
    return made


def test_a_backup_from_before_a_service_was_there_is_restored_without_it(
    network: Network,
    xfh: Xfh,
    older: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran = restored(xfh, monkeypatch, elsewhere, older)
    assert ran.code == 0, ran.err
    assert log_of(elsewhere, "activities") == log_of(network.settings, "activities")
    for name in LATER:
        with store_of(elsewhere, name) as store:
            assert store.log.head() == 0


def test_a_backup_with_a_service_of_a_later_version_is_refused_before_anything_is_done(
    xfh: Xfh, made: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = manifest_of(made)
    manifest["heads"]["lending"] = 3
    rewrite(made, manifest)
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, "备份里有 lending，这个版本没有" in ran.err) == (1, True)
    assert not list(elsewhere.data.iterdir())


@pytest.mark.parametrize(
    "said", ["[]", '"2"', '{"format": 2}', '{"format": [2]}', "{}"]
)
def test_what_is_no_manifest_is_no_backup(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
) -> None:
    (made / "manifest.json").write_text(said)
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, "manifest.json" in ran.err or "格式" in ran.err) == (1, True)
    assert not list(elsewhere.data.iterdir())
