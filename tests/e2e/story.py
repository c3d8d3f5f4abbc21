"""A small demonstration day, lived on a platform from outside, and a witness of everything that was acknowledged."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.metrics.definitions import PERCENTILES
from services.activities.model.roles import places
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.engine.tables import collections_of
from services.kit.store import open_store
from services.xfh import registry
from services.xfh.commands import divisions, reports
from services.xfh.commands.reconcile import compare
from services.xfh.demo import week
from services.xfh.demo.client import Client
from services.xfh.demo.day import Day
from services.xfh.demo.plan import DAY, DISTRICT, make
from services.xfh.demo.script import Scale
from services.xfh.demo.series import Series
from services.xfh.demo.server import step_clock
from tests.clocks import wait_until
from tests.servers import Platform, text

SMALL = Scale(
    units=12, offerings=6, activities=10, by_branches=4, by_units=3, signups=150, cancellations=20, residents=60,
    needs=10, gridded=12, doors=2, cares=4, followups=3, mediations=2,
)  # fmt: skip
TINY = Scale(
    units=3, offerings=2, activities=5, by_branches=1, by_units=1, signups=24, cancellations=2, residents=16, needs=3,
    gridded=2, doors=1, cares=2, followups=1, mediations=1,
)  # fmt: skip


class Witness(Client):
    """A client that remembers the id of every event it was told of; in another process than what is injured."""

    def __init__(self, address: str):
        super().__init__(address)
        self.acknowledged: set[str] = set()
        self._told = threading.Lock()

    def post(self, path: str, token: str, body: dict[str, Any], key: str) -> Any:
        answer = super().post(path, token, body, key)
        if "event" in answer:  # What comes many at a time is answered line by line.
            with self._told:
                self.acknowledged.add(answer["event"]["id"])
        return answer


@contextmanager
def lived(
    platform: Platform,
    clock: Path,
    tick: Callable[[], None] = lambda: None,
    scale: Scale = SMALL,
) -> Iterator[tuple[Day, Witness]]:
    """Loads the divisions and lives the small day; `tick` is called after every answer."""
    divisions.load(platform.settings)
    plan = make(
        [row.code for row in divisions.packaged() if row.level == "community"][:9],
        scale,
    )
    witness = Witness(text(platform.address))

    def token(actor: str, roles: tuple[Role, ...]) -> str:
        return tokens.issue(platform.settings, actor, list(roles), 1)

    day = Day(witness, plan, token, lambda to: step_clock(clock, to), tick)
    try:
        week.live(day, Series(day))
        yield day, witness
    finally:
        witness.close()


def settle(platform: Platform, day: Day, client: Client) -> dict[str, Any]:
    """The district's figures once they reflect everything acknowledged; fails when they never do.

    As who works in all communities is told them: nothing is withheld.
    """
    everywhere = day.worker(DISTRICT)

    def shown() -> dict[str, Any]:
        told: dict[str, Any] = client.get(
            f"/metrics/figures?scope={DISTRICT}&period={DAY}", everywhere
        )
        return told

    told = {"activities": day.last_event}
    told["grids"] = len(_events(platform.settings, "grids"))

    def reflects_all() -> bool:
        as_of = shown()["as_of"]
        return all(as_of[source] >= last for source, last in told.items())

    wait_until(
        reflects_all,
        lambda: f"metrics stand at {shown()['as_of']}, acknowledged is {told}",
    )
    return shown()


def must_hold(platform: Platform, day: Day, witness: Witness) -> dict[str, Any]:
    """I1, I2, I5, I6 and I7 after the day, whatever happened during it. Returns the district's figures."""
    shown = settle(platform, day, witness)
    events = {name: _events(platform.settings, name) for name in registry.SERVICES}
    found = [event.id for log in events.values() for event in log]
    assert witness.acknowledged <= set(found), "an acknowledged event is lost"
    for name, log in events.items():
        assert [event.seq for event in log] == list(range(1, len(log) + 1)), (
            f"{name} has gaps"
        )
        assert len({event.key for event in log}) == len(log), (
            f"{name} did something twice"
        )
    must_not_oversell(events["activities"])
    assert compare(platform.settings).differences == []
    return shown


def must_report(platform: Platform, day: Day, clock: Path) -> dict[str, Any]:
    """I7 of the month's report, frozen when it is over. Returns its figures but those that go by the minute."""
    step_clock(clock, datetime.fromisoformat("2026-07-01T02:00:00+08:00"))
    month = {"scope": DISTRICT, "month": DAY[:7]}
    day.do("/metrics/reports", day.district(), month, "freeze")
    found = reports.compare(platform.settings)
    assert (found.versions, found.differences) == (1, [])
    report = day.get(f"/metrics/reports/{DISTRICT}/{DAY[:7]}", day.analyst())
    return {
        item["figure"]: item["value"]
        for item in report["items"]
        if item["figure"] not in PERCENTILES
    }


def _events(settings: Settings, name: str) -> list[Any]:
    store = open_store(settings.store, name, collections_of(registry.load(name)))
    try:
        return store.log.read(0, 100_000)
    finally:
        store.close()


def must_not_oversell(events: list[Any]) -> None:
    """Replays who holds a seat, by the events alone: who takes part and who helps, each in places of their own."""
    capacity: dict[tuple[str, str], int] = {}
    groups: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    seated: dict[tuple[str, str], list[str]] = {}
    for event in events:
        data = event.data
        if event.type in {"activity_published.v2", "activity_changed.v1"}:
            for plan in data["sessions"]:
                told = places(plan, bool(data.get("all_help")))
                capacity |= {
                    (plan["session"], role): place["capacity"]
                    for role, place in told.items()
                }
        if event.type in {"signup_confirmed.v1", "signup_waitlisted.v1"}:
            groups[data["signup"]] = [member["person"] for member in data["party"]]
            roles[data["signup"]] = data.get("role", "participant")
        of_some = [data["signup"]] if "signup" in data else data.get("promoted", [])
        if of_some and of_some[0] in groups:
            seating = data["session"], roles[of_some[0]]
            people = _seated_after(event, seated.get(seating, []), groups)
            assert len(people) == len(set(people)) <= capacity[seating]
            seated[seating] = people


def _seated_after(
    event: Any, before: list[str], groups: dict[str, list[str]]
) -> list[str]:
    leaving = (
        groups[event.data["signup"]] if event.type == "signup_cancelled.v1" else []
    )
    coming = (
        [event.data["signup"]]
        if event.type == "signup_confirmed.v1"
        else event.data.get("promoted", [])
    )
    return [person for person in before if person not in leaving] + [
        one for id in coming for one in groups[id]
    ]


def starts_at_demo_day(folder: Path) -> Path:
    """A clock file that makes it the morning of the demonstration's day."""
    clock = folder / "clock"
    step_clock(clock, datetime.fromisoformat(f"{DAY}T06:30:00+08:00"))
    return clock
