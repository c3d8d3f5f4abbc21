"""`xfh backup` and `xfh restore`: whatever was acknowledged before a backup began is there again, and only that is."""

import itertools
import json
import random
import shutil
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from services.kit.config import Settings
from services.kit.errors import KeyReused
from services.kit.store import Store
from services.xfh.commands import backup as backing
from services.xfh.commands.network import store_of
from tests.integration.cli.conftest import SERVICES, WORDS, Xfh, lived, log_of, restored
from tests.integration.test_story import Network, resident


def texts(settings: Settings, store: Store) -> set[str]:
    notes = backing.notes_of(settings, "cobuild", store)
    return {notes.text(kept["id"]) for kept in notes.kept()}


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


def test_a_backup_is_written_over_nothing(xfh: Xfh, made: Path) -> None:
    assert xfh("backup", made).code == 1


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
