"""What time causes: once, after a restart, by a stepped clock, and not held up by what cannot be done."""

import argparse
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from schemas import fields
from schemas.documents import Json
from schemas.events import event
from schemas.fields import instant
from services.kit import steady
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine import timers
from services.kit.engine.host import Host
from services.kit.engine.timers import OVERDUE
from services.kit.entrypoints import Asked, Due, command, due
from services.kit.errors import Unavailable
from services.kit.log import Event, Fact
from services.kit.service import Service
from services.kit.views import Collection, Folds, Overlay, Reads
from services.xfh import registry
from services.xfh.commands import followers
from tests.clocks import HUNG_S, wait_until

HOUR_S = 3600
LATELY_S = 30
MORE_THAN_A_BATCH = 130


class OfEgg(fields.Schema):
    egg = fields.Id(required=True)


class Boil(OfEgg):
    done_at = fields.Instant(required=True)


@event("egg_put_on.v1")
class EggPutOn(Boil):
    pass


@event("egg_taken_off.v1")
class EggTakenOff(OfEgg):
    pass


@event("egg_mended.v1")
class EggMended(OfEgg):
    pass


def fold_put_on(docs: Overlay, event: Event) -> None:
    docs.put("eggs", {**event.data, "id": event.data["egg"], "state": "boiling"})


def fold_taken_off(docs: Overlay, event: Event) -> None:
    docs.put("eggs", {**docs.the("eggs", event.data["egg"]), "state": "done"})


def fold_mended(docs: Overlay, event: Event) -> None:
    docs.put("eggs", {**docs.the("eggs", event.data["egg"]), "mended": True})


FOLDS: dict[str, Folds] = {
    "kitchen": {
        "egg_put_on.v1": fold_put_on,
        "egg_taken_off.v1": fold_taken_off,
        "egg_mended.v1": fold_mended,
    }
}


def puts_on(docs: Reads, command: Json, asked: Asked) -> Fact:
    return Fact("egg_put_on.v1", f"egg/{command['egg']}", command)


def takes_off(docs: Reads, command: Json, asked: Asked) -> Fact:
    return Fact("egg_taken_off.v1", f"egg/{command['egg']}", command)


def mends(docs: Reads, command: Json, asked: Asked) -> Fact:
    return Fact("egg_mended.v1", f"egg/{command['egg']}", command)


def take_off_in_time(docs: Reads, egg: Json, asked: Asked) -> Fact | None:
    if egg["id"] == "Cracked" and "mended" not in egg:
        raise ZeroDivisionError("a defect of the rule")
    if egg["id"] == "Forgotten":
        return None
    return Fact("egg_taken_off.v1", f"egg/{egg['id']}", {"egg": egg["id"]})


class Kitchen(Service):
    """Takes an egg off when it is done; breaks on one called Cracked until mended; records nothing of Forgotten."""

    name = "kitchen"
    collections = (Collection("eggs", (("state", "done_at"),)),)
    folds = FOLDS

    put_on = command(Boil, puts_on, by=["operator"], shows=("eggs", "egg"))
    take_off = command(OfEgg, takes_off, by=["operator"], shows=("eggs", "egg"))
    mend = command(OfEgg, mends, by=["operator"], shows=("eggs", "egg"))
    take_off_in_time = due("eggs", {"state": "boiling"}, take_off_in_time, by="done_at")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path, store=f"sqlite:{tmp_path}", clock_file=str(tmp_path / "clock")
    )


@contextmanager
def kitchen(settings: Settings) -> Iterator[Host]:
    """A host that does what is due when told to, not by itself."""
    bus = LocalBus()
    try:
        yield bus.host(Kitchen, settings)
    finally:
        bus.stop()


def ask(host: Host, method: str, egg: str, **more: str) -> None:
    payload, key = {"egg": egg, **more}, f"{method}-{egg}-{more}"
    host.ask(method, payload, actor=OPERATOR, key=key, deadline=Deadline.after(HUNG_S))


def put_on(host: Host, settings: Settings, *eggs: str, for_s: float = HOUR_S) -> None:
    done_at = instant(settings.now() + timedelta(seconds=for_s))
    for egg in eggs:
        ask(host, "put_on", egg, done_at=done_at)


def step_clock(settings: Settings, seconds: float) -> None:
    Path(settings.clock_file).write_text(str(seconds))


def taken_off(host: Host) -> list[str]:
    return [
        event.data["egg"]
        for event in host.store.log.read(0, 1000, ["egg_taken_off.v1"])
    ]


def late(host: Host) -> list[str]:
    return [about["id"].split(":")[1] for about in host.store.keep.all(OVERDUE)]


def test_nothing_is_done_before_its_moment(settings: Settings) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "A")
        assert (host.timers.fire(), taken_off(host)) == (0, [])


def test_at_rest_it_looks_less_and_less_often_until_something_is_recorded_or_due(
    settings: Settings,
) -> None:
    def looked(times: int) -> float:
        """How long it then waits."""
        for _ in range(times):
            host.timers._look()
        return host.timers.thread.every_s

    with kitchen(settings) as host:
        assert [looked(1), looked(1), looked(20)] == [1.25, 1.5625, 4]
        put_on(host, settings, "A")
        assert [looked(1), looked(1), looked(20)] == [1, 1.25, 4]
        step_clock(settings, HOUR_S + 60)
        assert [looked(1), taken_off(host)] == [1, ["A"]]


def test_what_is_recorded_while_it_rests_is_looked_at_without_waiting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "TICK_S", 100 * HUNG_S)
    monkeypatch.setattr(timers, "LONGEST_TICK_S", 200 * HUNG_S)
    with kitchen(settings) as host:
        host.timers._look()
        host.start()
        put_on(host, settings, "A", for_s=-1)
        wait_until(lambda: taken_off(host) == ["A"])


def test_where_nothing_is_ever_due_nobody_looks_for_what_is_recorded(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        idle = timers.Timers("kitchen", [], host.store, lambda *_: None, settings.now)
        idle.stir()
        assert not idle.thread._wake.is_set()
        idle._look()
        assert idle.thread.every_s == steady.IDLE_S


def test_a_stepped_clock_brings_the_moment(settings: Settings) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "A")
        step_clock(settings, HOUR_S - 60)
        assert host.timers.fire() == 0
        step_clock(settings, HOUR_S + 60)
        assert (host.timers.fire(), host.timers.fire(), taken_off(host)) == (
            1,
            0,
            ["A"],
        )


def test_the_longest_overdue_is_done_first_and_all_of_them(settings: Settings) -> None:
    eggs = [f"E{number}" for number in range(MORE_THAN_A_BATCH)]
    with kitchen(settings) as host:
        for number, egg in enumerate(eggs):
            put_on(host, settings, egg, for_s=HOUR_S - number)
        step_clock(settings, 2 * HOUR_S)
        assert host.timers.fire() == MORE_THAN_A_BATCH
        assert taken_off(host) == eggs[::-1]


def test_a_moment_that_comes_again_for_the_same_document_is_another(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "A")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
        put_on(host, settings, "A")
        step_clock(settings, 4 * HOUR_S)
        assert (host.timers.fire(), taken_off(host)) == (1, ["A", "A"])


def test_two_hosts_on_one_store_do_each_thing_once(settings: Settings) -> None:
    eggs = [f"E{number}" for number in range(20)]
    with kitchen(settings) as first, kitchen(settings) as second:
        put_on(first, settings, *eggs)
        step_clock(settings, 2 * HOUR_S)
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda host: host.timers.fire(), [first, second]))
        assert sorted(taken_off(second)) == sorted(eggs)


def test_what_was_found_due_and_then_done_by_somebody_is_left_alone(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "A")
        step_clock(settings, 2 * HOUR_S)
        [egg] = host.timers._due(host.timers._marks[0])
        ask(host, "take_off", "A")
        host.timers._attempt(host.timers._marks[0], egg)
        assert taken_off(host) == ["A"]


def test_what_came_due_while_nothing_ran_is_done_after_a_restart(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "A")
    step_clock(settings, 2 * HOUR_S)
    with kitchen(settings) as host:
        host.start()
        wait_until(lambda: taken_off(host))


def test_one_that_fails_does_not_keep_the_others_from_being_done(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "Cracked", for_s=60)
        put_on(host, settings, "A", "B")
        step_clock(settings, 2 * HOUR_S)
        assert (host.timers.fire(), taken_off(host)) == (2, ["A", "B"])


def test_what_fails_is_kept_with_its_error_since_it_first_failed(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
        [about] = host.store.keep.all(OVERDUE)
        assert about["id"].startswith("take_off_in_time:Cracked:")
        assert "ZeroDivisionError: a defect of the rule" in about["error"]
        assert abs(datetime.fromisoformat(about["since"]) - settings.now()) < timedelta(
            seconds=LATELY_S
        )
        host.timers.fire()
        assert host.store.keep.all(OVERDUE) == [about]


def test_where_nothing_is_due_it_is_looked_up_once_what_failed_before(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(kind: str) -> list[Json]:
        raise AssertionError(f"looks for {kind} again")

    with kitchen(settings) as host:
        put_on(host, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
    with kitchen(settings) as host:
        step_clock(settings, 0)
        host.timers.fire()
        assert host.store.keep.all(OVERDUE) == []
        monkeypatch.setattr(host.store.keep, "all", never)
        assert host.timers.fire() == 0


def test_what_stays_due_because_its_rule_records_nothing_is_kept_and_logged_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "Forgotten")
        put_on(host, settings, "A")
        step_clock(settings, 2 * HOUR_S)
        assert [host.timers.fire(), host.timers.fire(), host.timers.fire()] == [1, 0, 0]
        [about] = host.store.keep.all(OVERDUE)
        assert about["id"].startswith("take_off_in_time:Forgotten:")
        assert "records nothing of Forgotten, due since" in about["error"]
        assert [record.getMessage() for record in caplog.records].count(
            "cannot do what is due"
        ) == 1
        ask(host, "take_off", "Forgotten")
        assert (host.timers.fire(), late(host)) == (0, [])


def test_what_failed_is_tried_again_and_forgotten_when_it_passes_even_after_a_restart(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
    with kitchen(settings) as host:
        ask(host, "mend", "Cracked")
        assert (host.timers.fire(), late(host), taken_off(host)) == (1, [], ["Cracked"])


def test_what_failed_is_forgotten_when_it_is_due_no_longer(settings: Settings) -> None:
    with kitchen(settings) as host:
        put_on(host, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
        assert late(host) == ["Cracked"]
        ask(host, "take_off", "Cracked")
        assert (host.timers.fire(), late(host)) == (0, [])


def test_what_failed_here_is_forgotten_when_another_host_does_it(
    settings: Settings,
) -> None:
    with kitchen(settings) as first, kitchen(settings) as second:
        put_on(first, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        first.timers.fire()
        ask(second, "mend", "Cracked")
        assert (second.timers.fire(), late(second)) == (1, [])


def test_timers_that_never_get_on_do_not_pass_for_running(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "STUCK_S", 0.1)
    monkeypatch.setattr(steady, "LONGEST_PAUSE_S", 0.01)
    with kitchen(settings) as host:
        put_on(host, settings, "A")
        step_clock(settings, 2 * HOUR_S)
        monkeypatch.setattr(host.timers, "_do", _away)
        host.timers.thread.every_s = 0.01
        host.timers.thread.start()
        wait_until(lambda: (host.timers.thread.trouble() or {}).get("failed", 0) > 20)


def _away(mark: Due, doc: Json) -> None:
    raise Unavailable("存储暂时不可用")


def test_what_is_overdue_is_among_the_troubles_of_the_service(
    settings: Settings,
) -> None:
    with kitchen(settings) as host:
        for egg in ("Cracked", "Forgotten"):
            put_on(host, settings, egg)
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
        [trouble] = host.troubles()
        since = trouble.pop("since")
        assert since[:13] == instant(settings.now())[:13]
        assert trouble == {
            "service": "kitchen", "part": "timers", "due": "take_off_in_time", "count": 2, "state": "overdue",
            "error": "ZeroDivisionError",
        }  # fmt: skip


def test_followers_shows_what_was_not_done_and_why(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(followers, "troubles", lambda settings: [])
    monkeypatch.setattr(registry, "SERVICES", {"kitchen": "Kitchen"})
    monkeypatch.setattr(registry, "load", lambda name: Kitchen)
    with kitchen(settings) as host:
        put_on(host, settings, "Cracked")
        step_clock(settings, 2 * HOUR_S)
        host.timers.fire()
    assert followers.show(settings, argparse.Namespace(json=True)) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert "take_off_in_time:Cracked:" in said.err
    assert "ZeroDivisionError: a defect of the rule" in said.err
