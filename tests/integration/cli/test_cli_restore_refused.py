"""What is not restored, or not there: backups that are not whole, and places where something is already."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.kit.config import Settings
from services.xfh.commands.network import store_of
from tests.contract.engines import event
from tests.integration.cli.conftest import SERVICES, Xfh, log_of, restored
from tests.integration.test_story import Network


@pytest.mark.parametrize(
    "name",
    ["logs/activities.jsonl", "keys/door.key", "manifest.json", "logs/branches.jsonl"],
)
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "shorter"])
def test_of_a_backup_that_is_not_whole_nothing_is_restored(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    gone: bool,
) -> None:
    if gone:
        (made / name).unlink()
    else:
        (made / name).write_bytes((made / name).read_bytes()[:-9])
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert ran.code == 1
    assert not list(elsewhere.data.iterdir())


@pytest.mark.parametrize("line", ["half a li", "[1]", '{"id": "n"}', '{"by": "R"}'])
@pytest.mark.parametrize("name", ["notes/cobuild.jsonl", "keys/cobuild.data.jsonl"])
def test_a_line_that_is_not_whole_is_named_before_anything_is_restored(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    line: str,
) -> None:
    """They have no sums, for lines are taken out of them by hand."""
    whole = (made / name).read_text()
    (made / name).write_text(f"{whole}\n{line}")
    number = len(whole.splitlines()) + 2
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, f"{name} 第 {number} 行不完整" in ran.err) == (1, True), ran.err
    assert not list(elsewhere.data.iterdir())
    (made / name).write_text(f"\n{whole}\n")
    assert restored(xfh, monkeypatch, elsewhere, made).code == 0


def test_a_folder_among_the_keys_is_named_before_anything_is_restored(
    xfh: Xfh, made: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "keys" / "old").mkdir()
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, "keys/old 应为文件" in ran.err) == (1, True), ran.err
    assert not list(elsewhere.data.iterdir())


def files_in(folder: Path) -> dict[Path, bytes]:
    """But for what SQLite keeps beside a file while it is open."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    beside = ("-wal", "-shm")
    return {path: path.read_bytes() for path in files if path.name[-4:] not in beside}


def lengthened(place: Settings) -> None:
    with store_of(place, "notices") as store:
        store.log.append([event(seq) for seq in range(1, 99)])


def of_another_log(place: Settings) -> None:
    with store_of(place, "branches") as store:
        store.log.append([event(1)])


def with_its_own_secret(place: Settings) -> None:
    with store_of(place, "activities") as store:
        store.keep.put("secrets", "log", {"id": "log", "secret": "00"})


@pytest.mark.parametrize(
    ("disturb", "says"),
    [
        (lengthened, "已有 notices 的数据"),
        (of_another_log, "已有 branches 的数据"),
        (with_its_own_secret, "activities 已有自己的密钥"),
    ],
)
def test_where_something_is_already_nothing_is_made(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    disturb: Callable[[Settings], None],
    says: str,
) -> None:
    disturb(elsewhere)
    before = files_in(elsewhere.data)
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, says in ran.err) == (1, True), ran.err
    assert files_in(elsewhere.data) == before


def test_nothing_is_restored_into_the_backup_itself(
    xfh: Xfh, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_in(made)
    for name in (made, made / ".." / made.name):
        place = Settings(data=name, store=f"sqlite:{name}")
        ran = restored(xfh, monkeypatch, place, made)
        assert (ran.code, "是备份本身" in ran.err) == (1, True), ran.err
        assert files_in(made) == before


def test_nothing_is_restored_over_what_is_there(
    network: Network, xfh: Xfh, made: Path
) -> None:
    network.open_activity(3)
    before = [len(log_of(network.settings, service)) for service in SERVICES]
    ran = xfh("restore", made)
    assert (ran.code, "请恢复到空的地方" in ran.err) == (1, True)
    assert [len(log_of(network.settings, service)) for service in SERVICES] == before


def test_no_key_is_restored_beside_another_of_the_platform(
    xfh: Xfh, made: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("door.key", "way.key"):
        elsewhere.keys.mkdir(exist_ok=True)
        (elsewhere.keys / name).write_bytes(b"another")
        ran = restored(xfh, monkeypatch, elsewhere, made)
        assert (ran.code, f"{name} 是另一个密钥" in ran.err) == (1, True), ran.err
        assert [path.name for path in elsewhere.keys.iterdir()] == [name]
        (elsewhere.keys / name).unlink()
