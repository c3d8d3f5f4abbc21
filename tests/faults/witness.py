"""Holds what was acknowledged against the logs: nothing lost, doubled or skipped, nobody waiting for ever.

It trusts neither the services' documents nor their counters: it reads the logs and replays them naively.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.kit.actor import Actor
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.engine.keys import Keys, formerly
from services.kit.log import Event
from services.xfh import registry
from services.xfh.commands.followers import standings
from services.xfh.commands.network import opened, store_of
from services.xfh.commands.reconcile import compare
from services.xfh.demo.client import LOST, Client, NotDone
from services.xfh.demo.plan import DISTRICT
from tests.clocks import HUNG_S
from tests.e2e.story import must_not_oversell
from tests.faults.ledger import Told

LOOK_S = 0.25
ALL = 10_000_000
CLIENT = Actor("faults")

Logs = dict[str, list[Event]]


@dataclass
class Account:
    """What came of one scenario. `wrong` has a sentence for everything that must not be."""

    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    doubled: int = 0
    longest_wait_ms: int = 0
    errors: int = 0
    wrong: list[str] = field(default_factory=list)


def account(settings: Settings, told: Sequence[Told], allowed_s: float) -> Account:
    """Holds the ledger against the logs. `allowed_s` is how long one attempt may wait, here and now."""
    logs = {name: log_of(settings, name) for name in registry.SERVICES}
    acknowledged = [line for line in told if line.acknowledged]
    doubled = _doubled(settings, logs, acknowledged)
    found = {event.id for log in logs.values() for event in log}
    failed = [line for line in told if not line.acknowledged]
    kept = Account(
        acknowledged=len(acknowledged),
        found=len([line for line in acknowledged if line.event in found]),
        lost=len([line for line in acknowledged if line.event not in found]),
        doubled=len(set(doubled)),
        longest_wait_ms=round(max((line.longest_ms for line in told), default=0)),
        errors=len(failed),
    )
    kept.wrong += [f"no answer to {line.key}" for line in failed if line.status == 0]
    kept.wrong += [
        f"{line.status} {line.code} for {line.key} after {line.attempts}"
        for line in failed
        if line.status
    ]
    kept.wrong += [
        f"{line.key} waited {line.longest_ms:.0f} ms"
        for line in told
        if line.longest_ms > allowed_s * 1000
    ]
    kept.wrong += _gaps(logs)
    kept.wrong += _oversold(logs["activities"])
    return kept


def settle(settings: Settings, address: str, token: str) -> Iterator[str]:
    """Gives followers and figures the time they may take to converge by themselves, and says what did not."""
    with opened(settings) as bus:
        end = time.monotonic() + HUNG_S
        while (late := list(_late(bus, address, token))) and time.monotonic() < end:
            time.sleep(LOOK_S)
    yield from late
    if not late:
        yield from (
            f"reconcile: {difference}" for difference in compare(settings).differences
        )


def log_of(settings: Settings, name: str) -> list[Event]:
    with store_of(settings, name) as store:
        return store.log.read(0, ALL)


def _doubled(
    settings: Settings, logs: Logs, acknowledged: Sequence[Told]
) -> Iterator[str]:
    """The client's keys that caused more than one event, or another event than the client was told of."""
    caused: dict[str, set[str]] = {}
    for name, log in logs.items():
        by_key = {event.key: event.id for event in log}
        with store_of(settings, name) as store:
            keys = Keys(store.keep)
            for line in acknowledged:
                once = {keys.of(CLIENT, line.key), formerly(CLIENT, line.key)}
                caused.setdefault(line.key, set()).update(
                    by_key[key] for key in once & by_key.keys()
                )
    yield from (line.key for line in acknowledged if caused[line.key] - {line.event})
    events = [event for log in logs.values() for event in log]
    for counted in (
        Counter(event.id for event in events),
        Counter(event.key for event in events),
    ):
        yield from (name for name, times in counted.items() if times > 1)


def _gaps(logs: Logs) -> Iterator[str]:
    for name, log in logs.items():
        if [event.seq for event in log] != list(range(1, len(log) + 1)):
            yield f"the log of {name} has gaps"
        versions: dict[str, int] = {}
        for event in log:
            if event.version != versions.get(event.stream, 0) + 1:
                yield f"{event.stream} of {name} goes from {versions.get(event.stream, 0)} to {event.version}"
            versions[event.stream] = event.version


def _oversold(activities: list[Event]) -> Iterator[str]:
    try:
        must_not_oversell(activities)
    except AssertionError:
        yield "a session has more people than seats, or somebody twice"


def _late(bus: LocalBus, address: str, token: str) -> Iterator[str]:
    """Who has not caught up with what."""
    for standing in standings(bus):
        who = f"{standing['service']} following {standing['source']}"
        if standing["parked"]:
            yield f"{who} is parked: {standing['parked']['error']}"
        elif standing["lag"]:
            yield f"{who} is {standing['lag']} behind"
    head = bus.hosts["activities"].store.log.head()
    client = Client(address)
    try:
        shown = client.get(f"/metrics/figures?scope={DISTRICT}&period=2026", token)[
            "as_of"
        ]["activities"]
        if shown < head:
            yield f"the figures are as of {shown} of {head}"
    except (NotDone, *LOST) as error:
        yield f"the figures cannot be read: {error}"
    finally:
        client.close()
