"""What time causes: done once whoever finds it, after restarts, and as soon as a stepped clock says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import fields
from schemas.events import event
from services.commands import followers
from services.kit.actor import OPERATOR
from services.kit.bus_local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Service, command, due
from services.kit.host import Host
from services.kit.log import Data, Event, Fact
from services.kit.timers import OVERDUE
from services.kit.views import Collection, Doc, Folds, Overlay

HOUR_S = 3600


class SetAlarm(fields.Schema):
    alarm = fields.Id(required=True)
    at = fields.Instant(required=True)


@event("alarm_set.v1")
class AlarmSet(SetAlarm):
    pass


@event("alarm_rang.v1")
class AlarmRang(fields.Schema):
    alarm = fields.Id(required=True)


def fold_set(docs: Overlay, event: Event) -> None:
    docs.put("alarms", {"id": event.data["alarm"], "at": event.data["at"], "state": "set"})


def fold_rang(docs: Overlay, event: Event) -> None:
    docs.put("alarms", {**docs.the("alarms", event.data["alarm"]), "state": "rung"})


FOLDS: dict[str, Folds] = {"alarms": {"alarm_set.v1": fold_set, "alarm_rang.v1": fold_rang}}


class Alarms(Service):
    """Rings at its time; one called `broken` cannot until it is mended."""

    name = "alarms"
    collections = (Collection("alarms", (("state", "at"),)),)
    folds = FOLDS
    mended = False

    @command(SetAlarm, by=("operator",), shows=("alarms", "alarm"))
    def set(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return Fact("alarm_set.v1", f"alarm/{command['alarm']}", command)

    @due("alarms", {"state": "set"}, by="at")
    def ring(self, docs: Overlay, doc: Doc, asked: Asked) -> Fact:
        if doc["id"] == "broken" and not self.mended:
            raise ZeroDivisionError("a defect of the rule")
        return Fact("alarm_rang.v1", f"alarm/{doc['id']}", {"alarm": doc["id"]})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, store=f"sqlite:{tmp_path}", clock_file=str(tmp_path / "clock"))


@pytest.fixture
def host(settings: Settings) -> Iterator[Host]:
    """Hosted, with nobody looking for what is due but the test."""
    bus = LocalBus()
    yield bus.host(Alarms, settings)
    bus.stop()


def step(settings: Settings, hours: float) -> None:
    Path(settings.clock_file).write_text(str(hours * HOUR_S))


def set_alarm(host: Host, alarm: str, at: str) -> None:
    payload = {"alarm": alarm, "at": at}
    host.ask("set", payload, actor=OPERATOR, deadline=Deadline.after(5), key=f"{alarm}-{at}")


def in_hours(settings: Settings, hours: float) -> str:
    before = Path(settings.clock_file).read_text() if Path(settings.clock_file).exists() else "0"
    step(settings, float(before) / HOUR_S + hours)
    moment = fields.instant(settings.now())
    Path(settings.clock_file).write_text(before)
    return moment


def rung(host: Host) -> list[str]:
    return [event.data["alarm"] for event in host.store.log.read(0, 100, ["alarm_rang.v1"])]


def test_it_is_done_when_the_clock_says_so_and_once(host: Host, settings: Settings) -> None:
    set_alarm(host, "A", in_hours(settings, 2))
    assert host.timers.fire() == 0
    step(settings, 1.9)
    assert host.timers.fire() == 0
    step(settings, 2.1)
    assert [host.timers.fire(), host.timers.fire()] == [1, 0]
    assert rung(host) == ["A"]


def test_two_replicas_do_it_once(host: Host, settings: Settings) -> None:
    """Both have found the same document before either has done anything about it."""
    set_alarm(host, "A", in_hours(settings, 1))
    step(settings, 2)
    other = Host(Alarms, settings, LocalBus())
    found = [each.store.views.get("alarms", "A") for each in (host, other)]
    for each, doc in zip((host, other), found, strict=True):
        assert doc is not None
        each._do_what_is_due(each.timers._marks[0], doc)
    other.stop()
    assert rung(host) == ["A"]


def test_what_was_due_while_nothing_ran_is_done_after_the_start(settings: Settings) -> None:
    bus = LocalBus()
    set_alarm(bus.host(Alarms, settings), "A", in_hours(settings, 1))
    bus.stop()
    step(settings, 5)
    again = LocalBus()
    host = again.host(Alarms, settings)
    assert host.timers.fire() == 1
    again.stop()


def test_a_clock_set_back_repeats_nothing(host: Host, settings: Settings) -> None:
    set_alarm(host, "A", in_hours(settings, 1))
    for hours in (2, 0, 2):
        step(settings, hours)
        host.timers.fire()
    assert rung(host) == ["A"]


def test_more_than_a_page_is_done_in_one_go(host: Host, settings: Settings) -> None:
    at = in_hours(settings, 1)
    for number in range(250):
        set_alarm(host, f"A{number}", at)
    step(settings, 2)
    assert host.timers.fire() == 250


def test_one_that_fails_keeps_no_other_from_being_done_and_is_to_be_seen(
    host: Host, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_alarm(host, "broken", in_hours(settings, 1))
    set_alarm(host, "A", in_hours(settings, 1))
    step(settings, 2)
    assert [host.timers.fire(), host.timers.fire()] == [1, 0]
    (kept,) = host.store.keep.all(OVERDUE)
    assert kept["id"].startswith("ring:broken:")
    assert followers.reason(kept) == "ZeroDivisionError: a defect of the rule"
    bus = LocalBus()
    bus.hosts["alarms"] = host
    assert [service for service, _ in followers.overdue(bus)] == ["alarms"]
    monkeypatch.setattr(Alarms, "mended", True)
    assert host.timers.fire() == 1
    assert host.store.keep.all(OVERDUE) == []
