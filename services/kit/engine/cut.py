"""A cut through all logs that is closed under causes: with an event it has whatever that event may rest on.

What a service decides rests on what it has followed. So no log may be cut where a follower, at its own cut, had
already seen more of it. Nothing is locked: each log is looked at, and again if a follower has overtaken it since.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from services.kit.engine.tables import sources_of
from services.kit.errors import Unavailable
from services.kit.seals.keeping import SEALS, sealed_in
from services.kit.service import Service
from services.kit.store import Store

PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one log is cut: at `head`. By source, all that came of its events up to `done` is before the cut, and
    nothing before the cut rests on more than `seen` of them.
    """

    head: int
    done: Mapping[str, int]
    seen: Mapping[str, int]


Cut = dict[str, Place]


def causal_cut(
    services: Mapping[str, type[Service]], stores: Mapping[str, Store]
) -> Cut:
    """Everything acknowledged before the call is in it. Raises `Unavailable` where it cannot be had within seconds."""
    end = time.monotonic() + PATIENCE_S
    cut = {name: _place(service, stores[name]) for name, service in services.items()}
    while open_at := overtaken(cut):
        if time.monotonic() > end:
            raise Unavailable("事件来得太快，没能取得一致的备份，请稍后再试")
        cut |= {name: _place(services[name], stores[name]) for name in open_at}
    return cut


def overtaken(cut: Cut) -> set[str]:
    """The logs of which a follower had seen more, at its own cut, than is in the cut."""
    return {
        source
        for place in cut.values()
        for source, seen in place.seen.items()
        if seen > cut[source].head
    }  # fmt: skip


def _place(service: type[Service], store: Store) -> Place:
    """A reaction is recorded before the cursor moves on, so what a cursor has passed before the head is looked at is
    done by then; what is decided rests on what the cursor has passed after it.
    """
    done = _cursors(service, store)
    head = store.log.head()
    seen = _cursors(service, store)
    if SEALS in service.collections:
        seen = _most(seen, sealed_in(store.log))
    return Place(head, done, seen)


def _most(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """By source, the more of the two: what was sealed of it before the cut must be before its own."""
    return {
        source: max(one.get(source, 0), other.get(source, 0)) for source in one | other
    }


def _cursors(service: type[Service], store: Store) -> dict[str, int]:
    return {source: store.views.cursor(source) for source in sources_of(service)}
