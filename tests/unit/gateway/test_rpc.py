"""Places for those who ask a service, and turns for those who find none."""

from dataclasses import dataclass

import pytest

from gateway.edge import rpc
from gateway.edge.rpc import HURRY, LONGEST_TURN_S, QUICK_S, Room
from services.kit.errors import Overloaded
from tests.clocks import at_once


@dataclass
class Clock:
    """Stands still until it is set."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rpc, "time", clock)
    return clock


def turned_away(room: Room) -> float:
    """When one who finds no place is to come again, in seconds."""
    with pytest.raises(Overloaded) as refused, room.place(0, "activities"):
        raise AssertionError("there was a place")
    return refused.value.retry_after_s


def test_who_leaves_makes_room_for_the_next() -> None:
    room = Room(1)
    for _ in range(3):
        with room.place(0, "activities"):
            assert turned_away(room) > 0


def test_each_is_called_after_the_one_before(clock: Clock) -> None:
    room = Room(2)
    with room.place(0, "activities"), room.place(0, "activities"):
        turns = [turned_away(room) for _ in range(500)]
    assert turns == sorted(turns)
    assert turns[-1] == pytest.approx(500 * QUICK_S)


def test_the_pace_is_that_of_serving(clock: Clock) -> None:
    room = Room(1)
    with room.place(0, "activities"):
        for _ in range(500):
            turned_away(room)
    clock.now += (
        0.2  # One was served in a fifth of a second, and the line is still there.
    )
    with room.place(0, "activities"):
        first, second = turned_away(room), turned_away(room)
    assert second - first == pytest.approx(HURRY * 0.2)


def test_nobody_is_sent_away_for_longer_than_half_a_minute() -> None:
    room = Room(1)
    with room.place(0, "activities"):
        assert max(turned_away(room) for _ in range(20_000)) <= LONGEST_TURN_S


def test_with_a_line_nobody_waits_at_the_door_in_vain() -> None:
    room, patience_s = Room(1), LONGEST_TURN_S / 2
    with room.place(0, "activities"):
        while turned_away(room) < LONGEST_TURN_S - 1:
            pass
        with (
            at_once(patience_s),
            pytest.raises(Overloaded),
            room.place(patience_s, "activities"),
        ):
            pass
