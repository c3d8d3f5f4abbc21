"""The activities of a day of the demonstration: posted, signed up for, held, rated.

Everything of one activity is asked in order by one caller, different activities side by side: so the same seats go
to the same people each time.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.documents import Json
from schemas.persons import is_guest, principal
from services.xfh.demo.client import NotDone
from services.xfh.demo.day import Day
from services.xfh.demo.plan import SEED
from services.xfh.demo.script import CHECKS_OUT, RATES, SHOWS_UP, SLOTS, Activity

SEATS_ON_A_PAGE = 100
DOORS_OPEN_MIN = 20  # Before minutes count, so that they do not depend on how fast people are let in.
PRAISES = 0.2


def live(day: Day) -> None:
    """From the first posting to the last rating."""
    activities = day.plan.activities
    day.at("07:00")
    lived = [Lived(day, activity) for activity in activities]
    day.for_all(Lived.post, lived)
    day.at("07:30")
    day.for_all(Lived.sign_up, lived)
    for slot, (starts, ends) in enumerate(SLOTS):
        now = [activity for activity in lived if activity.is_in(slot)]
        day.at(starts, minutes=-DOORS_OPEN_MIN)
        day.for_all(Lived.welcome, now)
        day.at(ends, minutes=2)
        day.for_all(Lived.finish, now)


@dataclass
class Door:
    """The code last shown at a door; it expires after a while."""

    way: str
    code: str = ""


class Lived:
    """One activity, from its posting to its ratings."""

    def __init__(self, day: Day, activity: Activity):
        self._day = day
        self.activity = activity
        self._key = activity.key
        self._keeper = day.keeper(activity.host)
        self._path = ""
        self._came: list[str] = []

    def post(self) -> None:
        day = self._day
        offering = self.activity.offering_of
        body = self.activity.body | {"host": self._host()}
        id = day.new("/activities", self._keeper, body, self._key)
        self._path = f"/activities/{id}"
        if offering is not None:
            wanted = {"offering": day.offerings[offering]}
            self._do("offering-requests", wanted, "offering")
        self._do("publish")
        self._do("open")

    def is_in(self, slot: int) -> bool:
        return self.activity.slot == slot

    def _host(self) -> str:
        kind, which = self.activity.host
        if kind == "branch":
            return f"branch/{self._day.branches[int(which)]}"
        if kind == "unit":
            return f"unit/{self._day.units[int(which)]}"
        return f"community/{which}"

    def sign_up(self) -> None:
        """All who want to come; some of them think better of it."""
        signups = self.activity.signups
        ids = [self._sign_up(number, party) for number, party in enumerate(signups)]
        if "link" in self.activity.body:
            words = "线上参加的朋友请提前十分钟进直播间。"
            self._do("messages", {"words": words}, "message")
        for number in self.activity.cancels:
            resident = self._day.resident(signups[number][0])
            key = f"{self._key}-cancel-{number}"
            self._day.do(f"/signups/{ids[number]}/cancel", resident, {}, key)

    def _sign_up(self, number: int, party: list[str]) -> str:
        signer, *family = party
        members = [{"person": signer, "relation": "self"}]
        members += ({"person": person, "relation": "family"} for person in family)
        helps = {"role": "helper"} if self.activity.is_helped_by(number) else {}
        body = {"party": members} | helps
        key = f"{self._key}-signup-{number}"
        return self._day.new(
            f"{self._path}/signups", self._day.resident(signer), body, key
        )

    def welcome(self) -> None:
        """Starts the activity and checks in those who came. Every other one scans a code."""
        self._do("start")
        luck = self._luck("")
        seated = list(self._seated())
        self._came = [person for person in seated if luck.random() < SHOWS_UP]
        door = Door("checkins")
        opens = self._moment(0) - timedelta(minutes=DOORS_OPEN_MIN)
        for number, person in enumerate(self._came):
            at = opens + timedelta(minutes=luck.randrange(5))
            self._pass(door, number, person, at)

    def finish(self) -> None:
        """Half of them check out, the activity is closed, and some rate it."""
        luck = self._luck("out")
        door = Door("checkouts")
        ends = self._moment(1)
        for number, person in enumerate(self._came):
            if luck.random() < CHECKS_OUT:
                at = ends - timedelta(minutes=luck.randrange(20))
                self._pass(door, number, person, at)
        self._do("close", {"report": "活动顺利。"})
        if "link" in self.activity.body:
            self._do("viewers", {"viewers": 100 + luck.randrange(900)})
        for person in self._came:
            if luck.random() < RATES and not is_guest(person):
                self._rate(person, luck)

    def _rate(self, person: str, luck: random.Random) -> None:
        score = luck.choices((5, 4, 3, 2), weights=(60, 28, 9, 3))[0]
        body: Json = {"score": score}
        if luck.random() < PRAISES:
            body["words"] = "组织得很好，下次还来。"
        resident = self._day.resident(person)
        self._day.do(
            f"{self._path}/ratings", resident, body, f"{self._key}-rate-{person}"
        )

    def _seated(self) -> Iterator[str]:
        after = ""
        while True:
            path = f"{self._path}/seats?limit={SEATS_ON_A_PAGE}{after}"
            page = self._day.get(path, self._keeper)
            for seat in page["items"]:
                if seat["state"] == "confirmed":
                    yield seat["person"]
            if page["next"] is None:
                return
            after = f"&after={page['next']}"

    def _pass(self, door: Door, number: int, person: str, at: datetime) -> None:
        """In or out: now, by the code shown at the door, or ticked off by the host, who notes when it was."""
        key = f"{door.way}-{person}"
        if number % 2 == 0:
            self._scan(door, person, key)
        else:
            ticked = {"person": person, "at": at.isoformat()}
            self._do(door.way, ticked, key)

    def _scan(self, door: Door, person: str, key: str) -> None:
        if not door.code:
            door.code = self._day.get(f"{self._path}/door-code", self._keeper)["code"]
        scanned = {"person": person, "code": door.code}
        resident = self._day.resident(principal(person))
        try:
            self._day.do(
                f"{self._path}/{door.way}", resident, scanned, f"{self._key}-{key}"
            )
        except NotDone as no:
            if no.code != "code_expired":
                raise
            door.code = ""
            self._scan(door, person, key)

    def _do(self, step: str, body: Json | None = None, key: str = "") -> Any:
        """A step of its keeper."""
        path = f"{self._path}/{step}"
        key = f"{self._key}-{key or step}"
        return self._day.do(path, self._keeper, body or {}, key)

    def _luck(self, of: str) -> random.Random:
        return random.Random(f"{SEED}{self._day.plan.day}{self._key}{of}")

    def _moment(self, which: int) -> datetime:
        """When its slot starts (0) or ends (1)."""
        return self._day.moment(SLOTS[self.activity.slot][which])
