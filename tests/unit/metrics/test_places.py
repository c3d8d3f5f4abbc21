"""Active units and covered communities: halves from two logs, counted once."""

import pytest

import schemas.branches  # noqa: F401  # Declares the divisions.
from services.kit.views import Nothing, Overlay
from services.metrics.folds import deeds
from services.metrics.service import Metrics
from services.metrics.views.places import active_units, coverage
from tests.given import DIVISIONS, given, given_from

HERE, THERE = "510108015001", "510108016001"


def stage() -> Overlay:
    return given_from(given(Metrics), Metrics, "branches", *DIVISIONS)


@pytest.mark.parametrize(("day", "active"), [("2026-04-02", {"U1"}), ("2026-04-01", set()), ("2026-07-01", set())])
def test_a_unit_is_active_for_ninety_days_up_to_the_end_of_the_period(day: str, active: set[str]) -> None:
    docs = Overlay(Nothing())
    deeds.act(docs, deeds.FULFILLING, "U1", HERE, day, 1)
    assert active_units(docs, "510108", ["2026-06"])["2026-06"] == active


def test_a_unit_that_fulfils_and_hosts_is_one() -> None:
    docs = Overlay(Nothing())
    deeds.act(docs, deeds.FULFILLING, "U1", HERE, "2026-06-01", 1)
    deeds.act(docs, deeds.HOSTING, "U1", HERE, "2026-05-01", 1)
    deeds.act(docs, deeds.HOSTING, "U2", THERE, "2026-05-01", 1)
    assert active_units(docs, "510108", ["2026-05-31", "2026-Q2"]) == {
        "2026-05-31": {"U1", "U2"},
        "2026-Q2": {"U1", "U2"},
    }
    assert active_units(docs, HERE, ["2026-Q2"])["2026-Q2"] == {"U1"}


def test_a_deed_taken_back_leaves_the_unit_inactive() -> None:
    docs = Overlay(Nothing())
    for change in (1, 1, -1, -1):
        deeds.act(docs, deeds.FULFILLING, "U1", HERE, "2026-06-01", change)
    assert active_units(docs, "510108", ["2026"])["2026"] == set()


def test_a_community_is_covered_by_an_attendance_or_a_closure() -> None:
    docs = stage()
    assert coverage(docs, "510108", "2026") == {"covered": 0, "communities": 2, "coverage": 0}
    deeds.cover(docs, deeds.CLOSING, HERE, "2026-06-01", 1)
    deeds.cover(docs, deeds.ATTENDING, HERE, "2026-06-02", 1)
    assert coverage(docs, "510108", "2026")["coverage"] == 0.5
    assert coverage(docs, "510108015", "2026-06-02")["coverage"] == 1
    assert coverage(docs, "510108", "2026-06-03")["coverage"] == 0
    deeds.cover(docs, deeds.ATTENDING, HERE, "2026-06-02", -1)
    assert coverage(docs, "510108", "2026-06-02")["coverage"] == 0


def test_a_community_that_is_recorded_no_longer_was_one_when_it_was_covered() -> None:
    docs = stage()
    deeds.cover(docs, deeds.ATTENDING, "510108015009", "2026-06-02", 1)
    assert coverage(docs, "510108015", "2026-06") == {"covered": 1, "communities": 2, "coverage": 0.5}
