"""What comes of the demonstration's doors: as much as it is said to be, and the same each time."""

from collections import Counter

from services.xfh.commands import divisions
from services.xfh.demo.doors import Walk, walks
from services.xfh.demo.doorstep import late_of
from services.xfh.demo.plan import make
from services.xfh.demo.script import FULL


def made() -> list[Walk]:
    rows = divisions.packaged()
    communities = [row.code for row in rows if row.level == "community"]
    return walks(make(communities).grids, FULL)


def test_there_are_as_many_of_each_as_the_plan_says() -> None:
    all_walks = made()
    doors = [door for walk in all_walks for door in walk.doors]
    assert (len(all_walks), len(doors)) == (249, 2988)
    met = [door for door in doors if door.outcome == "met"]
    assert len(met) == round(0.72 * 2988)
    found = Counter(door.finds for door in doors if door.finds)
    assert found.total() == round(0.18 * len(met))
    assert (found["followup"], found["need"]) == (40, 6)
    assert sum(door.has_care for door in doors) == 150
    assert sum(walk.quarrel is not None for walk in all_walks) == 25
    assert all(door.outcome == "met" for door in doors if door.finds)
    assert all(door.outcome == "not_in" for door in doors if door.again)


def test_it_is_the_same_each_time_and_nobody_waits_for_what_is_late() -> None:
    first, second = made(), made()
    assert first == second
    assert {door.finds for door in late_of(first).doors} <= {"", "advice"}
