"""A later day of the demonstration is lived among what the first has founded."""

from services.xfh.demo.plan import make, make_later
from services.xfh.demo.script import Scale

COMMUNITIES = [f"51010801500{number}" for number in range(1, 4)]
FIRST = make(COMMUNITIES, Scale(units=200, activities=5, gridded=2))
LATER = make_later(FIRST, COMMUNITIES, 1)


def test_a_later_day_has_the_same_grids_for_who_looks_round_after_it() -> None:
    assert LATER.grids == FIRST.grids != []
    assert LATER.units == FIRST.units


def test_what_was_founded_is_not_founded_again() -> None:
    larger = make(COMMUNITIES, Scale(units=300, activities=5, gridded=3))
    assert larger.steps() > FIRST.steps()
    assert make_later(larger, COMMUNITIES, 1).steps() == LATER.steps()
