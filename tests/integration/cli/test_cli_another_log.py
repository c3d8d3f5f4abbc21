"""A store put back from yesterday, or lost, is noticed by whoever follows it, said, and never overtaken in silence."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import OPERATOR, SYSTEM
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import host, witness
from services.kit.engine.log_calls import FETCH_S
from services.kit.engine.witness import SEEN
from services.kit.errors import DeadlinePassed, Unavailable
from services.xfh.commands import followers
from services.xfh.commands.network import opened
from tests import toy
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh

pytestmark = pytest.mark.usefixtures("toys", "nothing_up")


@pytest.fixture
def nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "troubles", lambda settings: [])


def add(bus: LocalBus, *amounts: int) -> None:
    for amount in amounts:
        payload = {"to": "a", "amount": amount}
        bus.call(
            "adder",
            "add",
            payload,
            actor=OPERATOR,
            deadline=Deadline.after(HUNG_S),
            key=f"k{amount}",
        )


def follow(bus: LocalBus) -> Any:
    """Where echo stands after it has looked."""
    follower = bus.hosts["echo"].followers["adder"]
    follower.catch_up()
    return bus.hosts["echo"].store.views.cursor("adder"), (follower.parked() or {}).get(
        "kind"
    )


def sums(bus: LocalBus) -> list[int]:
    docs = [bus.hosts[name].store.views.get("sums", "a") for name in ("adder", "echo")]
    return [doc["sum"] for doc in docs if doc]


def echoed(bus: LocalBus) -> list[int]:
    return [event.data["amount"] for event in bus.hosts["echo"].store.log.read(0, 100)]


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Echo has followed five events of the adder; `yesterday` has the store of the adder with the first three."""
    with opened(settings) as bus:
        add(bus, 21, 22, 23)
        follow(bus)
    shutil.copy(settings.data / "adder.sqlite", settings.data / "yesterday")
    with opened(settings) as bus:
        add(bus, 24, 25)
        assert follow(bus) == (5, None)
    return settings.data


def put_back(folder: Path) -> None:
    shutil.copy(folder / "adder.sqlite", folder / "today")
    (folder / "adder.sqlite").unlink()
    shutil.copy(folder / "yesterday", folder / "adder.sqlite")


def test_a_log_that_has_become_shorter_parks_who_followed_it(
    settings: Settings, folder: Path
) -> None:
    put_back(folder)
    with opened(settings) as bus:
        assert follow(bus) == (5, "AnotherLog")
        [trouble] = [
            trouble
            for trouble in bus.hosts["echo"].troubles()
            if trouble["state"] == "another_log"
        ]
        assert (trouble["source"], trouble["sequence"]) == ("adder", 5)


def test_a_log_that_has_grown_beyond_the_cursor_again_is_still_another(
    settings: Settings, folder: Path
) -> None:
    put_back(folder)
    with opened(settings) as bus:
        add(bus, 26, 27, 28, 29)
        assert follow(bus) == (5, "AnotherLog")
        assert echoed(bus) == [21, 22, 23, 24, 25]


def test_a_log_that_was_lost_is_another(settings: Settings, folder: Path) -> None:
    (folder / "adder.sqlite").unlink()
    with opened(settings) as bus:
        assert follow(bus) == (5, "AnotherLog")
        add(bus, *range(31, 40))
        assert follow(bus) == (5, "AnotherLog")


def test_it_is_never_shown_as_nothing_behind(xfh: Xfh, folder: Path) -> None:
    """Even before anything has looked, as nothing is up."""
    put_back(folder)
    shown = xfh("followers")
    assert shown.code == 1
    assert "adder 的日志换过了：已跟到第 5 个事件，它已经没有了" in shown.out
    assert "xfh rebuild echo" in shown.out
    [standing] = json.loads(xfh("followers", "--json").out)
    assert (standing["lag"], standing["position"], standing["head"]) == (None, 5, 3)


def test_what_is_no_event_cannot_be_set_aside(
    xfh: Xfh, settings: Settings, folder: Path
) -> None:
    put_back(folder)
    with opened(settings) as bus:
        follow(bus)
    assert (
        xfh("followers", "set-aside", "echo", "adder", 5, "--reason", "演练").code == 1
    )


def test_it_goes_on_once_the_right_store_is_there_again(
    settings: Settings, folder: Path
) -> None:
    put_back(folder)
    with opened(settings) as bus:
        follow(bus)
    shutil.move(folder / "today", folder / "adder.sqlite")
    with opened(settings) as bus:
        add(bus, 26)
        assert follow(bus) == (6, None)
        assert sums(bus) == [141, 141]


@pytest.mark.parametrize(
    "more", [(), (26,), (26, 27, 28, 29)], ids=["shorter", "still-shorter", "longer"]
)
def test_a_rebuild_begins_the_other_log_anew_and_doubles_nothing(
    xfh: Xfh, settings: Settings, folder: Path, more: tuple[int, ...]
) -> None:
    put_back(folder)
    with opened(settings) as bus:
        add(bus, *more)
        follow(bus)
    assert xfh("rebuild", "echo").code == 0
    with opened(settings) as bus:
        assert follow(bus) == (3 + len(more), None)
        assert sums(bus) == [sum((21, 22, 23, *more))] * 2
        assert echoed(bus) == [21, 22, 23, 24, 25, *more]
    assert xfh("followers").code == 0


def test_who_reacts_to_nothing_has_the_other_log_whole_after_a_rebuild(
    xfh: Xfh, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(toy.Echo, "echo")
    put_back(folder)
    assert xfh("rebuild", "echo").code == 0
    with opened(settings) as bus:
        assert bus.hosts["echo"].store.views.cursor("adder") == 3
        assert sums(bus) == [66, 66]


@pytest.mark.parametrize("replaced", [False, True], ids=["gone", "replaced"])
def test_a_file_that_is_gone_while_it_is_used_takes_nothing_more(
    settings: Settings, folder: Path, replaced: bool
) -> None:
    with opened(settings) as bus:
        adder = bus.hosts["adder"]
        (folder / "adder.sqlite").unlink()
        if replaced:
            shutil.copy(folder / "yesterday", folder / "adder.sqlite")
        with pytest.raises(Unavailable, match=r"adder\.sqlite 不见了或被换过"):
            add(bus, 26)
        with pytest.raises(Unavailable):
            adder.troubles()
        assert (folder / "adder.sqlite").exists() == replaced


def test_a_log_that_nobody_follows_has_witnesses_too(
    xfh: Xfh, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Echo has told the adder, whose log it reads, how far its own had come."""
    monkeypatch.setattr(host, "FETCH_S", 0.0)
    with opened(settings) as bus:
        follow(bus)
    (folder / "echo.sqlite").unlink()
    with opened(settings) as bus:
        with pytest.raises(Unavailable, match="echo 的日志换过了"):
            follow(bus)
        [trouble] = bus.hosts["echo"].troubles()
        assert (trouble["part"], trouble["state"]) == ("log", "another_log")
    shown = xfh("followers")
    assert (shown.code, "echo 自己的日志换过了" in shown.err) == (1, True)
    assert xfh("rebuild", "echo").code == 0
    assert xfh("followers").code == 0
    with opened(settings) as bus:
        follow(bus)
        assert bus.hosts["echo"].troubles() == []
        assert echoed(bus) == [21, 22, 23, 24, 25]


def sum_up(bus: LocalBus, *keys: str) -> None:
    for key in keys:
        payload = {"to": "a", "amount": 1}
        deadline = Deadline.after(HUNG_S)
        bus.call("echo", "sum_up", payload, actor=OPERATOR, deadline=deadline, key=key)


@pytest.fixture
def echo_put_back(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The adder has seen seven events of echo, whose store is put back to when it had five."""
    monkeypatch.setattr(host, "FETCH_S", 0.0)
    monkeypatch.setattr(witness, "KEPT_EVERY_S", 0.0)
    shutil.copy(settings.data / "echo.sqlite", settings.data / "before")
    with opened(settings) as bus:
        sum_up(bus, "k1", "k2")
        follow(bus)
    shutil.move(settings.data / "before", settings.data / "echo.sqlite")


@pytest.mark.usefixtures("toys", "echo_put_back")
def test_what_has_lost_its_end_takes_nothing_until_its_log_is_accepted(
    xfh: Xfh, settings: Settings
) -> None:
    with opened(settings) as bus:
        follow(bus)
        with pytest.raises(Unavailable, match="echo 的日志换过了"):
            sum_up(bus, "k3")
        assert bus.hosts["echo"].store.log.head() == 5
    assert xfh("rebuild", "echo").code == 0
    with opened(settings) as bus:
        follow(bus)
        sum_up(bus, "k3")
        assert bus.hosts["echo"].store.log.head() == 6


@pytest.mark.usefixtures("toys", "echo_put_back")
def test_what_others_have_seen_is_not_forgotten_when_another_log_has_grown_past_it(
    xfh: Xfh, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may grow before it has heard anything, and a version before this did not mind."""
    with monkeypatch.context() as before:
        before.setattr(witness.Memory, "must_be_right", lambda self: None)
        with opened(settings) as bus:
            sum_up(bus, *"abcdef")
    for _ in range(2):
        with opened(settings) as bus:
            follow(bus)
            [trouble] = bus.hosts["echo"].troubles()
            assert (trouble["state"], trouble["sequence"]) == ("another_log", 7)
    assert xfh("followers").code == 1


@pytest.mark.usefixtures("toys", "echo_put_back")
def test_a_log_that_nobody_follows_and_that_has_lost_its_end_is_not_backed_up(
    xfh: Xfh, folder: Path
) -> None:
    ran = xfh("backup", folder / "backup")
    assert (ran.code, "echo 的日志换过了" in ran.err) == (1, True)
    assert not (folder / "backup").exists()


def test_of_a_log_that_is_what_it_was_more_is_seen_as_it_grows(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "FETCH_S", 0.0)
    monkeypatch.setattr(witness, "KEPT_EVERY_S", 0.0)
    with opened(settings) as bus:
        for place, key in enumerate("abc", start=6):
            sum_up(bus, key)
            follow(bus)
            follow(bus)  # Once to hear what is known, once to say that it has it.
            seen = bus.hosts["adder"].store.keep.get(SEEN, "echo")
            assert seen is not None
            assert seen["position"] == place


def test_what_was_asked_before_a_start_witnesses_nothing(
    settings: Settings, folder: Path
) -> None:
    """It may have lain in a queue since, asked by whoever was there before the logs were put back."""
    told = {"id": "echo", "position": 117, "event": "of a log of before"}
    asked = {"after": 0, "limit": 1, "reader": told}
    with opened(settings) as bus:
        adder = bus.hosts["adder"]
        too_late = Deadline.after(0)
        with pytest.raises(DeadlinePassed):
            adder.ask("read_log", asked, actor=SYSTEM, deadline=too_late)
        in_time = Deadline.after(FETCH_S)
        adder.ask("read_log", asked, actor=SYSTEM, deadline=in_time)
        follow(bus)
        assert bus.hosts["echo"].troubles() == []
        assert adder.store.keep.get(SEEN, "echo") != told


def test_what_has_been_lost_is_not_backed_up(
    xfh: Xfh, settings: Settings, folder: Path
) -> None:
    put_back(folder)
    ran = xfh("backup", folder / "backup")
    assert (ran.code, "adder 的日志换过了" in ran.err) == (1, True)
    assert not (folder / "backup").exists()
