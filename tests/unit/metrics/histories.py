"""Random histories of activities, made by the real rules: whatever they refuse did not happen."""

import random
from datetime import datetime, timedelta

from services.activities.rules import door, lifecycle, signups
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Data, Event, Fact
from services.kit.views import Overlay
from tests.examples.activities import COMMANDS
from tests.given import asked, given_from, happened
from tests.unit.activities.stage import BEFORE, KEY, STARTS, stage

PEOPLE = [f"R{number}" for number in range(12)]
CATEGORIES = ("助老", "文体")


class History:
    """Plays random steps on a few activities and keeps the events that came of them."""

    def __init__(self, seed: int):
        self._luck = random.Random(seed)
        self._docs: Overlay = stage()
        self.events: list[Event] = []
        self._activities = [self._post() for _ in range(self._luck.randint(1, 3))]

    def play(self, steps: int) -> list[Event]:
        now = BEFORE
        for _ in range(steps):
            now += timedelta(minutes=self._luck.choice((5, 30, 240)))
            self._step(self._luck.choice(self._activities), now)
        return self.events

    def _post(self) -> str:
        command = {
            **COMMANDS["draft_activity"],
            "capacity": self._luck.randint(2, 6),
            "category": self._luck.choice(CATEGORIES),
            "starts_at": self._luck.choice(("2026-06-13T01:00:00.000Z", "2026-06-13T16:30:00.000Z")),
            "ends_at": "2026-06-13T18:00:00.000Z",
        }
        id = self._happen(lifecycle.draft(self._docs, command, self._secretary(BEFORE))).data["activity"]
        for rule in (lifecycle.publish, lifecycle.open_signups):
            self._happen(rule(self._docs, {"activity": id}, self._secretary(BEFORE)))
        return str(id)

    def _step(self, activity: str, now: datetime) -> None:
        step = self._luck.choice(
            (self._sign_up, self._sign_up, self._cancel, self._pass, self._pass, self._rate, self._move)
        )
        try:
            fact = step(activity, now)
        except Problem:
            return
        self._happen(fact)

    def _sign_up(self, activity: str, now: datetime) -> Fact:
        people = self._luck.sample(PEOPLE, self._luck.randint(1, 3))
        command = {"activity": activity, "party": [{"person": person, "relation": "self"} for person in people]}
        return signups.sign_up(self._docs, command, self._resident(people[0], now))

    def _cancel(self, activity: str, now: datetime) -> Fact:
        made = [doc for (kind, _), doc in self._docs.changed.items() if kind == "signups"]
        signup = self._luck.choice(made)["id"] if made else "none"
        return signups.cancel_signup(self._docs, {"signup": signup}, self._secretary(now))

    def _pass(self, activity: str, now: datetime) -> Fact:
        rule = self._luck.choice((door.check_in, door.check_out))
        person = self._luck.choice(PEOPLE)
        keeper = self._secretary(STARTS + timedelta(days=1))
        at = f"2026-06-13T{self._luck.randint(0, 18):02}:{self._luck.randint(0, 59):02}:00.000Z"
        return rule(self._docs, {"activity": activity, "person": person, "at": at}, keeper, KEY)

    def _rate(self, activity: str, now: datetime) -> Fact:
        command = {"activity": activity, "score": self._luck.randint(1, 5)}
        return door.rate(self._docs, command, self._resident(self._luck.choice(PEOPLE), now))

    def _move(self, activity: str, now: datetime) -> Fact:
        rule = self._luck.choice((lifecycle.start, lifecycle.close))
        command: Data = {"activity": activity}
        return rule(self._docs, command, self._secretary(STARTS + timedelta(days=1)))

    def _happen(self, fact: Fact) -> Event:
        event = happened(fact, seq=len(self.events) + 1)
        self.events.append(event)
        given_from(self._docs, Activities, "activities", fact)
        return event

    def _secretary(self, now: datetime) -> Asked:
        return asked(("branch_secretary", "branch/B1"), id="S1", now=now, new_id=self._id())

    def _resident(self, person: str, now: datetime) -> Asked:
        return asked(("resident", "510108"), id=person, now=now, new_id=self._id())

    def _id(self) -> str:
        return f"N{len(self.events) + 1}-{self._luck.randrange(10**9)}"
