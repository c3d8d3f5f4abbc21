"""Files with secrets or with what people wrote are for the platform's own user alone."""

import argparse
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.private import private_file, private_folder
from services.kit.store import Store, open_store
from services.kit.views import Collection
from services.xfh.commands import logs


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """As where others may read whatever a program does not keep from them."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def noted(folder: Path) -> Store:
    store = open_store(f"sqlite:{folder}", "letters", [Collection("letters")])
    store.keep.put("notes", "N1", {"id": "N1", "text": "一句话"})
    return store


def modes(folder: Path) -> dict[str, str]:
    return {path.name: mode(path) for path in [folder, *folder.iterdir()]}


def test_a_store_is_made_for_its_own_user_alone(tmp_path: Path) -> None:
    store = noted(tmp_path / "var")
    found = modes(tmp_path / "var")
    store.close()
    assert found == {
        "var": "700", "letters.sqlite": "600", "letters.sqlite-wal": "600", "letters.sqlite-shm": "600",
    }  # fmt: skip


def test_a_store_of_a_version_before_is_mended_when_it_is_opened(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    reader = sqlite3.connect(folder / "letters.sqlite")
    reader.execute("PRAGMA journal_mode=WAL")
    reader.execute("CREATE TABLE other (id TEXT)")
    assert modes(folder)["letters.sqlite-wal"] == "644"
    store = noted(folder)
    found = modes(folder)
    store.close()
    reader.close()
    assert set(found.values()) == {"700", "600"}


def test_keys_are_made_and_mended_so_as_well(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "var")
    tokens.public_key(settings)
    settings.door_key()
    assert set(modes(settings.keys).values()) == {"700", "600"}
    (settings.keys / "door.key").chmod(0o644)
    settings.door_key()
    assert mode(settings.keys / "door.key") == "600"


def test_an_exported_log_is_for_whoever_exported_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    target = tmp_path / "log.jsonl"
    target.touch(0o644)
    open_store(settings.store, "partners", []).close()
    assert (
        logs.export(
            settings, argparse.Namespace(service="partners", to=target, after=0)
        )
        == 0
    )
    assert mode(target) == "600"


def test_what_is_shared_by_all_and_what_is_no_file_is_left_alone(
    tmp_path: Path,
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    private_folder(shared)
    assert mode(shared) == "777"
    before = mode(Path(os.devnull))
    private_file(Path(os.devnull))
    assert mode(Path(os.devnull)) == before


def test_a_folder_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "letter.txt").touch()
    private_folder(home)
    assert mode(home) == "755"
