"""The same histories of activities, in the midst of which people turn out to be one, or two after all."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from schemas import fields
from schemas.documents import Json
from schemas.people.merges import OfMerge, OfTwo
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked, command
from services.kit.log import Fact
from services.kit.service import Service
from services.kit.views import Reads
from tests.integration.activity_histories import (
    FIRST,
    HOSTS,
    PEOPLE,
    History,
    keeper_of_place,
)
from tests.integration.activity_stage import FOLLOWED, SERVICES, Open, Stage

KEEPER = Actor("K1", (Role("district_admin", "510108"),))


ENDED = FIRST + timedelta(hours=12)
OF_DAYS = {"since": "2026-12-01", "until": "2026-12-31"}
HONOUR = {"title": "服务之星", "on": "2027-01-01"}


class Merging(OfMerge, OfTwo):
    """Whoever is named is meant: nobody is read as another here."""


def merge(docs: Reads, two: Json, asked: Asked) -> Fact:
    content = two | {"by": asked.actor.id, "basis": "登记重复"}
    return Fact("persons_merged.v1", f"merge/{two['merge']}", content)


def undo(docs: Reads, two: Json, asked: Asked) -> Fact:
    content = two | {"by": asked.actor.id, "reason": "不是同一个人"}
    return Fact("merge_undone.v1", f"merge/{two['merge']}", content)


class Told(fields.Schema):
    """An event of whatever type."""


def tell(docs: Reads, told: Json, asked: Asked) -> Fact:
    return Fact(told["type"], told["stream"], told["content"])


class Folk(Service):
    """Says who is merged into whom, as `people` does once that is confirmed, and whatever else it is to say."""

    name = "people"
    collections = ()
    folds = {"people": {}}  # noqa: RUF012

    merge = command(Merging, merge, by=["district_admin"], shows=())
    undo = command(Merging, undo, by=["district_admin"], shows=())
    tell = command(Told, tell, by=["district_admin"], shows=())


class StageOfPeople(Stage):
    """With people, who act as those they were merged into: nobody comes in by the other's account."""

    services = (*SERVICES[:2], Folk, *SERVICES[2:])
    followed = {  # noqa: RUF012
        **FOLLOWED,
        "activities": ("branches", "cobuild", "people"),
        "metrics": ("branches", "cobuild", "people", "activities"),
    }

    def __init__(
        self, open_store: Open, folder: Path, begins: datetime, luck: random.Random
    ):
        self.merged: dict[str, str] = {}
        super().__init__(open_store, folder, begins, luck)

    def says(self, method: str, two: Json) -> None:
        self._call("people", method, two, KEEPER, f"{method}-{two['merge']}")
        self.follow()
        self.rest()

    def tells(self, type: str, content: Json) -> None:
        """Whoever follows hears of it when they ask."""
        told = {"type": type, "stream": "people/told", "content": content}
        self._call("people", "tell", told, KEEPER, f"told-{next(self._keys)}")

    def crash_during(
        self, method: str, command: Json, actor: Actor, after_append: bool
    ) -> None:
        super().crash_during(method, command, self._acting(actor), after_append)

    def _call(
        self, service: str, method: str, payload: Json, actor: Actor, key: str
    ) -> Any:
        return super()._call(service, method, payload, self._acting(actor), key)

    def _acting(self, actor: Actor) -> Actor:
        return replace(actor, id=self.merged.get(actor.id, actor.id))


class MergingHistory(History):
    """Whenever the platform has come to rest two people may be merged, or parted again; unless it is `quiet`."""

    stage: StageOfPeople

    def __init__(self, stage: StageOfPeople, seed: int, *, quiet: bool = False):
        self._quiet = quiet
        self._doubles = random.Random(f"doubles {seed}")
        self._merges: list[Json] = []
        super().__init__(stage, seed)

    def _rest(self) -> None:
        super()._rest()
        if self._quiet:
            return
        most = len(PEOPLE) - 2
        if len(self._merges) == most or (self._merges and self._doubles.random() < 0.4):
            self.part()
        else:
            self.merge()

    def play(self, steps: int) -> None:
        super().play(steps)
        self._write_papers()

    def _retry(self) -> None:
        self._write_papers()
        self._rest()

    def _write_papers(self) -> None:
        """A certificate and a commendation for some: refused where there is no service to speak of."""
        if self.stage.now < ENDED:
            return
        for host, place in ((f"community/{place}", place) for place in HOSTS):
            keeper = keeper_of_place(place)
            for person in self._doubles.sample(PEOPLE, 3):
                about = {"person": person, "issuer": host}
                self.stage.attempt("issue_certificate", about | OF_DAYS, keeper)
                self.stage.attempt("commend", about | HONOUR, keeper)

    def merge(self) -> Json:
        """`{merge, person, into}`"""
        gone = {two["person"] for two in self._merges}
        left = [person for person in PEOPLE if person not in gone]
        person, into = self._doubles.sample(left, 2)
        number = self._doubles.randrange(10**6)
        two = {"merge": f"M{number}", "person": person, "into": into}
        self._merges.append(two)
        self._say("merge", two)
        return two

    def part(self) -> None:
        """The last one: of several they are undone in the reverse order."""
        self._say("undo", self._merges.pop())

    def part_all(self) -> None:
        while self._merges:
            self.part()

    def _say(self, method: str, two: Json) -> None:
        self.stage.merged = {
            each["person"]: self._survivor(each["person"]) for each in self._merges
        }
        self.stage.says(method, two)

    def _survivor(self, person: str) -> str:
        for two in self._merges:
            if two["person"] == person:
                return self._survivor(two["into"])
        return person
