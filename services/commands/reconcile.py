"""`xfh reconcile`: the figures as shown against the figures recomputed from the logs."""

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import takewhile

from services import registry
from services.kit.config import Settings
from services.kit.host import collections_of
from services.kit.log import Event, Log
from services.kit.store import Store, open_store
from services.kit.views import Doc, Find, Views
from services.reconcile import Cells, Difference, differences, recompute

BATCH = 1000
ATTEMPTS = 20
NOT_FIGURES = {"id", "seq", "scope", "period", "dimension", "value"}


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when every cell is equal, 1 with each differing cell printed."""
    position, cells, found = compare(settings)
    for difference in found:
        print(difference)
    if found:
        print(f"不一致：{len(found)} 处（活动日志前 {position} 个事件，{cells} 个单元格）", file=sys.stderr)
        return 1
    print(f"一致：活动日志前 {position} 个事件，{cells} 个单元格全部相等")
    return 0


def compare(settings: Settings) -> tuple[int, int, list[Difference]]:
    """(the position compared at, how many cells, the differences). Safe beside running services."""
    activities, metrics = _store(settings, "activities"), _store(settings, "metrics")
    try:
        position, shown = _still(metrics.views)
        recomputed = recompute(_upto(activities.log, position))
        return position, len(shown.keys() | recomputed.keys()), differences(shown, recomputed)
    finally:
        activities.close()
        metrics.close()


def _store(settings: Settings, name: str) -> Store:
    return open_store(settings.store, name, collections_of(registry.load(name)))


def _still(views: Views) -> tuple[int, Cells]:
    """All cells at one position of the activities log: read again when the position moved while reading."""
    for _ in range(ATTEMPTS):
        before = views.cursor("activities")
        cells = {cell["id"]: {k: v for k, v in cell.items() if k not in NOT_FIGURES} for cell in _cells(views)}
        if views.cursor("activities") == before:
            return before, cells
        time.sleep(1)
    raise TimeoutError("汇总一直在变化，请在活动较少时再对账")


def _cells(views: Views) -> Iterator[Doc]:
    after = None
    while found := views.find(Find("cells", {}, "id", after=after, limit=BATCH)):
        yield from found
        after = (found[-1]["id"], found[-1]["id"])


def _upto(log: Log, position: int) -> Iterator[Event]:
    """The log's events with `seq` <= `position`, in batches."""
    cursor = 0
    while cursor < position and (events := log.read(cursor, BATCH)):
        yield from takewhile(lambda event: event.seq <= position, events)
        cursor = events[-1].seq
