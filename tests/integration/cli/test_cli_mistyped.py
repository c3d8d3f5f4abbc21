"""Whoever only reads makes nothing: where no platform is, that is said."""

from pathlib import Path

import pytest

from services.kit.config import Settings
from services.xfh.commands.network import catch_up, opened
from tests.integration.cli.conftest import Xfh

READING = [
    "log tail activities", "log show activities 1", "log export activities", "log export activities --to {out}",
    "reconcile", "reconcile --reports", "followers", "followers --json", "followers retry metrics activities",
    "followers set-aside metrics activities 3 --reason 试", "rebuild metrics", "divisions end 510108002001 2026-12-31",
    "divisions withdraw 510108002001", "import units {sheet}",
    "token --actor P1 --role resident", "backup {out}", "log seal", "log verify", "keys rotate", "keys new-master",
    "keys wrap",
]  # fmt: skip


@pytest.mark.parametrize("typed", READING)
@pytest.mark.parametrize("there", [True, False], ids=["another folder", "no folder"])
def test_a_mistyped_folder_is_an_error_and_nothing_is_made(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, there: bool
) -> None:
    wrong = tmp_path / "wrong"
    if there:
        wrong.mkdir(0o755)
    monkeypatch.setenv("XFH_DATA", str(wrong))
    (tmp_path / "units.csv").write_text("单位名称\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    ran = xfh(
        *typed.format(out=tmp_path / "out.jsonl", sheet=tmp_path / "units.csv").split()
    )
    assert (ran.code, ran.out) == (2, "")
    assert "XFH_DATA" in ran.err
    assert str(wrong) in ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_log_that_is_not_there_to_be_brought_in_makes_nothing(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XFH_DATA", str(tmp_path / "new"))
    assert xfh("log", "import", "activities", tmp_path / "nowhere.jsonl").code == 1
    assert not (tmp_path / "new").exists()


def test_a_file_in_place_of_the_folder_is_an_error(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XFH_DATA", str(tmp_path / "file"))
    assert xfh("log", "tail", "activities").code == 2


def test_a_mistyped_store_is_an_error_beside_the_right_folder(
    xfh: Xfh, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xfh("divisions", "load").code == 0
    monkeypatch.setenv("XFH_STORE", f"sqlite:{settings.data / 'wrong'}")
    ran = xfh("followers")
    assert (ran.code, "XFH_STORE" in ran.err) == (2, True)
    assert not (settings.data / "wrong").exists()


def test_a_service_whose_file_is_gone_is_named_and_not_made_anew(
    xfh: Xfh, settings: Settings
) -> None:
    assert xfh("divisions", "load").code == 0
    (settings.data / "metrics.sqlite").unlink()
    ran = xfh("reconcile")
    assert (ran.code, "metrics" in ran.err) == (2, True)
    assert not (settings.data / "metrics.sqlite").exists()


def test_a_service_that_came_with_this_version_is_made_when_others_are_rebuilt(
    xfh: Xfh, settings: Settings
) -> None:
    assert xfh("divisions", "load").code == 0
    (settings.data / "people.sqlite").unlink()
    assert xfh("rebuild", "activities").code == 0
    assert xfh("reconcile").code == 0


def test_a_log_that_others_have_read_is_missed(xfh: Xfh, settings: Settings) -> None:
    assert xfh("divisions", "load").code == 0
    with opened(settings) as bus:
        catch_up(bus.hosts["activities"])
    (settings.data / "branches.sqlite").unlink()
    ran = xfh("rebuild", "activities")
    assert (ran.code, "branches" in ran.err) == (2, True)
