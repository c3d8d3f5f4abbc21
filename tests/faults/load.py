"""`python -m tests.faults.load PLAN LEDGER`: people using the platform, in a process that nobody injures.

It says `begun` when the activities are open and the load is on. Told by a line on its input that it is enough, it says
`done` when the last request has come to an end. By another line it hears that the clock is past the session: it closes
the activities and ends.
"""

import itertools
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.fields import instant
from services.xfh.demo.plan import credit_code
from tests.faults.client import Client
from tests.faults.ledger import Ledger
from tests.faults.plan import COMMUNITY, Plan, read_plan

PAUSE_S = 0.02


@dataclass
class Signup:
    id: str
    activity: str
    person: str
    confirmed: bool


class Caller:
    """One of many who sign up parties, cancel some, check some in, and now and then register something."""

    def __init__(self, number: int, client: Client, activities: list[str]):
        self._number, self._client, self._activities = number, client, activities
        self._luck = random.Random(number)
        self._counting = itertools.count()
        self._signups: list[Signup] = []
        acts = (self._sign_up, self._cancel, self._check_in, self._register)
        self._acts: tuple[Callable[[str], None], ...] = acts

    def call_until(self, enough: threading.Event) -> None:
        while not enough.is_set():
            (act,) = self._luck.choices(self._acts, weights=(66, 16, 10, 8))
            act(f"{self._number}-{next(self._counting)}")
            time.sleep(PAUSE_S)

    def _sign_up(self, key: str) -> None:
        activity = self._luck.choice(self._activities)
        persons = [
            f"faults-{key}-{member}" for member in range(self._luck.randint(1, 3))
        ]
        party = [
            {"person": person, "relation": "family" if place else "self"}
            for place, person in enumerate(persons)
        ]
        answer = self._client.post(
            f"/activities/{activity}/signups", {"party": party, "by": persons[0]}, key
        )
        if answer:
            document = answer["document"]
            self._signups.append(
                Signup(
                    document["id"],
                    activity,
                    persons[0],
                    document["state"] == "confirmed",
                )
            )

    def _cancel(self, key: str) -> None:
        if self._signups:
            signup = self._signups.pop(self._luck.randrange(len(self._signups)))
            self._client.post(f"/signups/{signup.id}/cancel", {}, key)

    def _check_in(self, key: str) -> None:
        """Those who are in stay in: they are neither checked in again nor cancelled."""
        for signup in [signup for signup in self._signups if signup.confirmed][-1:]:
            self._signups.remove(signup)
            self._client.post(
                f"/activities/{signup.activity}/checkins",
                {"person": signup.person},
                key,
            )

    def _register(self, key: str) -> None:
        path, body = self._luck.choice((self._unit, self._partner, self._site))(key)
        self._client.post(path, body, key)

    def _unit(self, key: str) -> tuple[str, dict[str, Any]]:
        code = credit_code(self._number * 1000 + next(self._counting))
        body = {
            "name": f"单位{key}",
            "credit_code": code,
            "industry": "电力",
            "members": 9,
            "contact_role": "联络员",
        }
        return "/units", {**body, "community": COMMUNITY}

    def _partner(self, key: str) -> tuple[str, dict[str, Any]]:
        body = {
            "name": f"团队{key}",
            "kind": "居民骨干",
            "categories": ["其他"],
            "contact_role": "队长",
        }
        return "/partners", {**body, "community": COMMUNITY}

    def _site(self, key: str) -> tuple[str, dict[str, Any]]:
        return "/sites", {
            "name": f"阵地{key}",
            "community": COMMUNITY,
            "address": "演示地址",
        }


def _open_activity(client: Client, plan: Plan, number: int) -> str:
    """An activity that begins soon: people may still sign up, and already check in."""
    starts = datetime.fromisoformat(plan.now) + timedelta(minutes=40)
    posting = {
        "host": f"community/{COMMUNITY}",
        "title": f"活动{number}",
        "category": "文体",
        "community": COMMUNITY,
        "place": "广场",
        "starts_at": instant(starts),
        "ends_at": instant(starts + timedelta(hours=2)),
        "capacity": plan.load.capacity,
    }
    id = str(client.post("/activities", posting, f"draft-{number}")["document"]["id"])
    for step in ("publish", "open"):
        client.post(f"/activities/{id}/{step}", {}, f"{step}-{number}")
    return id


def main(plan: Plan, ledger: Ledger) -> None:
    client = Client(plan, ledger)
    activities = [
        _open_activity(client, plan, number) for number in range(plan.load.activities)
    ]
    print("begun", flush=True)
    enough = threading.Event()
    callers = [
        Caller(number, Client(plan, ledger), activities)
        for number in range(plan.load.callers)
    ]
    threads = [
        threading.Thread(target=caller.call_until, args=(enough,)) for caller in callers
    ]
    for thread in threads:
        thread.start()
    sys.stdin.readline()
    enough.set()
    for thread in threads:
        thread.join()
    print("done", flush=True)
    sys.stdin.readline()
    for id in activities:
        for step in ("start", "close"):
            client.post(f"/activities/{id}/{step}", {}, f"{step}-{id}")


if __name__ == "__main__":
    main(read_plan(Path(sys.argv[1])), Ledger(Path(sys.argv[2])))
