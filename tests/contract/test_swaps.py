"""What an older fold made stays out of the generation that a rebuild has put in its place, whoever looks meanwhile."""

import time
from pathlib import Path
from typing import Any

from schemas.documents import Json
from services.kit.actor import OPERATOR
from services.kit.clock import Deadline, system
from services.kit.config import Settings
from services.kit.engine.follow import Follower
from services.kit.engine.ledger import Ledger
from services.kit.engine.log_calls import Read
from services.kit.engine.requests import Request
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.sealed.notes import Notes
from services.kit.store import Store
from services.kit.views import Folds, Overlay
from tests.clocks import HUNG_S
from tests.contract.engines import Open, event
from tests.toy import ADDER  # noqa: F401  # Declares amount_added.v1.

SWAPPED_S = 0.3
"""After so long every process knows which generation is served."""


def counting(type: str, word: str) -> Folds:
    """A fold as one release has it: how many there were, and every release that has counted."""

    def fold(docs: Overlay, event: Event) -> None:
        doc = docs.get("things", "a") or {"id": "a", "count": 0, "by": []}
        docs.put(
            "things",
            {**doc, "count": doc["count"] + 1, "by": sorted({*doc["by"], word})},
        )

    return {type: fold}


def swap(opens: Open, source: str, events: list[Event], folds: Folds) -> None:
    """A newer release rebuilds from the events and serves what it made."""
    store = opens()
    following = store.rebuilding()
    begun, docs = following.begin(source), Overlay(following)
    for one in events:
        docs.fold(one, folds)
    assert following.commit(begun, events[-1].seq if events else 0, docs.changed)
    store.swap()
    store.close()
    time.sleep(SWAPPED_S)


def counted(store: Store) -> Json:
    doc = store.views.get("things", "a")
    assert doc is not None
    return {"count": doc["count"], "by": doc["by"]}


def test_a_query_while_a_follower_reads_does_not_let_its_fold_into_another_generation(
    opens: Open, store: Store
) -> None:
    told, swapped = [event(1), event(2)], [False]

    def fetch(after: int, limit: int, types: Any) -> Read:
        if not swapped[0]:
            swapped[0] = True
            swap(opens, "source", [], counting("thing_happened.v1", "new"))
            assert store.views.cursor("source") == 0
        return Read(2, [one for one in told if one.seq > after])

    follower = Follower(
        "echo", "source", store, counting("thing_happened.v1", "old"), {}, fetch, system
    )
    follower.catch_up()
    assert store.views.get("things", "a") is None
    newer = Follower(
        "echo", "source", store, counting("thing_happened.v1", "new"), {}, fetch, system
    )
    newer.catch_up()
    assert counted(store) == {"count": 2, "by": ["new"]}


def test_what_a_writer_remembers_of_a_generation_is_forgotten_with_it(
    opens: Open, store: Store, tmp_path: Path
) -> None:
    ledger = Ledger(
        "adder",
        store,
        counting("amount_added.v1", "old"),
        system,
        lambda events: None,
        lambda source: None,
        Notes("adder", store.keep, Settings(data=tmp_path).master_keys),
    )
    assert ledger.execute(adding("k1"), Deadline.after(HUNG_S)).event
    swap(opens, "adder", store.log.read(0, 10), counting("amount_added.v1", "new"))
    assert counted(store) == {"count": 1, "by": ["new"]}
    assert ledger.execute(adding("k2"), Deadline.after(HUNG_S)).event
    assert counted(store)["count"] == 2
    ledger.writer.stop()


def adding(key: str) -> Request:
    def rule(docs: Overlay, asked: Asked) -> Fact:
        before = docs.get("things", "a")
        assert before is None or before["by"] == ["new"]
        return Fact("amount_added.v1", "sum/A", {"to": "A", "amount": 20})

    return Request("add", rule, OPERATOR, key, {}, "")
