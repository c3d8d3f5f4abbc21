"""An evening: as many phones as there are walks send what they queued, within ten minutes, while others are served.

`python -m tests.bench visits` asks it all; with `QUICK=1` a tenth of the phones send in a tenth of the time. Every
tenth phone gets no answer, as far as it knows, and sends all of it again. What was acknowledged is held against the
log afterwards: nothing lost, nothing doubled.
"""

import itertools
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from schemas.documents import Json
from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.xfh.commands.network import store_of
from tests import rabbit, servers
from tests.bench import load
from tests.bench.load import Result
from tests.bench.rush import Call, Rush, row, run, spread
from tests.bench.signups import Signups
from tests.bench.walks import DOORS, Phone, prepare

SEED = 960
PHONES, TRIES = 3_100, 30  # 93,000 visits to 68,200 doors.
SECONDS, QUICKER = 600.0, 0.1
SENDS_AGAIN, AGAIN_AFTER_S = 10, 2.0
A_VISIT = timedelta(milliseconds=100)  # Nobody was a member an hour ago.
PATIENCE = 3  # Times as long as it should take.
PAUSE_S, LOOKS = 0.05, 9
BEFORE_S = 10.0
OUT = Path("build/bench-visits.json")


def main(quick: bool) -> int:
    share = QUICKER if quick else 1.0
    with ExitStack() as stack:
        made = tempfile.TemporaryDirectory(prefix="xfh-bench-visits-")
        folder = Path(stack.enter_context(made))
        settings = Settings(data=folder, store=f"sqlite:{folder}")
        began = time.monotonic()
        phones, asked = prepare(settings, int(PHONES * share))
        print(f"made ready in {time.monotonic() - began:.0f} s", file=sys.stderr)
        broker = stack.enter_context(rabbit.broker())
        platform = stack.enter_context(servers.platform(folder, broker))
        measured = evening(platform, phones, asked, SECONDS * share)
    text = json.dumps(measured, ensure_ascii=False, indent=2)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text)
    print(text)
    kept = measured["lost"] == measured["doubled"] == measured["refused"] == 0
    return int(not kept)


def evening(
    platform: servers.Platform, phones: list[Phone], asked: str, seconds: float
) -> Json:
    chance = random.Random(SEED)
    calls = list(_calls(platform.settings, phones, asked, seconds, chance))
    others = Others(Signups(platform))
    alone = others.served(BEFORE_S, lambda: time.sleep(BEFORE_S))
    cpu_ms = platform.cpu_ms()
    rushed: list[Rush] = []
    beside = others.served(
        PATIENCE * seconds,
        lambda: rushed.append(run(platform.address, calls, PATIENCE * seconds)),
    )
    (rush,) = rushed
    visits = len(phones) * TRIES
    return row(
        rush,
        visits=visits,
        per_second=round(visits / rush.settled_s),
        cpu_ms_a_visit=round((platform.cpu_ms() - cpu_ms) / visits, 2),
        others_alone=_latencies(alone),
        others_beside=_latencies(beside),
        **_account(rush, platform.settings, visits),
    )


def _calls(
    settings: Settings,
    phones: list[Phone],
    asked: str,
    seconds: float,
    chance: random.Random,
) -> Iterator[Call]:
    """Every phone sends once, every tenth a second time, each time with a key of its own."""
    times = spread(len(phones), 0, seconds, chance)
    for number, (phone, at) in enumerate(zip(phones, times, strict=True)):
        visits = list(_visits(phone, asked, chance))
        role = Role("grid_member", phone.community)
        token = tokens.issue(settings, phone.member, [role], 1)
        again = number % SENDS_AGAIN == 0
        for attempt in range(1 + again):
            yield Call(
                at + AGAIN_AFTER_S * attempt,
                f"{phone.member}-{attempt}",
                _upload(visits, token, f"{phone.member}-{attempt}"),
            )


def _visits(phone: Phone, asked: str, chance: random.Random) -> Iterator[Json]:
    """Each door once, and some of them again, in no particular order."""
    doors = [*phone.doors, *chance.sample(phone.doors, TRIES - DOORS)]
    now = datetime.now(UTC)
    visits: list[Json] = [
        {
            "door": door,
            "round": asked,
            "outcome": chance.choice(("met", "met", "not_in")),
            "device": f"phone-{phone.member}",
            "nonce": f"n-{number}",
            "at": instant(now - A_VISIT * (TRIES - number)),
        }
        for number, door in enumerate(doors)
    ]
    chance.shuffle(visits)
    yield from visits


def _upload(visits: list[Json], token: str, key: str) -> load.Request:
    body = {"device_now": instant(datetime.now(UTC)), "visits": visits}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return load.post("/api/v1/visits/queued", json.dumps(body).encode(), headers)


class Others:
    """Who is served meanwhile: nine looks at an activity to one sign-up, so many a second."""

    def __init__(self, signups: Signups):
        self._signups = signups
        self._activity = signups.activity()

    def served(self, seconds: float, meanwhile: Callable[[], object]) -> Result:
        """How they were, from before `meanwhile` until it was over, `seconds` at most."""
        enough = threading.Event()
        results: list[Result] = []

        def serve() -> None:
            asked = partial(self._requests, enough)
            results.append(load.run(self._signups.address, seconds, asked, 1))

        thread = threading.Thread(target=serve)
        thread.start()
        meanwhile()
        enough.set()
        thread.join()
        return results[0]

    def _requests(
        self, enough: threading.Event, connection: int
    ) -> Iterator[load.Request]:
        look = load.get(f"/api/v1/activities/{self._activity}")
        for number in itertools.count():
            if enough.wait(PAUSE_S):
                return
            if number % (LOOKS + 1):
                yield look
            else:
                yield self._signups.next_request(self._activity)[1]


def _latencies(result: Result) -> Json:
    times = {
        f"p{percent}_ms": round(result.percentile_ms(percent)) for percent in (50, 99)
    }
    return times | {"requests": len(result.latencies_ms), "errors": result.errors}


def _account(rush: Rush, settings: Settings, visits: int) -> Json:
    """What was answered, held against the log."""
    answered: set[str] = set()
    recorded, refused = 0, Counter[str]()
    for body in itertools.chain.from_iterable(rush.answers.values()):
        report = json.loads(body)
        recorded += report["recorded"]
        faults = itertools.chain.from_iterable(one["errors"] for one in report["rows"])
        refused.update(fault["code"] for fault in faults)
        taken = (one for one in report["rows"] if one["outcome"] != "refused")
        answered.update(f"{one['device']}:{one['nonce']}" for one in taken)
    with store_of(settings, "grids") as store:
        events = store.log.read(0, 10_000_000)
    found = Counter(
        f"{event.data['device']}:{event.data['nonce']}"
        for event in events
        if event.type == "visit_recorded.v1"
    )
    return {
        "acknowledged": len(answered),
        "recorded": recorded,
        "refused": refused.total(),
        "because": dict(refused),
        "lost": len(answered - found.keys()) + visits - len(answered),
        "doubled": found.total() - len(found),
    }
