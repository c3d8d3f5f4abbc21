"""Active units and covered communities: halves from two logs, counted once."""

import pytest

from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.folds import deeds
from services.metrics.reckoning.places import active_units, coverage, together
from services.metrics.service import Metrics
from services.metrics.views import figures
from tests.given import DIVISIONS, asked, division, given, given_from

HERE, THERE = "510108015001", "510108016001"
ADMIN = asked(("district_admin", "510108"))


def stage() -> Overlay:
    return given_from(given(Metrics), Metrics, "branches", *DIVISIONS)


@pytest.mark.parametrize(
    ("day", "active"),
    [("2026-04-02", {"U1"}), ("2026-04-01", set()), ("2026-07-01", set())],
)
def test_a_unit_is_active_for_ninety_days_up_to_the_end_of_the_period(
    day: str, active: set[str]
) -> None:
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
    assert coverage(docs, "510108", "2026") == {
        "covered": 0,
        "communities": 2,
        "coverage": 0,
    }
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
    assert coverage(docs, "510108015", "2026-06") == {
        "covered": 1,
        "communities": 2,
        "coverage": 0.5,
    }


LATE = "510108015002"


def recorded_late(*more: Fact) -> Overlay:
    """A community that nobody knew before September, and what happened to it then."""
    late = division(LATE, "某某社区", "community", "510108015")
    docs = stage()
    deeds.cover(docs, deeds.ATTENDING, HERE, "2026-07-02", 1)
    late = Fact(late.type, late.stream, {**late.data, "valid_from": "2026-09-10"})
    return given_from(docs, Metrics, "branches", late, *more)


ENDED = Fact(
    "division_ended.v1",
    f"division/{LATE}",
    {"division": LATE, "valid_to": "2026-10-05", "by": "P0"},
)
WITHDRAWN = Fact(
    "division_withdrawn.v1", f"division/{LATE}", {"division": LATE, "by": "P0"}
)


@pytest.mark.parametrize("more", [(), (ENDED,), (WITHDRAWN,)])
def test_a_month_that_is_over_counts_the_communities_it_knew(
    more: tuple[Fact, ...],
) -> None:
    assert coverage(recorded_late(*more), "510108", "2026-07") == {
        "covered": 1,
        "communities": 2,
        "coverage": 0.5,
    }


def test_a_period_counts_the_communities_that_are_valid_in_it() -> None:
    docs = recorded_late(ENDED)
    months = {
        month: coverage(docs, "510108", f"2026-{month}")["communities"]
        for month in ("08", "09", "10", "11")
    }
    assert months == {"08": 2, "09": 3, "10": 3, "11": 2}
    assert coverage(docs, "510108", "2026")["communities"] == 3
    assert coverage(recorded_late(WITHDRAWN), "510108", "2026")["communities"] == 2


def test_a_table_has_a_row_for_what_is_valid_in_its_period_or_was_counted_in_it() -> (
    None
):
    def rows(docs: Overlay, period: str) -> list[str]:
        question = {"scope": "510108015", "period": period, "by": "division"}
        return [row["key"] for row in figures.breakdown(docs, question, ADMIN)["rows"]]

    assert rows(recorded_late(), "2026-07") == [HERE]
    assert rows(recorded_late(), "2026-09") == [HERE, LATE]
    assert rows(recorded_late(WITHDRAWN), "2026-09") == [HERE]
    assert coverage(recorded_late(), LATE, "2026-07")["communities"] == 0


def test_days_so_far_count_the_communities_that_were_valid_then() -> None:
    assert (
        together(recorded_late(), "510108", ["2026-08-01", "2026-08-02"])["communities"]
        == 2
    )
    assert (
        together(recorded_late(), "510108", ["2026-08", "2026-09-10"])["communities"]
        == 3
    )
