"""The witness of the fault scenarios finds what is wrong: otherwise it proves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from services.kit.config import Settings
from services.kit.engine.keys import Keys
from services.kit.log import Event
from services.xfh import registry
from services.xfh.commands.network import store_of
from tests.faults.ledger import Told
from tests.faults.witness import CLIENT, Account, account

ALLOWED_S = 6.0
TRACE = "00-" + "0" * 32 + "-" + "0" * 16 + "-00"
UNIT = Event(
    1,
    "E1",
    "unit_registered.v1",
    "unit/U1",
    "2026-06-13T01:00:00.000Z",
    {},
    TRACE,
    1,
    "faults:k1",
)
TOLD = Told("k1", 201, "E1", 1, "", 1, 20.0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    for name in registry.SERVICES:
        with store_of(settings, name):
            pass
    return settings


def witnessed(settings: Settings, told: Sequence[Told], *events: Event) -> Account:
    with store_of(settings, "cobuild") as store:
        assert store.log.append(events) == len(events)
    return account(settings, told, ALLOWED_S)


def test_what_was_acknowledged_and_is_there_is_in_order(settings: Settings) -> None:
    kept = witnessed(settings, [TOLD], UNIT)
    assert (
        kept.acknowledged,
        kept.found,
        kept.lost,
        kept.doubled,
        kept.errors,
        kept.wrong,
    ) == (1, 1, 0, 0, 0, [])
    assert kept.longest_wait_ms == 20


def test_what_was_acknowledged_and_is_not_there_is_lost(settings: Settings) -> None:
    kept = witnessed(settings, [TOLD, replace(TOLD, key="k2", event="E2")], UNIT)
    assert (kept.acknowledged, kept.found, kept.lost) == (2, 1, 1)


def test_one_key_with_another_event_than_was_told_is_doubled(
    settings: Settings,
) -> None:
    with store_of(settings, "cobuild") as store:
        key = Keys(store.keep).of(CLIENT, "k1")
    again = replace(UNIT, seq=2, id="E2", version=2, key=key)
    assert witnessed(settings, [TOLD], UNIT, again).doubled == 1


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        (replace(TOLD, status=0, event=""), "no answer to k1"),
        (
            replace(TOLD, status=500, event="", code="internal"),
            "500 internal for k1 after 1",
        ),
        (replace(TOLD, longest_ms=6001), "k1 waited 6001 ms"),
    ],
)
def test_no_answer_a_late_one_and_an_error_are_wrong(
    settings: Settings, told: Told, complaint: str
) -> None:
    assert complaint in witnessed(settings, [told], UNIT).wrong


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        (
            replace(UNIT, seq=3, id="E2", key="k2", version=2),
            "the log of cobuild has gaps",
        ),
        (
            replace(UNIT, seq=2, id="E2", key="k2", version=3),
            "unit/U1 of cobuild goes from 1 to 3",
        ),
    ],
)
def test_gaps_in_a_log_or_a_stream_are_wrong(
    settings: Settings, second: Event, complaint: str
) -> None:
    assert witnessed(settings, [TOLD], UNIT, second).wrong == [complaint]
