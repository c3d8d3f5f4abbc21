"""From a door to its repair and back, whoever is killed on the way: the member and the door are told exactly once."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from services.kit.log import Event
from tests.faults.client import Client, seen
from tests.faults.kills import send
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms
from tests.faults.ways import Grid, Walker, Way
from tests.faults.witness import log_of

ALONG_THE_WAY = ("grids", "cobuild", "notices", "branches", "gateway")
WAYS, WALKERS = 32, 4
TIMES, EVERY_S = 3, 1.5  # Each: who dies more often is started again later and later.
PAGE = 100
MEANT_ONCE = ("finding_referred", "finding_resolved")


@scenario(
    "doorstep-killed",
    f"{', '.join(ALONG_THE_WAY)} are killed outright one after another, all along the ways of findings",
)
def killed(ground: Ground) -> None:
    few = Terms(load=Load(callers=3))
    with ground.under_load(terms=few) as stage, ExitStack() as closes:
        stage.must_be_felt = True
        grid = Grid(stage, datetime.now(UTC), closes)
        grid.begin()
        with _killed_in_turn(stage):
            ways = _gone(grid)
        stage.wrong += _amiss(stage, grid.member(), ways)


@contextmanager
def _killed_in_turn(stage: Stage) -> Iterator[None]:
    over = threading.Event()

    def kill() -> None:
        for part in ALONG_THE_WAY * TIMES:
            if over.wait(EVERY_S):
                return
            send(stage, part, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    try:
        yield
        killing.join()  # Also of those who were to die after the last way.
    finally:
        over.set()


def _gone(grid: Grid) -> list[Way]:
    def go(first: int) -> list[Way]:
        walker = Walker(grid)
        return [walker.go(walk) for walk in range(first, WAYS + 1, WALKERS)]

    with ThreadPoolExecutor(WALKERS) as walking:
        gone = walking.map(go, range(1, WALKERS + 1))
        return [way for ways in gone for way in ways]


def _amiss(stage: Stage, member: Client, ways: Sequence[Way]) -> Iterator[str]:
    """What is not exactly once, by the logs, by the member's inbox and at the door."""
    grids, cobuild = (log_of(stage.settings, name) for name in ("grids", "cobuild"))
    of_findings = Counter(
        (event.type, event.data["finding"])
        for event in grids
        if event.type.startswith("finding_")
    )
    needs = Counter(event.data["origin"] for event in cobuild if _is_of_finding(event))
    visits, told = _visited(grids)
    notices = _noticed(member, len(MEANT_ONCE) * len(ways))
    for way in ways:
        steps = ("recorded", "referred", "resolved")
        counts = {
            step: of_findings[f"finding_{step}.v1", way.finding] for step in steps
        }
        counts |= {"needs": needs[way.finding], "told": told[way.finding]}
        counts |= {kind: notices[kind, f"finding/{way.finding}"] for kind in MEANT_ONCE}
        wrong = {name: count for name, count in counts.items() if count != 1}
        if wrong or visits[way.door] != 2:  # Once to find it, once to tell.
            yield f"finding {way.finding}: {wrong}, {visits[way.door]} visits"
        yield from _still_open(member, way)
    yield from _of_none(of_findings, {way.finding for way in ways})


def _is_of_finding(event: Event) -> bool:
    return event.type == "need_raised.v1" and "origin" in event.data


def _visited(grids: Sequence[Event]) -> tuple[Counter[str], Counter[str]]:
    """How often each door was visited, and each finding told there."""
    visits = [event.data for event in grids if event.type == "visit_recorded.v1"]
    told = Counter(finding for visit in visits for finding in visit.get("told", ()))
    return Counter(visit["door"] for visit in visits), told


def _noticed(member: Client, least: int) -> Counter[tuple[str, str]]:
    """Of which kind and about what each notice in the inbox is, once at least so many of findings have come."""

    def look() -> Counter[tuple[str, str]] | None:
        found = Counter((one["kind"], one["about"]) for one in _inbox(member))
        of_findings = sum(found[one] for one in found if one[0] in MEANT_ONCE)
        return found if of_findings >= least else None

    found = seen(look, f"{least} notices of findings")
    assert found is not None
    return found


def _inbox(member: Client) -> Iterator[dict[str, str]]:
    after = ""
    while True:
        page = member.get(f"/me/notices?limit={PAGE}{after}")
        yield from page["items"]
        if page["next"] is None:
            return
        after = f"&after={page['next']}"


def _still_open(member: Client, way: Way) -> Iterator[str]:
    finding = member.get(f"/findings/{way.finding}")
    if finding["state"] != "resolved" or "told_at" not in finding:
        yield f"finding {way.finding} is {finding['state']} and not told"
    if waiting := member.get(f"/doors/{way.door}")["to_tell"]:
        yield f"door {way.door} is still to be told of {waiting}"


def _of_none(of_findings: Counter[tuple[str, str]], known: set[str]) -> Iterator[str]:
    """A finding nobody was told the way of was recorded twice."""
    for finding in {finding for _, finding in of_findings} - known:
        yield f"finding {finding} is of no way that was gone"
