"""A log as lines, on either engine: what is brought in is what was written out, wherever it was interrupted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.kit.engine import archive
from services.kit.engine.archive import bring_in, events_in, lines
from services.kit.errors import Refused
from services.kit.log import Event
from services.kit.store import Store
from tests.contract.engines import event, mongo, sqlite

MANY = 23


@pytest.fixture(params=["sqlite", "mongodb"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = (
        sqlite(tmp_path / "to")()
        if request.param == "sqlite"
        else mongo(request.getfixturevalue("mongodb"))()
    )
    yield store
    store.close()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(archive, "BATCH", 5)
    store = sqlite(tmp_path / "from")()
    events = [event(seq, words="名\u2028字🎋\n", of=seq) for seq in range(1, MANY + 1)]
    store.log.append(
        events, {seq: {"id": "长", "seq": seq} for seq in range(1, MANY + 1, 2)}
    )
    yield store
    store.close()


def everything(store: Store) -> tuple[list[Event], dict[int, Any]]:
    return store.log.read(0, 100), store.log.answers(list(range(1, MANY + 1)))


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 6, 22, 23])
def test_what_was_written_out_is_brought_in_after_any_beginning(
    told: Store, empty: Store, cut: int
) -> None:
    written = list(lines("service", told.log, 0, MANY))
    assert sum(bring_in(empty.log, events_in("service", written[:cut]))) == cut
    assert sum(bring_in(empty.log, events_in("service", written))) == MANY
    assert everything(empty) == everything(told)


def test_a_part_of_a_log_is_written_out(told: Store) -> None:
    written = list(lines("service", told.log, 3, 8))
    assert [event.seq for event, _ in events_in("service", written)] == [4, 5, 6, 7, 8]


def test_a_log_that_is_no_beginning_of_it_stays_as_it_is(
    told: Store, empty: Store
) -> None:
    there = replace(event(1), id="X")
    empty.log.append([there])
    with pytest.raises(Refused, match="另外的第 1 个事件"):
        list(
            bring_in(
                empty.log, events_in("service", lines("service", told.log, 0, MANY))
            )
        )
    assert empty.log.read(0, 10) == [there]


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"id": 1}', b'"x"', b"{"])
def test_a_line_that_is_no_event_is_named(
    told: Store, empty: Store, line: bytes
) -> None:
    written = [*lines("service", told.log, 0, 3), line]
    with pytest.raises(Refused, match="第 4 行"):
        list(bring_in(empty.log, events_in("service", written)))
    assert empty.log.head() == 0


def test_the_log_of_another_service_is_not_brought_in(
    told: Store, empty: Store
) -> None:
    with pytest.raises(Refused, match="不是 other 的"):
        list(bring_in(empty.log, events_in("other", lines("service", told.log, 0, 3))))
