"""The demonstration's day, lived through the HTTP API: what each person asks, in the order it happens.

Everything of one activity is asked in order by one caller, different activities side by side: so the same seats go
to the same people each time. Every request has a key of its own, so a day broken off is taken up where it stopped.
"""

import random
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from schemas.persons import is_guest, principal
from services.kit.actor import Role
from services.xfh.demo.client import Client, NotDone
from services.xfh.demo.plan import (
    CAMPAIGNS,
    CHECKS_OUT,
    DISTRICT,
    RATES,
    SEED,
    SHOWS_UP,
    SITES,
    SLOTS,
    Activity,
    Plan,
    Unit,
)

CALLERS = 8
PATIENCE_S = 30.0
LOOK_S = 0.1
SEATS_ON_A_PAGE = 100
DOORS_OPEN_MIN = 20  # Before minutes count, so that they do not depend on how fast people are let in.

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass
class Door:
    """The code last shown at a door; it expires after a while."""

    code: str = ""


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
        self._client, self.plan = client, plan
        self.token = cache(token)
        self._step_to, self._tick = step_to, tick
        self.units: list[str] = []
        self.offerings: dict[int, str] = {}
        self.branches: list[str] = []
        self.activities: dict[str, str] = {}
        self.last_event = 0

    def then(self, plan: Plan) -> "Day":
        """A later day of the same units and branches."""
        later = Day(self._client, plan, self.token, self._step_to, self._tick)
        later.units, later.offerings, later.branches = (
            self.units,
            self.offerings,
            self.branches,
        )
        later.last_event = self.last_event
        return later

    def live(self) -> None:
        self.at("07:00")
        self.for_all(self._post, self.plan.activities)
        self.at("07:30")
        self.for_all(self._sign_up, self.plan.activities)
        for slot, (starts, ends) in enumerate(SLOTS):
            activities = [
                activity for activity in self.plan.activities if activity.slot == slot
            ]
            self.at(starts, minutes=-DOORS_OPEN_MIN)
            arrived = self.for_all(self._welcome, activities)
            self.at(ends, minutes=2)
            self.for_all(self._finish, zip(activities, arrived, strict=True))

    # Who asks

    def district(self) -> str:
        return self.token("demo-district-admin", (Role("district_admin", DISTRICT),))

    def analyst(self) -> str:
        return self.token(
            "demo-district-analyst", (Role("district_analyst", DISTRICT),)
        )

    def street(self, community: str) -> str:
        return self.token(
            f"demo-street-{community[:9]}", (Role("street_admin", community[:9]),)
        )

    def resident(self, person: str) -> str:
        return self.token(person, (Role("resident", DISTRICT),))

    def secretary(self, number: int) -> str:
        return self.token(
            f"demo-secretary-{number}",
            (Role("branch_secretary", f"branch/{self.branches[number]}"),),
        )

    def liaison(self, number: int) -> str:
        scope = f"unit/{self.units[number]}" if self.units else DISTRICT
        return self.token(f"demo-liaison-{number}", (Role("unit_liaison", scope),))

    def worker(self, community: str) -> str:
        return self.token(
            f"demo-worker-{community}", (Role("community_worker", community),)
        )

    def keeper(self, activity: Activity) -> str:
        kind, which = activity.host
        if kind == "community":
            return self.worker(which)
        return self.secretary(which) if kind == "branch" else self.liaison(which)

    # What they ask

    def establish(self) -> None:
        """Units, their offerings, sites and branches: what there is before anything happens."""
        self.units = self.for_all(self._admit, self.plan.units)
        offering = [
            number for number, unit in enumerate(self.plan.units) if unit.offering
        ]
        self.offerings = dict(
            zip(offering, self.for_all(self._offer, offering), strict=True)
        )
        body = {
            "name": "网络直播行业综合党委（演示）",
            "industry": "互联网",
            "division": DISTRICT,
        }
        committee = self.new("/committees", self.district(), body, "committee")
        sites = [
            self.new("/sites", self.district(), self._site(number), f"site-{number}")
            for number in range(len(SITES))
        ]
        for number, name in enumerate(sorted(set(CAMPAIGNS.values()))):
            campaign = {
                "campaign": name,
                "division": DISTRICT,
                "since": "2026-01-01",
                "until": "2026-12-31",
            }
            self.do("/campaigns", self.district(), campaign, f"campaign-{number}")
        self.branches = [
            self._branch(number, committee, sites)
            for number in range(len(self.plan.branches))
        ]
        home = {
            "name": "互联网营销师之家（演示）",
            "services": ["直播培训", "法律咨询", "选品对接"],
        }
        place = {
            "community": self._site(0)["community"],
            "site": sites[0],
            "branch": self.branches[0],
        }
        self.new("/homes", self.district(), {**home, **place}, "home")

    def _site(self, number: int) -> dict[str, Any]:
        community = self.plan.branches[number]["community"]
        return {"name": SITES[number], "community": community, "address": "演示地址"}

    def _admit(self, unit: Unit) -> str:
        number = self.plan.units.index(unit)
        liaison = self.token(
            f"demo-liaison-{number}", (Role("unit_liaison", DISTRICT),)
        )
        id = self.new("/units", liaison, unit.body, unit.key)
        self.do(
            f"/units/{id}/approve",
            self.street(unit.body["community"]),
            {},
            f"{unit.key}-approve",
        )
        return id

    def _offer(self, number: int) -> str:
        unit = self.plan.units[number]
        assert unit.offering is not None
        return self.new(
            f"/units/{self.units[number]}/offerings",
            self.liaison(number),
            unit.offering,
            f"{unit.key}-offer",
        )

    def _branch(self, number: int, committee: str, sites: list[str]) -> str:
        body = {**self.plan.branches[number], "site": sites[number % len(sites)]}
        id = self.new("/branches", self.district(), body, f"branch-{number}")
        for kind, parent in (
            ("industry", committee),
            ("territorial", body["community"][:9]),
        ):
            link = {"kind": kind, "parent": parent, "since": "2026-01-01"}
            self.do(
                f"/branches/{id}/oversight",
                self.district(),
                link,
                f"branch-{number}-{kind}",
            )
        term = {
            "person": f"demo-secretary-{number}",
            "since": "2026-01-01",
            "until": "2028-12-31",
        }
        self.do(
            f"/branches/{id}/secretary",
            self.district(),
            term,
            f"branch-{number}-secretary",
        )
        self._report(number, id, body["community"])
        return id

    def _report(self, number: int, id: str, community: str) -> None:
        """The branch's committee, its members and streamers, and the community it reports in to."""
        key = f"branch-{number}"
        elected = {"since": "2026-01-01", "until": "2028-12-31", "members": 3}
        self.do(
            f"/branches/{id}/committee", self.district(), elected, f"{key}-committee"
        )
        counts = {
            "on": "2026-05-31",
            "members": 8 + 3 * number,
            "streamers": 40 + 25 * number,
        }
        self.do(f"/branches/{id}/counts", self.district(), counts, f"{key}-counts")
        report = {"community": community, "on": "2026-03-01"}
        self.do(
            f"/branches/{id}/reports/branch", self.district(), report, f"{key}-report"
        )

    def _post(self, activity: Activity) -> None:
        kind, which = activity.host
        names = {"branch": self.branches, "unit": self.units}
        host = f"{kind}/{names[kind][which] if kind in names else which}"
        keeper = self.keeper(activity)
        id = self.new(
            "/activities", keeper, {**activity.body, "host": host}, activity.key
        )
        self.activities[activity.key] = id
        if activity.offering_of is not None:
            body = {"offering": self.offerings[activity.offering_of]}
            self.do(
                f"/activities/{id}/offering-requests",
                keeper,
                body,
                f"{activity.key}-offering",
            )
        self.do(f"/activities/{id}/publish", keeper, {}, f"{activity.key}-publish")
        self.do(f"/activities/{id}/open", keeper, {}, f"{activity.key}-open")

    def _sign_up(self, activity: Activity) -> None:
        id = self.activities[activity.key]
        signups = []
        for number, party in enumerate(activity.signups):
            members = [
                {"person": p, "relation": "family" if place else "self"}
                for place, p in enumerate(party)
            ]
            path, key = f"/activities/{id}/signups", f"{activity.key}-signup-{number}"
            helps = {"role": "helper"} if activity.is_helped_by(number) else {}
            signups.append(
                self.new(
                    path, self.resident(party[0]), {"party": members, **helps}, key
                )
            )
        if "link" in activity.body:
            words = {"words": "线上参加的朋友请提前十分钟进直播间。"}
            self.do(
                f"/activities/{id}/messages",
                self.keeper(activity),
                words,
                f"{activity.key}-message",
            )
        for number in activity.cancels:
            person, key = activity.signups[number][0], f"{activity.key}-cancel-{number}"
            self.do(
                f"/signups/{signups[number]}/cancel", self.resident(person), {}, key
            )

    def _welcome(self, activity: Activity) -> list[str]:
        """Starts the activity, checks in those who came and returns them. Every other one scans a code."""
        id, keeper = self.activities[activity.key], self.keeper(activity)
        self.do(f"/activities/{id}/start", keeper, {}, f"{activity.key}-start")
        luck = random.Random(f"{SEED}{self.plan.day}{activity.key}")
        came = [
            person for person in self._seated(id, keeper) if luck.random() < SHOWS_UP
        ]
        door = Door()
        opens = self._moment(SLOTS[activity.slot][0]) - timedelta(
            minutes=DOORS_OPEN_MIN
        )
        for number, person in enumerate(came):
            at = opens + timedelta(minutes=luck.randrange(5))
            self._pass(door, "checkins", activity, person, at, scanned=number % 2 == 0)
        return came

    def _finish(self, activity_and_came: tuple[Activity, list[str]]) -> None:
        activity, came = activity_and_came
        id = self.activities[activity.key]
        luck = random.Random(f"{SEED}{self.plan.day}{activity.key}out")
        ends = self._moment(SLOTS[activity.slot][1])
        door = Door()
        for number, person in enumerate(came):
            if luck.random() < CHECKS_OUT:
                at = ends - timedelta(minutes=luck.randrange(20))
                self._pass(
                    door, "checkouts", activity, person, at, scanned=number % 2 == 0
                )
        self.do(
            f"/activities/{id}/close",
            self.keeper(activity),
            {"report": "活动顺利。"},
            f"{activity.key}-close",
        )
        if "link" in activity.body:
            watched = {"viewers": 100 + luck.randrange(900)}
            self.do(
                f"/activities/{id}/viewers",
                self.keeper(activity),
                watched,
                f"{activity.key}-viewers",
            )
        for person in came:
            if luck.random() < RATES and not is_guest(person):
                body: dict[str, Any] = {
                    "score": luck.choices((5, 4, 3, 2), weights=(60, 28, 9, 3))[0]
                }
                if luck.random() < 0.2:
                    body["words"] = "组织得很好，下次还来。"
                self.do(
                    f"/activities/{id}/ratings",
                    self.resident(person),
                    body,
                    f"{activity.key}-rate-{person}",
                )

    def _seated(self, id: str, keeper: str) -> list[str]:
        persons, after = [], ""
        while True:
            page = self.get(
                f"/activities/{id}/seats?limit={SEATS_ON_A_PAGE}{after}", keeper
            )
            persons += [
                seat["person"] for seat in page["items"] if seat["state"] == "confirmed"
            ]
            if page["next"] is None:
                return persons
            after = f"&after={page['next']}"

    def _pass(
        self,
        door: Door,
        way: str,
        activity: Activity,
        person: str,
        at: datetime,
        scanned: bool,
    ) -> None:
        """In or out: now, by the code shown at the door, or ticked off by the host, who notes when it was."""
        path, key = (
            f"/activities/{self.activities[activity.key]}/{way}",
            f"{activity.key}-{way}-{person}",
        )
        body = {"person": person}
        if scanned:
            self._scan(door, path, key, activity, body)
        else:
            self.do(path, self.keeper(activity), {**body, "at": at.isoformat()}, key)

    def _scan(
        self, door: Door, path: str, key: str, activity: Activity, body: dict[str, Any]
    ) -> None:
        if not door.code:
            door.code = self.get(
                f"{path.rpartition('/')[0]}/door-code", self.keeper(activity)
            )["code"]
        resident = self.resident(principal(body["person"]))
        try:
            self.do(path, resident, {**body, "code": door.code}, key)
        except NotDone as no:
            if no.code != "code_expired":
                raise
            door.code = ""
            self._scan(door, path, key, activity, body)

    # How it is asked

    def get(self, path: str, token: str) -> Any:
        return self._client.get(path, token)

    def upload(self, kind: str, token: str, table: str) -> Any:
        """The report of a table uploaded."""
        report = self._client.upload(f"/imports/{kind}", token, table)
        self._tick()
        return report

    def new(self, path: str, token: str, body: dict[str, Any], key: str) -> str:
        return str(self.do(path, token, body, key)["document"]["id"])

    def do(self, path: str, token: str, body: dict[str, Any], key: str) -> Any:
        answer = self._client.post(path, token, body, f"demo-{self.plan.day}-{key}")
        if path.startswith(("/activities", "/signups")):
            self.last_event = max(self.last_event, answer["event"]["sequence"])
        self._tick()
        return answer

    def for_all(
        self, ask: Callable[[Item], Result], items: Iterable[Item]
    ) -> list[Result]:
        with ThreadPoolExecutor(CALLERS) as callers:
            return list(callers.map(ask, items))

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what happens by itself."""
        end = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > end:
                raise SystemExit("该自动发生的事没有发生，请看上面的日志")
            time.sleep(LOOK_S)

    def at(self, moment: str, day: str = "", minutes: int = 0) -> None:
        """Steps the clock to that time of this day or another."""
        self._step_to(self._moment(moment, day) + timedelta(minutes=minutes))

    def later(self, days: int) -> str:
        """The day so many days after this one."""
        return (date.fromisoformat(self.plan.day) + timedelta(days=days)).isoformat()

    def _moment(self, moment: str, day: str = "") -> datetime:
        return datetime.fromisoformat(f"{day or self.plan.day}T{moment}:00+08:00")
