"""The main job end to end on the services, and the invariants that need the real domain: I6, I7, I8."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.activities.postings import DraftActivity
from schemas.fields import instant
from services.district.calendar import local_day
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import Refused
from services.xfh import registry
from services.xfh.commands.reconcile import compare
from tests.clocks import HUNG_S

COMMUNITY = "510108002001"
WORKER = Actor("W1", (Role("community_worker", COMMUNITY),))
ANALYST = Actor("D1", (Role("district_analyst", "510108"),))
DIVISIONS = (("510108", "成华区"), ("510108002", "猛追湾街道"), (COMMUNITY, "望平社区"))


class Network:
    """All services in one process, with a clock the test steps."""

    def __init__(self, folder: Path):
        self._clock = folder / "clock"
        self.settings = Settings(
            data=folder, store=f"sqlite:{folder}", clock_file=str(self._clock)
        )
        self.bus = LocalBus()
        for name in registry.SERVICES:
            self.bus.host(registry.load(name), self.settings)
        self.bus.start()
        self._asked = 0
        for code, name in DIVISIONS:
            self.ask(
                "branches",
                "record_division",
                OPERATOR,
                division=code,
                name=name,
                status="demo",
            )

    def ask(
        self, service: str, method: str, actor: Actor, key: str = "", **payload: Any
    ) -> Any:
        self._asked += 1
        deadline = Deadline.after(HUNG_S)
        key = key or f"key-{self._asked}"
        return self.bus.call(
            service, method, payload, actor=actor, key=key, deadline=deadline
        )

    def step(self, hours: float) -> None:
        self._clock.write_text(str(hours * 3600))

    def settle(self) -> None:
        for host in self.bus.hosts.values():
            for follower in host.followers.values():
                follower.catch_up()

    def open_activity(self, capacity: int) -> str:
        starts = datetime.now(UTC) + timedelta(hours=5)
        posting = {
            "host": f"community/{COMMUNITY}",
            "title": "包粽子",
            "category": "邻里节庆",
            "community": COMMUNITY,
            "place": "广场",
            "starts_at": instant(starts),
            "ends_at": instant(starts + timedelta(hours=2)),
            "capacity": capacity,
        }
        posting = DraftActivity().load(posting)
        id = str(
            self.ask("activities", "draft_activity", WORKER, **posting)["document"][
                "id"
            ]
        )
        for step in ("publish_activity", "open_activity"):
            self.ask("activities", step, WORKER, activity=id)
        return id

    def sign_up(self, activity: str, *persons: str, key: str = "") -> Any:
        party = [{"person": person, "relation": "self"} for person in persons]
        return self.ask(
            "activities",
            "sign_up",
            resident(persons[0]),
            key,
            activity=activity,
            party=party,
        )["document"]


def resident(id: str) -> Actor:
    return Actor(id, (Role("resident", "510108"),))


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    network = Network(tmp_path)
    yield network
    network.bus.stop()


def test_i6_two_hundred_at_once_get_exactly_the_fifty_seats(network: Network) -> None:
    activity = network.open_activity(capacity=50)
    with ThreadPoolExecutor(200) as callers:
        signups = list(
            callers.map(lambda n: network.sign_up(activity, f"R{n}"), range(200))
        )
    confirmed = [signup for signup in signups if signup["state"] == "confirmed"]
    waiting = [signup for signup in signups if signup["state"] == "waiting"]
    assert len(confirmed) == 50
    assert sorted(signup["ticket"] for signup in confirmed) == list(range(1, 51))
    assert [s["position"] for s in sorted(waiting, key=lambda s: s["ticket"])] == list(
        range(1, 151)
    )
    shown = network.ask("activities", "get_activity", WORKER, activity=activity)
    assert (shown["taken"], shown["waiting"]) == (50, 150)


def test_i6_a_person_holds_at_most_one_seat_however_often_they_ask_at_once(
    network: Network,
) -> None:
    activity = network.open_activity(capacity=50)

    def try_to(number: int) -> str:
        try:
            return str(network.sign_up(activity, "R1", key=f"try-{number}")["state"])
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as callers:
        outcomes = sorted(callers.map(try_to, range(20)))
    assert outcomes == ["already_signed_up"] * 19 + ["confirmed"]


def test_i7_what_people_did_is_what_the_district_sees(network: Network) -> None:
    activity = network.open_activity(capacity=3)
    signups = [
        network.sign_up(activity, *group) for group in (["R1", "R2"], ["R3"], ["R4"])
    ]
    network.ask("activities", "cancel_signup", resident("R3"), signup=signups[1]["id"])
    network.step(hours=5)
    network.ask("activities", "start_activity", WORKER, activity=activity)
    for person in ("R1", "R4"):
        network.ask("activities", "check_in", WORKER, activity=activity, person=person)
    network.step(hours=6)
    network.ask("activities", "check_out", WORKER, activity=activity, person="R4")
    network.ask("activities", "close_activity", WORKER, activity=activity)
    network.ask("activities", "rate", resident("R1"), activity=activity, score=4)
    network.settle()
    year = local_day(datetime.now(UTC) + timedelta(hours=5))[:4]
    shown = network.ask("metrics", "figures", WORKER, scope=COMMUNITY, period=year)[
        "figures"
    ]
    expected = {
        "person_times": 2,
        "unique_participants": 2,
        "confirmed": 3,
        "attended": 2,
        "no_shows": 1,
    }
    assert {name: shown[name] for name in expected} == expected
    assert (shown["service_minutes"], shown["helper_times"]) == (0, 0), (
        "who takes part does not serve"
    )
    assert shown["attended_minutes"] in {59, 60}
    assert (shown["turnout"], shown["fill_rate"], shown["satisfaction"]) == (
        0.6667,
        0.6667,
        1.0,
    )
    told = network.ask("metrics", "figures", ANALYST, scope="510108", period=year)
    assert (told["figures"]["sessions_held"], told["figures"]["person_times"]) == (
        1,
        None,
    )
    assert set(expected) <= set(told["withheld"])
    assert compare(network.settings).differences == []


def test_i7_reconcile_finds_a_cell_that_was_tampered_with(network: Network) -> None:
    network.open_activity(capacity=3)
    network.settle()
    views = network.bus.hosts["metrics"].store.views
    cell = {
        "id": "510108:2026:all:",
        "dimension": "all",
        "open_sessions": 1,
        "person_times": 7,
    }
    begun = views.begin("activities")
    views.commit(begun, begun.position, {("cells", cell["id"]): cell})  # type: ignore[dict-item]
    found = compare(network.settings).differences
    assert [str(difference) for difference in found] == [
        "510108:2026:all: person_times: 汇总 7，重算 0"
    ]


def test_i8_what_a_resident_writes_is_in_no_event_and_no_doorbell(
    network: Network, capfd: pytest.CaptureFixture[str]
) -> None:
    words = "邻居王大爷电话一三八零零"
    activity = network.open_activity(capacity=3)
    network.sign_up(activity, "R1")
    network.step(hours=5)
    network.ask("activities", "start_activity", WORKER, activity=activity)
    network.ask("activities", "check_in", WORKER, activity=activity, person="R1")
    network.ask(
        "activities", "rate", resident("R1"), activity=activity, score=5, words=words
    )
    for host in network.bus.hosts.values():
        assert words not in str(host.store.log.read(0, 1000))
        assert words not in str(
            network.ask(host.name, "read_log", OPERATOR, after=0, limit=1000)
        )
    assert words not in capfd.readouterr().err
    notes = network.bus.hosts["activities"].notes
    [kept] = notes.kept()
    assert words not in str(kept)
    note = notes.get(kept["id"])
    assert note is not None
    assert (note.text, note.by, note.of) == (words, "R1", "R1")
    notes.drop(note.id)
    assert notes.kept() == []


def test_a_duplicate_rating_keeps_one_note(network: Network) -> None:
    activity = network.open_activity(capacity=3)
    network.sign_up(activity, "R1")
    network.step(hours=5)
    network.ask("activities", "start_activity", WORKER, activity=activity)
    network.ask("activities", "check_in", WORKER, activity=activity, person="R1")
    for _ in range(3):
        network.ask(
            "activities",
            "rate",
            resident("R1"),
            "once",
            activity=activity,
            score=5,
            words="好",
        )
    assert len(network.bus.hosts["activities"].store.keep.all("notes")) == 1


def test_a_figure_never_claims_to_be_newer_than_it_is(network: Network) -> None:
    network.open_activity(capacity=3)
    network.settle()
    shown = network.ask("metrics", "figures", ANALYST, scope="510108", period="2026")
    assert (
        shown["as_of"]["activities"] == network.bus.hosts["activities"].store.log.head()
    )
