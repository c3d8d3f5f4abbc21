"""`xfh reconcile`: the figures, seats and hours as shown against those recomputed from the logs."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.engine.aside import set_aside
from services.kit.log import Event, Log
from services.kit.store import Store, Views
from services.kit.views import Find
from services.xfh.commands.network import must_be_there, store_of
from services.xfh.reconcile import (
    Cells,
    Difference,
    differences,
    recompute,
    recompute_kept,
)
from services.xfh.reconcile.shown import COLLECTIONS, OF_ACTIVITIES, figures_of, kept_of

BATCH = 1000
ATTEMPTS = 20
SOURCES = ("activities", "branches", "cobuild", "grids")

Read = Callable[[str, Json], tuple[str, dict[str, int]]]


@dataclass(frozen=True)
class Comparison:
    events: int
    """How many events both sides reflect, those set aside among them."""
    aside: int
    """How many of them an operator has set aside: they count on neither side."""
    cells: int
    differences: list[Difference]


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when every cell is equal, 1 with each differing cell printed."""
    compared = compare(settings)
    for difference in compared.differences:
        print(difference)
    if compared.aside:
        says = f"其中 {compared.aside} 个事件已搁置，两边都不计入（xfh log tail metrics 可查原因）"
        print(says, file=sys.stderr)
    about = f"活动、区划、共建和网格日志共 {compared.events} 个事件，{compared.cells} 个单元格"
    if compared.differences:
        how_many = len(compared.differences)
        print(f"不一致：{how_many} 处（{about}）", file=sys.stderr)
        return 1
    print(f"一致：{about}全部相等")
    return 0


def compare(settings: Settings) -> Comparison:
    """What is shown against what is recomputed, at one position of each log. Safe beside running services."""
    with opened(settings) as stores:
        views = stores["metrics"].views
        positions, shown = _still(views, SOURCES, COLLECTIONS, figures_of)
        events, aside = told_upto(stores, positions)
        recomputed = recompute(*events)
        kept, counted = _of_activities(stores["activities"])
    return Comparison(
        events=sum(positions),
        aside=aside,
        cells=len({*shown, *recomputed}) + len({*kept, *counted}),
        differences=differences(shown, recomputed) + differences(kept, counted),
    )


@contextmanager
def opened(settings: Settings) -> Iterator[dict[str, Store]]:
    """The stores of metrics and of what its figures are counted from."""
    names = (*SOURCES, "metrics")
    must_be_there(settings, *names)
    with ExitStack() as stack:
        yield {name: stack.enter_context(store_of(settings, name)) for name in names}


def told_upto(
    stores: Mapping[str, Store], positions: Sequence[int]
) -> tuple[list[Iterator[Event]], int]:
    """The events of each source up to its position, and how many have been set aside of them."""
    events: list[Iterator[Event]] = []
    how_many = 0
    for source, position in zip(SOURCES, positions, strict=True):
        aside = _set_aside(stores["metrics"].log, source, position)
        how_many += len(aside)
        events.append(_upto(stores[source].log, position, aside))
    return events, how_many


def _of_activities(store: Store) -> tuple[Cells, Cells]:
    """Seats, queues, hours and years as activities keeps them, and as its log says."""
    for _ in range(ATTEMPTS):
        (position,), kept = _still(store.views, ("activities",), OF_ACTIVITIES, kept_of)
        if not store.views.find(Find("recounts", {}, "recount_at", limit=1)):
            return kept, recompute_kept(partial(_upto, store.log, position, set()))
        time.sleep(1)
    raise TimeoutError("还有时长没有重新计算完，请先启动服务再对账")


def _still(
    views: Views, sources: Sequence[str], collections: Sequence[str], read: Read
) -> tuple[list[int], Cells]:
    """All cells at one position of each log: read again when a position moved while reading."""
    for _ in range(ATTEMPTS):
        generation, before = _positions(views, sources)
        cells = _cells(views, collections, read)
        if _positions(views, sources) == (generation, before):
            return before, cells
        time.sleep(1)
    raise TimeoutError("汇总一直在变化，请在活动较少时再对账")


def _positions(views: Views, sources: Sequence[str]) -> tuple[int, list[int]]:
    return views.generation, [views.cursor(source) for source in sources]


def _cells(views: Views, collections: Sequence[str], read: Read) -> Cells:
    cells: Cells = {}
    for collection in collections:
        for doc in _docs(views, collection):
            cell, figures = read(collection, doc)
            cells[cell] = cells.get(cell, {}) | figures
    return cells


def _docs(views: Views, collection: str) -> Iterator[Json]:
    after = None
    while docs := views.find(Find(collection, {}, "id", after=after, limit=BATCH)):
        yield from docs
        last_id = docs[-1]["id"]
        after = last_id, last_id


def _set_aside(own: Log, source: str, position: int) -> set[int]:
    return {sequence for sequence in set_aside(own, source) if sequence <= position}


def _upto(log: Log, position: int, aside: set[int]) -> Iterator[Event]:
    """The log's events with `seq` <= `position` that are not set aside, in batches."""
    cursor = 0
    while cursor < position and (events := log.read(cursor, BATCH)):
        for event in takewhile(lambda event: event.seq <= position, events):
            if event.seq not in aside:
                yield event
        cursor = events[-1].seq
