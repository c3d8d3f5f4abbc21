"""`xfh log seal` and `xfh log verify`: where somebody has had a hand in a log is told."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from services.kit.config import Settings
from services.xfh import registry
from tests.integration.cli.conftest import Xfh
from tests.integration.test_story import Network

OF_AN_INDEX = (2, 10)  # How its pages begin, as SQLite's file format says.


@pytest.fixture
def lived(settings: Settings, xfh: Xfh) -> Settings:
    """Something has happened in every log that matters here, and is sealed."""
    network = Network(settings.data)
    network.open_activity(2)
    network.settle()
    network.bus.stop()
    assert xfh("log", "seal").code == 0
    return settings


def hand(settings: Settings, service: str, sql: str) -> None:
    connection = sqlite3.connect(settings.data / f"{service}.sqlite")
    with connection:
        connection.execute(sql)
    connection.close()


def test_logs_that_nobody_has_touched_are_as_they_were(
    lived: Settings, xfh: Xfh
) -> None:
    ran = xfh("log", "verify")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.split("：")[0] for line in lines] == list(registry.SERVICES)
    assert all(line.endswith("全部相符") for line in lines)


def test_sealed_again_with_nothing_new_there_is_nothing_to_seal(
    lived: Settings, xfh: Xfh
) -> None:
    xfh("log", "seal")
    assert "activities：新增 0 份封条" in xfh("log", "seal").out


@pytest.mark.parametrize("service", ["activities", "branches"])
def test_a_hand_in_any_log_is_told_and_ends_with_1(
    lived: Settings, xfh: Xfh, service: str
) -> None:
    change = "json_replace(event, '$.data.title', '别的', '$.actor', 'R9')"
    hand(lived, service, f"UPDATE log SET event = {change} WHERE seq = 2")
    for named in ((), (service,)):
        ran = xfh("log", "verify", *named)
        assert ran.code == 1
        assert re.match(rf"{service}：第 1 到 \d+ 个事件里有改动", ran.err)


def test_an_event_of_two_types_is_told(lived: Settings, xfh: Xfh) -> None:
    """Of a name that is said twice one reader takes the first, another the last."""
    twice = """'{"type":"another",' || substr(event, 2)"""
    hand(lived, "activities", f"UPDATE log SET event = {twice} WHERE seq = 2")
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert "activities：第 2 个事件被改动：查找它用的内容和它不符" in ran.err


@pytest.mark.parametrize("found_by", ["json_extract(event, '$.type')", "key", "stream"])
def test_an_event_that_is_as_it_was_and_not_found_any_more_is_told(
    lived: Settings, xfh: Xfh, found_by: str
) -> None:
    """By who follows, by who asks again, by who decides about it."""
    hide(settings=lived, service="activities", found_by=found_by)
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert "activities：查找事件用的索引和事件不符" in ran.err


def hide(settings: Settings, service: str, found_by: str) -> None:
    """One byte is another wherever an index says what the second event is found by."""
    file = settings.data / f"{service}.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ((size,),) = connection.execute("PRAGMA page_size")
    sql = f"SELECT {found_by} FROM log WHERE seq = 2"
    ((text,),) = connection.execute(sql)
    connection.close()
    was = text.encode()
    others = was[:-1] + bytes([was[-1] ^ 1])
    content = file.read_bytes()
    pages = [content[at : at + size] for at in range(0, len(content), size)]
    hidden = [
        page.replace(was, others) if page[0] in OF_AN_INDEX else page for page in pages
    ]
    assert hidden != pages
    file.write_bytes(b"".join(hidden))


def test_a_log_cut_off_is_told_by_the_log_that_keeps_its_seals(
    lived: Settings, xfh: Xfh
) -> None:
    hand(lived, "activities", "DELETE FROM log WHERE seq > 1")
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert "activities：日志只到第 1 个事件，封条到第" in ran.err


def test_seals_cut_off_are_told_by_the_seals_of_who_keeps_them(
    lived: Settings, xfh: Xfh
) -> None:
    hand(lived, "people", "DELETE FROM log WHERE seq > 2")
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert "people：日志只到第 2 个事件，封条到第" in ran.err


def test_an_end_that_had_no_seal_yet_is_missed_by_who_had_followed_it(
    settings: Settings, xfh: Xfh
) -> None:
    network = Network(settings.data)
    network.open_activity(2)
    network.settle()
    network.bus.stop()
    hand(settings, "activities", "DELETE FROM log WHERE seq > 1")
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert re.search(r"activities：第 \d+ 个事件不是 \w+ 跟随过的那个", ran.err)


def test_what_was_printed_is_found_among_the_seals(lived: Settings, xfh: Xfh) -> None:
    last = json.loads(_last_seal(xfh))
    connection = sqlite3.connect(lived.data / "people.sqlite")
    [[short]] = connection.execute(
        "SELECT json_extract(doc, '$.short') FROM g1_seals ORDER BY json_extract(doc, '$.number') DESC LIMIT 1"
    ).fetchall()
    connection.close()
    ran = xfh("log", "verify", "--seal", short)
    assert ran.code == 0
    assert f"纸上的 {short} 是第 {last['data']['number']} 份封条" in ran.out
    for other in ("0000-0000-0000-0000", ""):
        ran = xfh("log", "verify", "--seal", other)
        assert ran.code == 1
        assert f"people 的封条里没有纸上的 {other}" in ran.err


def _last_seal(xfh: Xfh) -> str:
    head = xfh("log", "tail", "people", "-n", 1).out.split()[0]
    return xfh("log", "show", "people", head).out


def test_a_restored_backup_is_as_it_was_sealed_and_is_sealed_on(
    lived: Settings,
    xfh: Xfh,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("backups") / "today"
    assert xfh("backup", folder).code == 0
    monkeypatch.setenv("XFH_DATA", str(tmp_path_factory.mktemp("elsewhere")))
    assert xfh("restore", folder).code == 0
    for _ in range(2):
        ran = xfh("log", "verify")
        assert (ran.code, ran.err) == (0, "")
        xfh("log", "seal")


def test_an_older_export_brought_in_is_told_to_be_too_short(
    lived: Settings, xfh: Xfh, tmp_path: Path
) -> None:
    export = tmp_path / "activities.jsonl"
    xfh("log", "export", "activities", "--to", export)
    everything = export.read_bytes().splitlines(keepends=True)
    for path in lived.data.glob("activities.sqlite*"):
        path.unlink()
    export.write_bytes(b"".join(everything[:-1]))
    assert xfh("log", "import", "activities", export).code == 0
    ran = xfh("log", "verify", "activities")
    assert ran.code == 1
    assert "后面的被截掉了" in ran.err
    export.write_bytes(b"".join(everything))
    assert xfh("log", "import", "activities", export).code == 0
    assert xfh("log", "verify", "activities").code == 0
