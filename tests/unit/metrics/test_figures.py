"""The figures: folded one event at a time, and held against a recomputation that shares nothing with the folds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.log import Event
from services.kit.views import Doc, Nothing, Overlay, fold_all
from services.metrics.folds import COUNTED, FOLDS
from services.metrics.periods import periods_of, within
from services.metrics.views import shown
from services.reconcile import Cells, differences, recompute
from tests.unit.metrics.histories import History


def cells(docs: Overlay) -> Cells:
    return {id: {name: doc[name] for name in COUNTED} for (kind, id), doc in docs.changed.items() if kind == "cells"}


def folded(events: list[Event]) -> Overlay:
    return fold_all(Nothing(), events, FOLDS["activities"])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_i7_the_figures_equal_a_recomputation_after_any_history(seed: int) -> None:
    events = History(seed).play(120)
    assert differences(cells(folded(events)), recompute(events)) == []


def test_histories_reach_what_the_figures_count() -> None:
    """The property above would prove little if its histories never attended, rated or came late."""
    totals = dict.fromkeys(COUNTED, 0)
    for seed in range(40):
        for id, cell in cells(folded(History(seed).play(120))).items():
            if id.startswith("510108:2026:all"):
                totals = {name: totals[name] + cell[name] for name in COUNTED}
    assert all(totals[name] for name in COUNTED if name not in {"service_minutes_scanned", "service_minutes_adjusted"})


def test_a_difference_names_cell_figure_and_both_values() -> None:
    found = differences({"510108:2026:all:": {"person_times": 2}}, {"510108:2026:all:": {"person_times": 3}})
    assert [str(difference) for difference in found] == ["510108:2026:all: person_times: 汇总 2，重算 3"]


def test_a_cell_only_one_side_has_is_a_difference() -> None:
    assert len(differences({"a": {"ratings": 1}}, {})) == 1
    assert len(differences({}, {"a": {"ratings": 1}})) == 1
    assert differences({"a": {"ratings": 0}}, {}) == []


def test_rates_of_nothing_are_not_zero() -> None:
    assert shown(None)["turnout"] is None
    cell: Doc = {**dict.fromkeys(COUNTED, 0), "attended": 3, "confirmed": 4}
    assert shown(cell)["turnout"] == 0.75


def test_a_day_belongs_to_its_month_quarter_and_year() -> None:
    assert periods_of("2026-06-13") == ("2026-06-13", "2026-06", "2026-Q2", "2026")
    assert periods_of("2026-12-31")[2] == "2026-Q4"


def test_periods_divide_into_the_next_smaller() -> None:
    assert within("2026")[-1] == "2026-12"
    assert within("2026-Q2") == ["2026-04", "2026-05", "2026-06"]
    assert len(within("2028-02")) == 29
    assert within("2026-06-13") == []
