"""Units, partners and their offerings on real stores, and how a history asks and looks."""

import itertools
import json
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from schemas.fields import instant
from services.activities.service import Activities
from services.branches.service import Branches
from services.cobuild.service import Cobuild
from services.district.calendar import LOCAL
from services.grids.service import Grids
from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.tables import collections_of
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.service import Service
from services.kit.store import Store, open_store
from services.kit.views import Find
from services.partners.service import Partners
from services.people.service import People
from services.xfh.demo.plan import credit_code
from tests.clocks import HUNG_S
from tests.examples import cobuild as examples
from tests.examples import partners as partner_examples
from tests.given import DIVISIONS

ADMIN = Actor(
    "A1",
    (
        Role("district_admin", "*"),
        Role("unit_liaison", "*"),
        Role("community_worker", "*"),
    ),
)
ANOTHER = Actor("A2", (Role("street_admin", "*"),))
COMMUNITY = examples.COMMUNITY
RESIDENT = Actor("R1", (Role("resident", "*"),))
UNITS = 2
CAPACITY = 2
MOST = 1000


class CoBuildingStage(RuleBasedStateMachine):
    def open_all(self) -> None:
        """Every service the histories touch, a unit and a partner for each liaison, and what they offer."""
        self.folder = Path(tempfile.mkdtemp(prefix="xfh-histories-"))
        self.settings = Settings(
            data=self.folder,
            clock_file=str(self.folder / "clock"),
            log_level="CRITICAL",
        )
        self.ahead = timedelta()
        self.keys = itertools.count()
        self.paused: set[str] = set()
        self.activities: list[str] = []
        self.told: list[tuple[str, str, dict[str, Any], Actor, str, Any]] = []
        self._start()
        for fact in DIVISIONS:
            division = {
                name: fact.data[name] for name in ("division", "name", "status")
            }
            self._do("branches", "record_division", division)
        self._follow()
        self.units = [self._unit(number) for number in range(UNITS)]
        self.partners = [self._partner(number) for number in range(UNITS)]
        self.offerings = [self._offering(unit) for unit in self.units]
        self.needs: list[str] = []

    def _open(self, service: type[Service]) -> Store:
        return open_store(
            f"sqlite:{self.folder}", service.name, collections_of(service)
        )

    def _start(self) -> None:
        self.bus = LocalBus()
        for service in (Branches, Partners, Cobuild, Activities, Grids, People):
            self.bus.hosts[service.name] = Host(
                service, self.settings, self.bus, self._open(service)
            )
        self.host: Host = self.bus.hosts["cobuild"]

    def _follow(self) -> None:
        for service in ("partners", "activities", "cobuild"):
            for follower in self.bus.hosts[service].followers.values():
                follower.catch_up()

    def _call(
        self, service: str, method: str, payload: dict[str, Any], actor: Actor, key: str
    ) -> Any:
        return self.bus.call(
            service,
            method,
            payload,
            actor=actor,
            key=key,
            deadline=Deadline.after(HUNG_S),
        )

    def _do(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        actor: Actor = ADMIN,
        key: str = "",
    ) -> Any:
        key = key or f"k{next(self.keys)}"
        answer = self._call(service, method, payload, actor, key)
        self.told.append((service, method, payload, actor, key, answer))
        return answer["document"]

    def _try(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        actor: Actor = ADMIN,
        key: str = "",
    ) -> Any:
        """What a rule refuses is refused: the histories are random. Then there is no document."""
        with suppress(Forbidden, Invalid, Refused, Unknown):
            return self._do(service, method, payload, actor, key)
        return None

    def _ask(self, service: str, method: str, payload: dict[str, Any]) -> Any:
        return self._call(service, method, payload, ADMIN, "")

    def _all(self, collection: str, by: str, **where: str) -> list[dict[str, Any]]:
        return self.host.store.views.find(Find(collection, where, by, limit=MOST))

    def _documents(self) -> dict[str, dict[str, Any]]:
        """Every document of every collection, by the tables of the generation being served."""
        with closing(sqlite3.connect(self.folder / "cobuild.sqlite")) as store:
            (serving,) = store.execute("SELECT serving FROM generations").fetchone()
            return {
                collection.name: {
                    id: json.loads(doc)
                    for id, doc in store.execute(
                        f"SELECT id, doc FROM g{serving}_{collection.name}"
                    )
                }
                for collection in Cobuild.collections
            }

    def _unit(self, number: int) -> str:
        body = {
            **examples.REGISTRATION,
            "name": f"单位{number}",
            "credit_code": credit_code(number),
        }
        unit = str(self._do("cobuild", "register_unit", body)["id"])
        self._do("cobuild", "approve_unit", {"unit": unit}, ANOTHER)
        return unit

    def _partner(self, number: int) -> str:
        body = {
            **partner_examples.COMMANDS["apply"],
            "name": f"单位{number}",
            "credit_code": credit_code(number),
        }
        partner = str(self._do("partners", "apply", body)["id"])
        self._do("partners", "approve", {"partner": partner})
        self._follow()
        return partner

    def _offering(self, unit: str) -> str:
        return str(
            self._do(
                "cobuild", "publish_offering", {**self._content(CAPACITY), "unit": unit}
            )["id"]
        )

    def _content(self, capacity: int) -> dict[str, Any]:
        times = {"starts_at": self._nine(-1), "minutes": 60, "repeats": "FREQ=DAILY"}
        return {
            **examples.ABOUT,
            **times,
            "capacity": capacity,
            "per": "day",
            "valid_until": "2999-12-31",
        }

    def _one(self, which: int, *states: str) -> list[dict[str, Any]]:
        """One of the needs in these states, or none."""
        found = [
            need
            for state in states
            for need in self._all("needs", "raised_at", state=state)
        ]
        return [found[which % len(found)]] if found else []

    def _day(self, days: int) -> str:
        return (
            (self.settings.now() + timedelta(days=days))
            .astimezone(LOCAL)
            .date()
            .isoformat()
        )

    def _nine(self, days: int, hour: int = 9) -> str:
        return instant(
            datetime.fromisoformat(f"{self._day(days)}T{hour:02}:00:00").replace(
                tzinfo=LOCAL
            )
        )
