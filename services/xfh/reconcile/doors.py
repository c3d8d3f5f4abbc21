"""Doors as plain histories: where each stood, from when to when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.kit.log import Event
from services.xfh.reconcile.cells import day_of

STANDS = ("door_recorded.v1", "door_moved.v1")


@dataclass
class Door:
    """`stands`: (since when, in which community); "" once it is closed."""

    stands: list[tuple[str, str]] = field(default_factory=list)

    def stood_at(self, moment: str) -> str:
        """The community just before that moment; "" for none."""
        there = [place for since, place in self.stands if since < moment]
        return there[-1] if there else ""

    def changes(self) -> Iterator[tuple[str, str, int]]:
        """(day, community, one door more or less) of each time it stood elsewhere than before."""
        before = ""
        for since, place in self.stands:
            if before:
                yield day_of(since), before, -1
            if place:
                yield day_of(since), place, 1
            before = place


def doors_of(events: Iterable[Event]) -> dict[str, Door]:
    """By id."""
    doors: dict[str, Door] = {}
    for event in events:
        if event.type in (*STANDS, "door_closed.v1"):
            door = doors.setdefault(event.data["door"], Door())
            door.stands.append((event.time, event.data.get("community", "")))
    return doors
