"""`python -m tests.faults.load PLAN LEDGER`: people using the platform, in a process that nobody injures.

It says `begun` when the activities are open and the load is on. Told by a line on its input that it is enough, it says
`done` when the last request has come to an end. By another line it hears that the clock is past the session: it closes
the activities and ends.
"""

import http.client
import itertools
import json
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.fields import instant
from services.xfh.demo.plan import credit_code
from tests.clocks import HUNG_S
from tests.faults.ledger import Ledger, Told

COMMUNITY = "510108002001"
PAUSE_S = 0.02
RETRY_S = 0.2
LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Load:
    """How much is asked, for how long at least. After the statuses in `again` a client asks again with the same key."""

    seconds: float = 8.0
    callers: int = 8
    activities: int = 6
    capacity: int = 40
    patience_s: float = HUNG_S
    again: tuple[int, ...] = (429, 503, 504)


@dataclass(frozen=True)
class Plan:
    """A load on one platform: where it answers, who asks, when it is there."""

    host: str
    port: int
    token: str
    now: str
    load: Load

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))


def read_plan(path: Path) -> Plan:
    fields = json.loads(path.read_text())
    return Plan(**{**fields, "load": Load(**fields["load"])})


@dataclass
class Signup:
    id: str
    activity: str
    person: str
    confirmed: bool


class Client:
    """Asks until there is an answer, always with the same key, and writes down how it ended."""

    def __init__(self, plan: Plan, ledger: Ledger):
        self._plan, self._ledger = plan, ledger
        self._connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: dict[str, Any], key: str) -> Any:
        """The answer, or None when there was none or it said no."""
        end = time.monotonic() + self._plan.load.patience_s
        longest_ms = 0.0
        for attempt in itertools.count(1):
            began = time.monotonic()
            status, answer = self._attempt(path, body, key)
            longest_ms = max(longest_ms, (time.monotonic() - began) * 1000)
            if (
                status == 0 or status in self._plan.load.again
            ) and time.monotonic() < end:
                time.sleep(RETRY_S)
                continue
            self._ledger.write(_told(key, status, answer, attempt, longest_ms))
            return answer if status < 300 and status else None

    def _attempt(self, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        headers = {
            "Authorization": f"Bearer {self._plan.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            if self._connection is None:
                address = self._plan.host, self._plan.port
                self._connection = http.client.HTTPConnection(*address, timeout=HUNG_S)
            self._connection.request(
                "POST", f"/api/v1{path}", json.dumps(body), headers
            )
            response = self._connection.getresponse()
            return response.status, json.loads(response.read())
        except LOST:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            return 0, {}


def _told(key: str, status: int, answer: Any, attempts: int, longest_ms: float) -> Told:
    event = answer.get("event") or {"id": "", "sequence": 0}
    code = str(answer.get("code", ""))
    return Told(
        key,
        status,
        event["id"],
        event["sequence"],
        code,
        attempts,
        round(longest_ms, 1),
    )


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
