"""The figures: folded one event at a time, and held against a recomputation that shares nothing with the folds."""

import json
import re
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.kit.log import Event
from services.kit.views import Nothing, Overlay
from services.metrics.folds import FOLDS
from services.metrics.folds.cells import ACTIVITIES, COUNTED, DOORSTEP, EXCESS, NEEDS
from services.metrics.model.periods import (
    a_year_before,
    before,
    days_of,
    every,
    periods_of,
    within,
)
from services.metrics.reckoning import values
from services.xfh.reconcile import Cells, differences, recompute
from services.xfh.reconcile.shown import COLLECTIONS, figures_of
from tests.unit.metrics import grids
from tests.unit.metrics.door_histories import DoorHistory
from tests.unit.metrics.histories import History
from tests.unit.metrics.need_histories import NeedHistory

SEEDS = st.integers(0, 10**9)


def cells(docs: Overlay) -> Cells:
    found: Cells = {}
    for (collection, _), doc in docs.changed.items():
        if collection in COLLECTIONS:
            cell, figures = figures_of(collection, doc)
            found[cell] = {**found.get(cell, {}), **figures}
    return found


def must_equal_at_every_step(source: str, events: list[Event]) -> None:
    docs = Overlay(Nothing())
    for place, event in enumerate(events, 1):
        docs.fold(event, FOLDS[source])
        told = {
            name: events[:place] if name == source else []
            for name in ("activities", "branches", "cobuild", "grids")
        }
        assert differences(cells(docs), recompute(*told.values())) == []


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_i7_the_figures_of_activities_equal_a_recomputation_at_every_step(
    seed: int,
) -> None:
    must_equal_at_every_step("activities", History(seed).play(150))


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_i7_the_figures_of_needs_equal_a_recomputation_at_every_step(seed: int) -> None:
    must_equal_at_every_step("cobuild", NeedHistory(seed).play(80))


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_i7_the_figures_of_the_doorstep_equal_a_recomputation_at_every_step(
    seed: int,
) -> None:
    must_equal_at_every_step("grids", DoorHistory(seed).play(80))


def test_i7_the_grids_of_communities_equal_a_recomputation_at_every_step() -> None:
    must_equal_at_every_step("branches", grids.EVENTS)


def test_histories_reach_what_the_figures_count() -> None:
    """The properties above would prove little if their histories never attended, rated or came late."""
    reached: set[str] = set()
    for seed in range(40):
        histories = (
            ("activities", History(seed).play(120)),
            ("cobuild", NeedHistory(seed).play(160)),
        )
        for source, events in histories:
            docs = Overlay(Nothing())
            for event in events:
                docs.fold(event, FOLDS[source])
                reached |= {
                    name
                    for figures in cells(docs).values()
                    for name, value in figures.items()
                    if value
                }
    for seed in range(10):
        docs = Overlay(Nothing())
        for event in DoorHistory(seed).play(120):
            docs.fold(event, FOLDS["grids"])
        reached.update(*cells(docs).values())
    of_later = {"service_minutes_scanned", "service_minutes_adjusted"}
    counted = {*COUNTED[ACTIVITIES], *COUNTED[NEEDS], *COUNTED[DOORSTEP]}
    assert counted - reached <= of_later


def test_a_difference_names_cell_figure_and_both_values() -> None:
    found = differences(
        {"510108:2026:all:": {"person_times": 2}},
        {"510108:2026:all:": {"person_times": 3}},
    )
    assert [str(difference) for difference in found] == [
        "510108:2026:all: person_times: 汇总 2，重算 3"
    ]


def test_a_cell_only_one_side_has_is_a_difference() -> None:
    assert len(differences({"a": {"ratings": 1}}, {})) == 1
    assert len(differences({}, {"a": {"ratings": 1}})) == 1
    assert differences({"a": {"ratings": 0}}, {}) == []


def test_rates_of_nothing_are_not_zero() -> None:
    assert values.activities(None)["turnout"] is None
    cell = {
        **dict.fromkeys(COUNTED[ACTIVITIES], 0),
        "attended": 4,
        "turned_up": 3,
        "confirmed": 4,
    }
    assert values.activities(cell)["turnout"] == 0.75


def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed() -> None:
    minutes = {10: 5, 20: 4, 500: 1}
    assert [
        values.percentile(minutes, percent) for percent in (1, 50, 51, 90, 91, 100)
    ] == [10, 10, 20, 20, 500, 500]
    assert values.percentile({}, 50) is None


def test_a_day_belongs_to_its_month_quarter_and_year() -> None:
    assert periods_of("2026-06-13") == ("2026-06-13", "2026-06", "2026-Q2", "2026")
    assert periods_of("2026-12-31")[2] == "2026-Q4"


def test_periods_divide_into_the_next_smaller() -> None:
    assert within("2026")[-1] == "2026-12"
    assert within("2026-Q2") == ["2026-04", "2026-05", "2026-06"]
    assert len(within("2028-02")) == 29
    assert within("2026-06-13") == []


def test_a_period_has_its_days_its_forerunner_and_the_same_of_a_year_ago() -> None:
    assert days_of("2028-02") == ("2028-02-01", "2028-02-29")
    assert days_of("2026-Q2") == ("2026-04-01", "2026-06-30")
    assert [
        before(period) for period in ("2026-01-01", "2026-01", "2026-Q1", "2026")
    ] == [
        "2025-12-31",
        "2025-12",
        "2025-Q4",
        "2025",
    ]
    assert a_year_before("2028-02-29") == "2027-02-28"
    assert a_year_before("2026-Q3") == "2025-Q3"


def test_a_series_goes_from_month_to_month_over_the_years() -> None:
    assert every("month", "2025-11-30", "2026-02-01") == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert every("day", "2026-02-27", "2026-03-01") == [
        "2026-02-27",
        "2026-02-28",
        "2026-03-01",
    ]


def as_before_there_were_guests(events: list[Event]) -> list[Event]:
    """With companions named by ids of their own, the same for whoever brings them; nobody came as a helper."""
    kept = (event for event in events if event.type != "roles_changed.v1")
    return [
        replace(event, data=json.loads(_in_old_words(json.dumps(event.data))))
        for event in kept
    ]


def _in_old_words(data: str) -> str:
    return re.sub(r', "role": "helper"', "", re.sub(r'"R\d+~', '"G', data))


@settings(max_examples=20, deadline=None)
@example(280)
@example(70133)
@given(SEEDS)
def test_i7_who_is_not_independent_equals_a_recomputation_for_parties_of_old_logs_too(
    seed: int,
) -> None:
    """In the first two, somebody whom others had brought came by themself as well."""
    must_equal_at_every_step(
        "activities", as_before_there_were_guests(History(seed).play(120))
    )


def test_histories_have_people_who_are_not_independent() -> None:
    reached: set[str] = set()
    for seed in range(40):
        events = History(seed).play(120)
        for told in (events, as_before_there_were_guests(events)):
            kept = recompute(told).items()
            reached |= {
                figure
                for cell, figures in kept
                if cell.startswith("excess/")
                for figure in figures
            }
    assert reached >= set(COUNTED[EXCESS]) - {"ratings", "satisfied"}, (
        "guests do not rate"
    )
