"""Activities and metrics on a store, in one process that may die at any moment, with a clock moved by hand."""

import itertools
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.documents import Json
from services.activities.service import Activities
from services.branches.service import Branches
from services.cobuild.service import Cobuild
from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Clock, Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.rebuild import rebuild
from services.kit.engine.tables import folds_of, sources_of
from services.kit.errors import Problem, Unavailable
from services.kit.log import Event
from services.kit.service import Service
from services.kit.store import Store
from services.kit.views import Find, Key, Nothing, fold_all
from services.metrics.service import Metrics
from tests.clocks import HUNG_S
from tests.examples.cobuild import REGISTRATION
from tests.given import DIVISIONS

SERVICES: tuple[type[Service], ...] = (Branches, Cobuild, Activities, Metrics)
FOLLOWED = {
    "cobuild": ("branches",),
    "activities": ("branches", "cobuild"),
    "metrics": ("branches", "cobuild", "activities"),
}
ADMIN = Actor("A1", (Role("district_admin", "*"),))
UNIT = {**REGISTRATION, "community": "510108015001"}
MOST = 100_000
MOST_DUE = 200

Open = Callable[[type[Service]], Store]


class Crash(BaseException):
    """The process is gone: nothing may catch it."""


def standing_still(now: Clock, folder: Path) -> Settings:
    """Settings with that clock, so that what a history does depends on its seed alone."""

    class StandingStill(Settings):
        @property
        def now(self) -> Clock:
            return now

    return StandingStill(data=folder, log_level="CRITICAL")


class Stage:
    """`told` are the commands that were answered, with their answers."""

    services = SERVICES
    followed: Mapping[str, tuple[str, ...]] = FOLLOWED

    def __init__(
        self, open_store: Open, folder: Path, begins: datetime, luck: random.Random
    ):
        self.now = begins
        self.settings = standing_still(lambda: self.now, folder)
        self.told: list[tuple[str, Json, Actor, str, Any]] = []
        self._open, self._luck = open_store, luck
        self._keys = itertools.count()
        self.start()
        for fact in DIVISIONS:
            division = {
                name: fact.data[name] for name in ("division", "name", "status")
            }
            self._call(
                "branches",
                "record_division",
                division,
                ADMIN,
                f"d{division['division']}",
            )
        self.follow()
        unit = self._call("cobuild", "register_unit", UNIT, ADMIN, "unit")["document"][
            "id"
        ]
        self._call("cobuild", "approve_unit", {"unit": unit}, ADMIN, "approved")
        self.unit = f"unit/{unit}"
        self.follow()

    # The process

    def start(self) -> None:
        self.bus = LocalBus()
        for service in self.services:
            self.bus.hosts[service.name] = Host(
                service, self.settings, self.bus, self._open(service)
            )
        self.host: Host = self.bus.hosts["activities"]
        self.host.ledger.refresh()

    def stop(self) -> None:
        self.bus.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def follow(self, *services: str) -> None:
        for service in services or self.followed:
            for source in self.followed[service]:
                self.bus.hosts[service].followers[source].catch_up()

    def rest(self) -> None:
        """Whatever is due is done and whoever follows is caught up."""
        for _ in range(MOST_DUE):
            self.now += timedelta(seconds=1)
            if not self.host.timers.fire():
                self.follow()
                return
        raise AssertionError("the clock never has done with it")

    # What is asked

    def ask(self, method: str, question: Json, actor: Actor) -> Any:
        return self._call("activities", method, question, actor, "")

    def do(self, method: str, command: Json, actor: Actor) -> Json:
        """The document of a command that must succeed."""
        key, loaded = f"k{next(self._keys)}", self._loaded(method, command)
        answer = self._call("activities", method, loaded, actor, key)
        self.told.append((method, loaded, actor, key, answer))
        return dict(answer["document"])

    def attempt(self, method: str, command: Json, actor: Actor) -> str:
        """The code of the refusal, "" when it was done. Whatever is refused did not happen."""
        try:
            self.do(method, command, actor)
        except Unavailable:
            raise
        except Problem as problem:
            return problem.code
        return ""

    def retry(self) -> None:
        """I5: a command done before, with the same key: nothing happens and the answer is the first one."""
        head = self.host.store.log.head()
        self.must_answer_as_before(*self._luck.choice(self.told))
        assert self.host.store.log.head() == head

    def must_answer_as_before(
        self, method: str, command: Json, actor: Actor, key: str, first: Any
    ) -> None:
        assert self._call("activities", method, command, actor, key) == first, method

    def _loaded(self, method: str, command: Json) -> Json:
        """As the gateway hands it on."""
        loaded: Json = self.host.command(method).schema().load(command)
        return loaded

    def _call(
        self, service: str, method: str, payload: Json, actor: Actor, key: str
    ) -> Any:
        return self.bus.call(
            service,
            method,
            payload,
            actor=actor,
            key=key,
            deadline=Deadline.after(HUNG_S),
        )

    # What goes wrong

    def crash_during(
        self, method: str, command: Json, actor: Actor, after_append: bool
    ) -> None:
        """Before anything is durable, or when the log has it and no document does; then asked again, same key."""
        spot, name = (
            (self.host.store.views, "commit")
            if after_append
            else (self.host.store.log, "append")
        )
        key, loaded = f"k{next(self._keys)}", self._loaded(method, command)
        request = self.host.request(self.host.command(method), loaded, actor, key)
        setattr(spot, name, _dies)
        if isinstance(
            self._outcome(lambda: self.host.ledger.together([request])), Problem
        ):
            delattr(spot, name)
            return
        self.restart()
        answer = self._call("activities", method, loaded, actor, key)
        self.told.append((method, loaded, actor, key, answer))

    def crash_following(self) -> None:
        """Metrics dies with events folded that are not kept yet."""
        spot, name = self.bus.hosts["metrics"].store.views, "commit"
        setattr(spot, name, _dies)
        self._outcome(lambda: self.follow("metrics"))
        self.restart()

    def _outcome(self, act: Callable[[], Any]) -> Any:
        """The first refusal, or the crash."""
        try:
            outcomes = act()
        except Crash as crash:
            return crash
        return outcomes[0] if outcomes else None

    # What there is

    def events(self) -> list[Event]:
        return self.host.store.log.read(0, MOST)

    def every(self, service: str, collection: str) -> list[Json]:
        return self.bus.hosts[service].store.views.find(
            Find(collection, {}, "id", limit=MOST)
        )

    def one(self, collection: str, id: str) -> Json:
        doc = self.host.store.views.get(collection, id)
        assert doc is not None, f"{collection}/{id}"
        return doc

    def folded_anew(self, service: type[Service]) -> dict[Key, Json]:
        """Every document of a service, folded in one go from the logs it is folded from."""
        docs: dict[Key, Json] = {}
        for source in (
            service.name,
            *(each for each in sources_of(service) if each in self.bus.hosts),
        ):
            events = self.bus.hosts[source].store.log.read(0, MOST)
            docs |= fold_all(
                Nothing(), events, folds_of(service).get(source, {})
            ).changed
        return docs

    def kept(self, service: type[Service], keys: Any) -> dict[Key, Json | None]:
        views = self.bus.hosts[service.name].store.views
        return {key: views.get(*key) for key in keys}

    def rebuild(self, service: type[Service]) -> None:
        logs = {name: host.store.log for name, host in self.bus.hosts.items()}
        rebuild(service, self.bus.hosts[service.name].store, logs, lambda count: None)


def _dies(*args: Any) -> Any:
    raise Crash
