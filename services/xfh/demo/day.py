"""A day of the demonstration: who asks, how it is asked through the HTTP API, and by which clock.

Every request has a key of its own, so a day broken off is taken up where it stopped.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from schemas.documents import Json
from services.kit.actor import Role
from services.xfh.demo.client import Client
from services.xfh.demo.plan import DISTRICT
from services.xfh.demo.script import Host, Plan, member_of

CALLERS = 8
PATIENCE_S = 30.0
LOOK_S = 0.1

Item = TypeVar("Item")
Result = TypeVar("Result")


class Day:
    """One run of the day. `step_to` sets the platform's clock, `tick` is called after every request."""

    def __init__(
        self,
        client: Client,
        plan: Plan,
        token: Callable[[str, tuple[Role, ...]], str],
        step_to: Callable[[datetime], None],
        tick: Callable[[], object],
    ):
        self._client = client
        self.plan = plan
        self.token = cache(token)
        self._step_to = step_to
        self._tick = tick
        self.units: list[str] = []
        self.offerings: dict[int, str] = {}
        self.branches: list[str] = []
        self.partner = ""
        self.last_event = 0
        self._shift = timedelta()

    def then(self, plan: Plan) -> "Day":
        """A later day of the same units and branches."""
        later = Day(self._client, plan, self.token, self._step_to, self._tick)
        later.units = self.units
        later.offerings = self.offerings
        later.branches = self.branches
        later.partner = self.partner
        later.last_event = self.last_event
        return later

    # Who asks

    def _officer(self, role: str, scope: str, name: str = "") -> str:
        """The token of who has one role; called after it, and after the place where there are many."""
        called = role.replace("_", "-")
        return self.token(f"demo-{name or called}", (Role(role, scope),))

    def district(self) -> str:
        return self._officer("district_admin", DISTRICT)

    def analyst(self) -> str:
        return self._officer("district_analyst", DISTRICT)

    def street(self, community: str) -> str:
        street = community[:9]
        return self._officer("street_admin", street, f"street-{street}")

    def worker(self, community: str) -> str:
        return self._officer("community_worker", community, f"worker-{community}")

    def secretary(self, number: int) -> str:
        branch = f"branch/{self.branches[number]}"
        return self._officer("branch_secretary", branch, f"secretary-{number}")

    def liaison(self, number: int) -> str:
        """Of a unit; before there are any, of one that is still to be registered."""
        scope = f"unit/{self.units[number]}" if self.units else DISTRICT
        return self._officer("unit_liaison", scope, f"liaison-{number}")

    def grid_member(self, community: str, grid: str) -> str:
        """Who goes from door to door there."""
        return self.token(member_of(grid), (Role("grid_member", community),))

    def resident(self, person: str) -> str:
        return self.token(person, (Role("resident", DISTRICT),))

    def keeper(self, host: Host) -> str:
        """Who posts for a host."""
        kind, which = host
        if kind == "community":
            return self.worker(str(which))
        number = int(which)
        return self.secretary(number) if kind == "branch" else self.liaison(number)

    # How it is asked

    def get(self, path: str, token: str) -> Any:
        return self._client.get(path, token)

    def upload(self, kind: str, token: str, table: str) -> Any:
        """The report of a table uploaded."""
        report = self._client.upload(f"/imports/{kind}", token, table)
        self._tick()
        return report

    def new(self, path: str, token: str, body: Json, key: str) -> str:
        """Makes a thing; its id."""
        return str(self.do(path, token, body, key)["document"]["id"])

    def do(self, path: str, token: str, body: Json, key: str) -> Any:
        """The answer to a command; the same for the same key, asked however often."""
        answer = self._client.post(path, token, body, f"demo-{self.plan.day}-{key}")
        if path.startswith(("/activities", "/signups")):
            self.last_event = max(self.last_event, answer["event"]["sequence"])
        self._tick()
        return answer

    def for_all(
        self, ask: Callable[[Item], Result], items: Iterable[Item]
    ) -> list[Result]:
        """Asks side by side; the answers in the order of the items."""
        with ThreadPoolExecutor(CALLERS) as callers:
            return list(callers.map(ask, items))

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what happens by itself."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                raise SystemExit("该自动发生的事没有发生，请看上面的日志")
            time.sleep(LOOK_S)

    # When

    def at(self, moment: str, day: str = "", minutes: int = 0) -> None:
        """Steps the clock to that time of this day or another."""
        to = self.moment(moment, day) + timedelta(minutes=minutes)
        self._step_to(to)
        self._shift = to - datetime.now(UTC)

    def now(self) -> datetime:
        """What a clock that goes right shows since the last step."""
        return datetime.now(UTC) + self._shift

    def later(self, days: int) -> str:
        """The day so many days after this one."""
        return (date.fromisoformat(self.plan.day) + timedelta(days=days)).isoformat()

    def moment(self, moment: str, day: str = "") -> datetime:
        return datetime.fromisoformat(f"{day or self.plan.day}T{moment}:00+08:00")
