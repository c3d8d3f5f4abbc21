"""`xfh log export` and `import`: a log goes from place to place whole, or not at all."""

import errno
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.config import Settings
from services.kit.engine import archive
from services.xfh.commands import logs
from tests.integration.cli.conftest import Xfh, log_of
from tests.integration.test_story import Network


@pytest.fixture
def exported(
    network: Network, xfh: Xfh, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = Path(tmp_path_factory.mktemp("exported") / "branches.jsonl")
    assert xfh("log", "export", "branches", "--to", file).code == 0
    return file


def test_an_exported_log_can_be_brought_in_again(
    network: Network,
    xfh: Xfh,
    exported: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XFH_DATA", str(elsewhere.data))
    events = len(log_of(network.settings, "branches"))
    assert (
        xfh("log", "import", "branches", exported).out
        == f"已导入 branches：新增 {events} 个事件，共 {events} 个\n"
    )
    assert (
        xfh("log", "import", "branches", exported).out
        == f"已导入 branches：新增 0 个事件，共 {events} 个\n"
    )
    assert log_of(elsewhere, "branches") == log_of(network.settings, "branches")
    assert xfh("log", "import", "activities", exported).code == 1
    lines = exported.read_text().splitlines()
    for wrong, said in (
        (lines[:-1], "文件里只有"), ([*lines, lines[-1]], "中间少了"), ([*lines, "half a li"], "不是完整的事件"),
        ([lines[0].replace('"id":"', '"id":"X'), *lines[1:]], "另外的第 1 个事件"),
    ):  # fmt: skip
        exported.write_text("\n".join(wrong) + "\n")
        ran = xfh("log", "import", "branches", exported)
        assert (ran.code, said in ran.err) == (1, True), ran.err
    assert log_of(elsewhere, "branches") == log_of(network.settings, "branches")


def test_an_export_that_is_not_whole_is_refused_before_anything_of_it_is_in_the_log(
    xfh: Xfh, exported: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XFH_DATA", str(elsewhere.data))
    monkeypatch.setattr(archive, "BATCH", 3)
    whole = exported.read_bytes()
    lines = whole.splitlines(keepends=True)
    for broken in (whole[:-9], b"".join(lines[:-2] + lines[-1:])):
        exported.write_bytes(broken)
        assert xfh("log", "import", "branches", exported).code == 1
        assert log_of(elsewhere, "branches") == []
    exported.write_bytes(whole)
    assert xfh("log", "import", "branches", exported).code == 0


def changed(line: bytes, **said: Any) -> bytes:
    return json.dumps(json.loads(line) | said).encode() + b"\n"


def test_a_log_that_could_not_have_come_about_is_refused_by_line_and_nothing_made(
    xfh: Xfh, exported: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XFH_DATA", str(elsewhere.data))
    monkeypatch.setattr(archive, "BATCH", 3)
    lines = exported.read_bytes().splitlines(keepends=True)
    told = [json.loads(line) for line in lines]
    last, number = len(lines) - 1, len(lines)
    version = told[last]["streamversion"]
    for said, words in (
        ({"streamversion": version + 1}, f"应为第 {version} 个"),
        ({"subject": told[0]["subject"], "streamversion": 1}, "应为第 2 个"),
        ({"subject": "division/none", "streamversion": 2}, "应为第 1 个"),
        ({"id": told[0]["id"]}, "和第 1 行的编号（id）相同"),
        ({"key": told[0]["key"]}, "和第 1 行由同一个请求产生"),
    ):
        exported.write_bytes(b"".join([*lines[:last], changed(lines[last], **said)]))
        ran = xfh("log", "import", "branches", exported)
        assert (ran.code, f"第 {number} 行" in ran.err) == (1, True), ran.err
        assert words in ran.err
        assert list(elsewhere.data.iterdir()) == []


def test_an_interrupted_export_leaves_what_was_there(
    network: Network, xfh: Xfh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "branches.jsonl"
    file.write_text("of yesterday")

    def stopped(*about: object) -> Iterator[bytes]:
        yield b"half a li"
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(logs, "lines", stopped)
    ran = xfh("log", "export", "branches", "--to", file)
    assert (ran.code, "磁盘已满，没有做完" in ran.err) == (1, True)
    assert file.read_text() == "of yesterday"
