"""Of which community a door is counted in a round, however it moves, and in whatever order its visits are heard of."""

from datetime import UTC, datetime

import pytest

from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.reckoning import values
from services.metrics.service import Metrics
from tests.examples import grids as examples
from tests.given import example_of, given_from

HERE, THERE, DISTRICT = "510108015001", "510108016001", "510108"
MAY, MID_JUNE, JULY = (datetime(2026, month, 15, 1, tzinfo=UTC) for month in (5, 6, 7))
COUNTED = ("round_doors", "round_met", "round_tried", "not_in", "refused")
RECORDED = example_of(examples, "door_recorded.v1")
ROUND = example_of(examples, "round_announced.v1", division=DISTRICT)
MOVED = example_of(examples, "door_moved.v1", community=THERE)
CLOSED = example_of(examples, "door_closed.v1")
FIRST = {"visit": "V1", "nonce": "n-1", "at": "2026-06-02T01:00:00.000Z"}
SECOND = {"visit": "V2", "nonce": "n-2", "at": "2026-06-20T01:00:00.000Z"}
NOT_IN = example_of(
    examples, "visit_recorded.v1", **FIRST, outcome="not_in", answers=[]
)
MET_THERE = example_of(examples, "visit_recorded.v1", **SECOND, community=THERE)
WITHDRAWN = example_of(examples, "visit_withdrawn.v1", visit="V1")


def after(*facts: Fact, then: datetime = MID_JUNE) -> Overlay:
    docs = given_from(Overlay(Nothing()), Metrics, "grids", RECORDED, ROUND, now=MAY)
    return given_from(docs, Metrics, "grids", *facts, now=then)


def counted(docs: Overlay, scope: str) -> tuple[int, ...]:
    figures = values.of_scope(docs, scope, "2026-06")
    return tuple(figures[name] for name in COUNTED)


NOBODY = (0, 0, 0, 0, 0)
MET, ONLY_TRIED, UNTRIED = (1, 1, 1, 0, 0), (1, 0, 1, 1, 0), (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("facts", "here", "there"),
    [
        ((), UNTRIED, NOBODY),
        ((MOVED,), NOBODY, UNTRIED),
        ((CLOSED,), NOBODY, NOBODY),
        ((NOT_IN, MOVED), ONLY_TRIED, NOBODY),
        ((MOVED, NOT_IN), ONLY_TRIED, NOBODY),
        ((NOT_IN, CLOSED), ONLY_TRIED, NOBODY),
        ((NOT_IN, MOVED, MET_THERE), MET, NOBODY),
        ((MOVED, MET_THERE, NOT_IN), MET, NOBODY),
        ((MOVED, MET_THERE), NOBODY, MET),
        ((MOVED, NOT_IN, MET_THERE, WITHDRAWN), NOBODY, MET),
    ],
)
def test_a_door_is_counted_once_where_it_was_first_visited(
    facts: tuple[Fact, ...], here: tuple[int, ...], there: tuple[int, ...]
) -> None:
    docs = after(*facts)
    assert (counted(docs, HERE), counted(docs, THERE)) == (here, there)
    both = tuple(map(sum, zip(here, there, strict=True)))
    assert counted(docs, DISTRICT) == both


@pytest.mark.parametrize("redrawn", [MOVED, CLOSED])
@pytest.mark.parametrize("facts", [(), (NOT_IN,)])
def test_what_is_redrawn_after_a_round_changes_nothing_of_it(
    redrawn: Fact, facts: tuple[Fact, ...]
) -> None:
    before = counted(after(*facts), HERE)
    docs = given_from(after(*facts), Metrics, "grids", redrawn, now=JULY)
    assert counted(docs, HERE) == before
    assert counted(docs, THERE) == NOBODY
    assert values.of_scope(docs, HERE, "2026-06")["doors"] == 1
    assert values.of_scope(docs, HERE, "2026-07")["doors"] == 0


def test_a_visit_heard_of_after_the_door_moved_away_counts_where_it_was_made() -> None:
    docs = given_from(after(), Metrics, "grids", MOVED, NOT_IN, now=JULY)
    assert (counted(docs, HERE), counted(docs, THERE)) == (ONLY_TRIED, NOBODY)


@pytest.mark.parametrize(
    "ends",
    [
        (example_of(examples, "round_cancelled.v1"),),
        (example_of(examples, "round_cancelled.v1"), MET_THERE),
    ],
)
def test_a_round_that_is_cancelled_has_no_doors_but_its_visits_were_made(
    ends: tuple[Fact, ...],
) -> None:
    docs = after(NOT_IN, *ends)
    assert counted(docs, DISTRICT) == NOBODY
    assert values.of_scope(docs, DISTRICT, "2026-06")["visits"] == len(ends)


def test_a_round_that_goes_to_each_grid_has_no_doors() -> None:
    of_grids = example_of(
        examples, "round_announced.v1", division=DISTRICT, round="R2", per="grid"
    )
    met = example_of(examples, "visit_recorded.v1", **FIRST, round="R2")
    docs = after(of_grids, met)
    assert counted(docs, HERE) == UNTRIED
    figures = values.of_scope(docs, HERE, "2026-06")
    assert (figures["visits"], figures["asks"], figures["asks_per_door"]) == (1, 0, 0)
