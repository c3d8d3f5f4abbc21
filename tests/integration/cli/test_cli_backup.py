"""`xfh backup` and `xfh restore`: whatever was acknowledged before a backup began is there again, and only that is."""

import itertools
import json
import random
import shutil
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import archive
from services.kit.errors import KeyReused
from services.kit.store import Store
from services.xfh.commands import backup as backing
from services.xfh.commands import restore as restoring
from services.xfh.commands.network import store_of
from tests.clocks import HUNG_S
from tests.contract.engines import event
from tests.examples.cobuild import COMMANDS
from tests.integration.cli.conftest import Xfh, log_of
from tests.integration.test_story import COMMUNITY, Network, resident

SERVICES = ("partners", "cobuild", "branches", "activities", "metrics", "notices")
WORDS = "门口的灯坏了"


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


def texts(settings: Settings, store: Store) -> set[str]:
    notes = backing.notes_of(settings, "cobuild", store)
    return {notes.text(kept["id"]) for kept in notes.kept()}


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


def test_what_is_restored_is_what_was_backed_up(
    network: Network,
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert ran.code == 0, ran.err
    assert "一致" in ran.out
    for service in SERVICES:
        there = log_of(elsewhere, service)
        assert there[: len(log_of(network.settings, service))] == log_of(
            network.settings, service
        )
    assert [event.type for event, _ in log_of(elsewhere, "notices")][
        -1
    ] == "sending_interrupted.v1"
    with store_of(elsewhere, "cobuild") as store:
        assert texts(elsewhere, store) == {WORDS}
    before = [log_of(elsewhere, service) for service in SERVICES]
    assert restored(xfh, monkeypatch, elsewhere, made).code == 0
    assert [log_of(elsewhere, service) for service in SERVICES] == before


def test_the_same_key_gets_its_first_answer_after_it_as_well(
    network: Network,
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {"party": [{"person": "R1", "relation": "self"}]}
    activity = log_of(network.settings, "activities")[0][0].data["activity"]
    before = network.ask(
        "activities", "sign_up", resident("R1"), "R1", activity=activity, **asked
    )
    restored(xfh, monkeypatch, elsewhere, made)
    again = Network(elsewhere.data)
    assert (
        again.ask(
            "activities", "sign_up", resident("R1"), "R1", activity=activity, **asked
        )
        == before
    )
    with pytest.raises(KeyReused):
        again.ask(
            "activities", "sign_up", resident("R1"), "R1", activity=activity, party=[]
        )
    again.bus.stop()


def test_a_backup_without_the_key_that_opens_its_words_says_so(
    network: Network, xfh: Xfh, made: Path
) -> None:
    keys = network.settings.keys
    (keys / "master.key").rename(keys.parent / "elsewhere.key")
    ran = xfh("backup", made.with_name("without"))
    kid = (keys.parent / "elsewhere.key").read_text().split()[0]
    assert (ran.code, f"没有主密钥 {kid}" in ran.err) == (0, True)
    assert not (keys / "master.key").exists()
    (keys.parent / "elsewhere.key").rename(keys / "master.key")
    assert "主密钥" not in xfh("backup", made.with_name("with")).err


def test_it_is_for_its_own_user_alone_and_words_and_keys_lie_apart(made: Path) -> None:
    for path in [made, *made.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    files = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    assert not any(WORDS.encode() in content for content in files.values())
    assert b'"sealed"' in files[made / "notes" / "cobuild.jsonl"]
    assert b'"wrapped"' in files[made / "keys" / "cobuild.data.jsonl"]
    assert {path.name for path in (made / "keys").iterdir()} >= {
        "door.key",
        "master.key",
        "activities.jsonl",
    }


def test_what_was_erased_since_does_not_come_back_with_the_notes_of_a_later_backup(
    network: Network,
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    need = next(
        event
        for event, _ in log_of(network.settings, "cobuild")
        if event.type.startswith("need_raised")
    )
    network.ask(
        "cobuild", "delete_need_words", resident("R0"), "erased", need=need.data["need"]
    )
    later = made.with_name("later")
    assert xfh("backup", later).code == 0
    ran = restored(xfh, monkeypatch, elsewhere, made, "--notes", later)
    assert ran.code == 0, ran.err
    with store_of(elsewhere, "cobuild") as store:
        assert store.keep.all("notes") == []
        assert store.log.head() == len(log_of(network.settings, "cobuild")) - 1


def test_a_note_of_an_event_after_the_cut_is_not_brought_back(
    xfh: Xfh, made: Path, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (made / "notes" / "cobuild.jsonl").open("a") as file:
        file.write(
            json.dumps(
                {"id": "n", "by": "R", "text": "之后写的", "event": "01ZZ", "salt": ""}
            )
            + "\n"
        )
        file.write(json.dumps({"id": "old", "by": "R", "text": "旧版本写的"}) + "\n")
    assert restored(xfh, monkeypatch, elsewhere, made).code == 0
    with store_of(elsewhere, "cobuild") as store:
        assert texts(elsewhere, store) == {WORDS, "旧版本写的"}
        assert "旧版本写的" not in str(store.keep.all("notes"))


def test_an_interrupted_backup_is_none_and_is_in_nobodys_way(
    network: Network,
    xfh: Xfh,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: Any,
) -> None:
    lived(network)
    folder = tmp_path_factory.mktemp("backups") / "today"
    write, seen = backing._write, itertools.count()
    for stop in itertools.count():
        left = itertools.count(stop, -1)

        def stopped(path: Path, parts: Any, left: Any = left) -> None:
            if next(left) == 0:
                path.write_bytes(b"half a li")
                raise KeyboardInterrupt
            write(path, parts)

        with monkeypatch.context() as injury:
            injury.setattr(backing, "_write", stopped)
            ran = xfh("backup", folder)
        if ran.code == 0:
            break
        next(seen)
        assert not folder.exists()
        assert (
            restored(xfh, monkeypatch, elsewhere, folder.with_name("today.part")).code
            == 1
        )
    assert next(seen) > len(SERVICES) * 3
    assert restored(xfh, monkeypatch, elsewhere, folder).code == 0


@pytest.mark.parametrize("seed", range(4))
def test_an_interrupted_restore_goes_on_where_it_was(
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
    network: Network,
    seed: int,
) -> None:
    monkeypatch.setattr(archive, "BATCH", 3)
    luck, append, runs = random.Random(seed), archive._append, 0

    def breaking(log: Any, lines: Any) -> None:
        if luck.random() < 0.3:
            raise KeyboardInterrupt
        append(log, lines)
        if luck.random() < 0.3:
            raise KeyboardInterrupt

    with monkeypatch.context() as injury:
        injury.setattr(archive, "_append", breaking)
        while (ran := restored(xfh, monkeypatch, elsewhere, made)).code:
            assert "已中断" in ran.err
            runs += 1
    assert runs > 1
    for service in SERVICES:
        before = log_of(network.settings, service)
        assert log_of(elsewhere, service)[: len(before)] == before


def test_a_restore_interrupted_when_more_has_happened_goes_on_and_brings_back_nothing(
    network: Network,
    xfh: Xfh,
    made: Path,
    elsewhere: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was due is done before the figures are held against the logs."""
    (need,) = [
        one.data["need"] for one, _ in log_of(network.settings, "cobuild") if one.notes
    ]
    settle = restoring.settle

    def stopped(bus: LocalBus) -> None:
        settle(bus)
        bus.call(
            "cobuild", "delete_need_words", {"need": need},
            actor=resident("R0"), key="erased", deadline=Deadline.after(HUNG_S),
        )  # fmt: skip
        raise KeyboardInterrupt

    with monkeypatch.context() as injury:
        injury.setattr(restoring, "settle", stopped)
        assert "已中断" in restored(xfh, monkeypatch, elsewhere, made).err
    before = len(log_of(elsewhere, "cobuild"))
    assert before > len(log_of(network.settings, "cobuild"))
    other = made.with_name("other")
    assert xfh("backup", other).code == 0
    ran = restored(xfh, monkeypatch, elsewhere, other)
    assert (ran.code, "请恢复到空的地方" in ran.err) == (1, True), ran.err
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert ran.code == 0, ran.err
    with store_of(elsewhere, "cobuild") as store:
        assert (store.log.head(), store.keep.all("notes")) == (before, [])
    ran = restored(xfh, monkeypatch, elsewhere, made)
    assert (ran.code, "请恢复到空的地方" in ran.err) == (1, True), ran.err


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


def test_a_backup_is_written_over_nothing(xfh: Xfh, made: Path) -> None:
    assert xfh("backup", made).code == 1


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


def test_backups_taken_in_a_storm_are_whole(
    network: Network, xfh: Xfh, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any
) -> None:
    """Whatever was acknowledged before one began is in it, and nothing in it rests on what is not."""
    activity, over, acknowledged = network.open_activity(5_000), threading.Event(), []

    def storm(number: int) -> None:
        for turn in itertools.count():
            if over.is_set():
                return
            person = f"S{number}-{turn}"
            asked = {
                "activity": activity,
                "party": [{"person": person, "relation": "self"}],
            }
            told = network.ask(
                "activities", "sign_up", resident(person), person, **asked
            )
            acknowledged.append(told["event"]["id"])

    callers = [threading.Thread(target=storm, args=(number,)) for number in range(3)]
    for caller in callers:
        caller.start()
    backups, folder, luck = [], tmp_path_factory.mktemp("backups"), random.Random(7)
    for number in range(3):
        time.sleep(luck.random() / 2)
        before = list(acknowledged)
        assert xfh("backup", folder / str(number)).code == 0
        backups.append((folder / str(number), before))
    over.set()
    for caller in callers:
        caller.join()
    for made, before in backups:
        there = tmp_path_factory.mktemp("elsewhere")
        place = Settings(data=there, store=f"sqlite:{there}")
        ran = restored(xfh, monkeypatch, place, made)
        assert ran.code == 0, ran.err
        assert {event.id for event, _ in log_of(place, "activities")} >= set(before)
        shutil.rmtree(there)
