"""What readers are told of a figure that is withheld, and what else is withheld with it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from schemas.documents import Json
from schemas.metrics.figures import COMPARED
from services.kit.entrypoints import Asked
from services.metrics.model.withholding.families import HELD, PRESENT
from services.metrics.views import figures, series, targets
from tests.given import asked
from tests.unit.metrics.attack import READER
from tests.unit.metrics.withheld import (
    COMMUNITY,
    DAY,
    SIBLING,
    STREET,
    crowd,
    fair,
    told,
)
from tests.unit.metrics.worlds import DISTRICT, Held, Lived

WORKER = asked(("community_worker", COMMUNITY))
STREET_ADMIN = asked(("street_admin", STREET))


def test_the_community_sees_its_own_figures_however_few_the_people() -> None:
    shown = told(WORKER, COMMUNITY, "2026-05-30")
    assert (shown["figures"]["person_times"], shown["withheld"]) == (3, [])


@pytest.mark.parametrize("who", [READER, STREET_ADMIN])
def test_everybody_else_is_told_that_a_figure_is_withheld(who: Asked) -> None:
    shown = told(who, COMMUNITY, "2026-05-30")
    assert (shown["figures"]["person_times"], shown["figures"]["fill_rate"]) == (
        None,
        None,
    )
    assert {
        "person_times",
        "unique_participants",
        "service_minutes",
        "attended",
    } <= set(shown["withheld"])
    assert (shown["figures"]["sessions_held"], shown["figures"]["capacity"]) == (1, 50)


def test_what_would_tell_it_by_subtraction_is_withheld_as_well() -> None:
    """The street less the other community, or the quarter or year less the other month, would be the three."""
    assert told(READER, STREET, "2026-05")["figures"]["person_times"] == 23
    for place, period in product((COMMUNITY, SIBLING), ("2026-05", "2026-Q2", "2026")):
        assert told(READER, place, period)["figures"]["person_times"] is None


def test_the_other_months_are_shown_and_what_is_larger() -> None:
    assert told(READER, COMMUNITY, "2026-06")["figures"]["person_times"] == 24
    assert [
        told(READER, place, "2026")["figures"]["person_times"]
        for place in (STREET, DISTRICT)
    ] == [71, 71]


def test_the_years_are_told_of_places_that_make_up_for_nobody() -> None:
    """Of the two other communities the one with more to spare makes up for the few."""
    third = "510108001003"
    may = [
        Held(place, "2026-05-30", "助老", crowd(people))
        for place, people in ((COMMUNITY, 3), (third, 9))
    ]
    docs = Lived([*may, Held(SIBLING, "2026-05-30", "助老", crowd(20))])
    rows = figures.breakdown(
        docs, {"scope": STREET, "period": "2026", "by": "division"}, READER
    )["rows"]
    assert [row["figures"]["person_times"] for row in rows] == [None, None, 9]


def test_nothing_is_withheld_where_nobody_could_have_come() -> None:
    shown = told(READER, COMMUNITY, "2026-03")
    assert (shown["figures"]["person_times"], shown["withheld"]) == (0, [])


def test_a_breakdown_withholds_in_its_rows() -> None:
    question = {"scope": STREET, "period": "2026-05", "by": "division"}
    rows = figures.breakdown(fair(), question, READER)["rows"]
    assert [
        (row["figures"]["person_times"], "person_times" in row["withheld"])
        for row in rows[:2]
    ] == [(None, True)] * 2
    own = figures.breakdown(
        fair(), {**question, "scope": COMMUNITY, "by": "time"}, WORKER
    )["rows"]
    assert sum(row["figures"]["person_times"] for row in own) == 3


def test_a_series_marks_the_points_it_withholds() -> None:
    question = {
        "scope": COMMUNITY,
        "figure": "person_times",
        "step": "month",
        "since": "2026-04-01",
    }
    points = series.series(fair(), {**question, "until": "2026-06-30"}, READER)[
        "points"
    ]
    assert [(point["value"], point["withheld"]) for point in points] == [
        (0, False),
        (None, True),
        (24, False),
    ]


def test_a_comparison_withholds_each_of_its_numbers_by_itself() -> None:
    july = replace(READER, now=datetime(2026, 7, 2, tzinfo=UTC))
    items = figures.comparison(fair(), {"scope": COMMUNITY, "period": "2026-06"}, july)[
        "items"
    ]
    compared = next(item for item in items if item["figure"] == "person_times")
    assert ([compared[name] for name in COMPARED], compared["withheld"]) == (
        [24, None, None],
        ["previous"],
    )


def test_a_target_does_not_tell_how_far_a_withheld_figure_is_from_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beside: Json = {"target": 10, "progress": 0.3, "reached": False}
    monkeypatch.setattr(targets, "beside_target", lambda *_: beside)
    items = figures.comparison(
        fair(), {"scope": COMMUNITY, "period": "2026-05"}, READER
    )["items"]
    compared = {item["figure"]: item for item in items}
    assert compared["person_times"].keys() & beside.keys() == {"target"}
    assert compared["sessions_held"].keys() >= beside.keys()


def test_a_day_does_not_tell_which_communities_somebody_came_from() -> None:
    assert told(READER, DISTRICT, "2026-05-30")["figures"]["covered"] is None
    assert told(READER, DISTRICT, "2026-05")["figures"]["covered"] == 2


def test_what_was_held_is_withheld_while_few_are_at_a_session_under_way() -> None:
    """All who came, less those who came to what was held, are the two."""
    held = [Held(place, DAY, "文体", crowd(12)) for place in (COMMUNITY, SIBLING)]
    docs = Lived([*held, Held(SIBLING, DAY, "助老", crowd(2), held=False)])
    shown = figures.figures(docs, {"scope": DISTRICT, "period": "2026"}, READER)
    assert (shown["figures"]["person_times"], shown["figures"]["attended"]) == (
        26,
        None,
    )
    assert set(shown["withheld"]) >= HELD.figures
    assert not PRESENT.figures & set(shown["withheld"])


def test_few_at_what_was_held_are_withheld_beside_many_at_what_is_under_way() -> None:
    held = [Held(place, DAY, "文体", crowd(12)) for place in (COMMUNITY, SIBLING)]
    docs = Lived(
        [
            *held,
            Held(COMMUNITY, "2026-05-30", "助老", crowd(2)),
            Held(SIBLING, "2026-05-30", "助老", crowd(13), False),
        ]
    )
    shown = figures.figures(docs, {"scope": DISTRICT, "period": "2026-05"}, READER)
    assert (shown["figures"]["person_times"], shown["figures"]["attended"]) == (
        15,
        None,
    )
