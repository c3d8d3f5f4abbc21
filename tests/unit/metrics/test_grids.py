"""Grids covered and grids there are, whatever is redrawn later."""

from typing import Any

from services.kit.log import Fact
from services.kit.views import Overlay
from services.metrics.folds import FOLDS, deeds
from services.metrics.model.periods import within
from services.metrics.reckoning.places import grid_coverage, lying
from services.metrics.service import Metrics
from services.metrics.views import figures, series
from tests.counting import Counting
from tests.examples import activities, cobuild
from tests.given import DIVISIONS, asked, example_of, given, given_from, happened
from tests.unit.metrics.grids import ended, recorded
from tests.unit.metrics.opened import ask, pages

DISTRICT, STREET, HERE, THERE = "510108", "510108015", "510108015001", "510108016001"
ANALYST = asked(("district_analyst", DISTRICT))
JULY = "2026-07-01"
GRIDS = (recorded(HERE, "W-1"), recorded(HERE, "W-2"), recorded(THERE, "W-3"))
REDRAWN = (
    ended(HERE, "W-1", "2026-06-30"),
    recorded(THERE, "W-1", "2026-07-01"),
    recorded(HERE, "W-4", "2026-07-01"),
)


def stage(*facts: Fact) -> Overlay:
    return given_from(given(Metrics), Metrics, "branches", *DIVISIONS, *GRIDS, *facts)


def reached(
    docs: Overlay,
    grid: str,
    community: str,
    day: str,
    deed: str = deeds.CLOSING,
    change: int = 1,
) -> None:
    deeds.cover(docs, deed, community, day, change, grid)


def told(docs: Overlay, scope: str, period: str) -> tuple[Any, ...]:
    views = Overlay(
        docs
    )  # Anew each time: the cursor, by which news is told, does not move here.
    return tuple(grid_coverage(views, scope, period).values())


def test_a_grid_is_covered_by_an_attendance_or_a_closure() -> None:
    docs = stage()
    assert told(docs, DISTRICT, "2026-06") == (0, 3, 0)
    reached(docs, "W-1", HERE, "2026-06-01")
    reached(docs, "W-1", HERE, "2026-06-02", deeds.ATTENDING)
    reached(docs, "W-3", THERE, "2026-06-02", deeds.ATTENDING)
    assert told(docs, DISTRICT, "2026-06") == (2, 3, 0.6667)
    assert told(docs, STREET, "2026-06-01") == (1, 2, 0.5)
    reached(docs, "W-1", HERE, "2026-06-01", change=-1)
    assert told(docs, HERE, "2026-06-01") == (0, 2, 0)


class Followed(Counting):
    """Documents with a cursor that moves."""

    position, generation = 1, 1

    def cursor(self, source: str) -> int:
        return self.position


def test_where_grids_lie_is_read_again_after_news_alone() -> None:
    docs = stage()
    views = Followed(docs)
    first = lying(views, DISTRICT)
    read = views.read
    assert lying(views, DISTRICT) is first
    assert views.read == read > 0
    given_from(docs, Metrics, "branches", *REDRAWN)
    views.position += 1
    assert lying(views, THERE).valid(JULY, JULY) == {"W-1", "W-3"}
    assert first.valid(JULY, JULY) == {"W-1", "W-2", "W-3"}
    assert lying(views, DISTRICT).valid(JULY, JULY) == {"W-1", "W-2", "W-3", "W-4"}


def test_where_grids_lie_is_read_again_after_a_rebuild_at_the_same_position() -> None:
    docs = stage()
    views = Followed(docs)
    assert lying(views, THERE).valid(JULY, JULY) == {"W-3"}
    given_from(docs, Metrics, "branches", *REDRAWN)
    views.generation += 1
    assert lying(views, THERE).valid(JULY, JULY) == {"W-1", "W-3"}


def test_day_after_day_the_valid_grids_are_gone_through_where_one_begins_or_ends_alone() -> (
    None
):
    lies = lying(stage(*REDRAWN), HERE)
    june = [lies.valid(day, day) for day in within("2026-06")]
    assert all(grids is june[0] for grids in june)
    july = [lies.valid(day, day) for day in within("2026-07")]
    assert all(grids is july[0] for grids in july)
    assert june[0] == {"W-1", "W-2"}
    assert july[0] == {"W-2", "W-4"}
    assert lies.valid("2026-06-30", JULY) == {"W-1", "W-2", "W-4"}
    assert lies.valid("2025-12-31", "2025-12-31") == frozenset()


def test_redrawing_changes_no_figure_of_the_days_before() -> None:
    docs = stage()
    reached(docs, "W-1", HERE, "2026-06-30")
    places, periods = (
        (DISTRICT, STREET, HERE, THERE),
        ("2026-06-30", "2026-06", "2026-Q2"),
    )
    before = [told(docs, scope, period) for scope in places for period in periods]
    given_from(docs, Metrics, "branches", *REDRAWN)
    assert [
        told(docs, scope, period) for scope in places for period in periods
    ] == before
    assert [told(docs, scope, "2026-07") for scope in places] == [
        (0, 4, 0),
        (0, 2, 0),
        (0, 2, 0),
        (0, 2, 0),
    ]


def test_a_grid_that_moved_is_one_of_each_community_and_one_of_the_district() -> None:
    docs = stage(*REDRAWN)
    reached(docs, "W-1", HERE, "2026-06-30")
    reached(docs, "W-1", THERE, "2026-07-01")
    assert told(docs, HERE, "2026") == (1, 3, 0.3333)
    assert told(docs, THERE, "2026") == (1, 2, 0.5)
    assert told(docs, DISTRICT, "2026") == (1, 4, 0.25)


def test_what_is_closed_after_the_grid_was_redrawn_keeps_its_place() -> None:
    docs = stage(*REDRAWN)
    reached(docs, "W-1", HERE, "2026-07-10")
    assert told(docs, HERE, "2026-07") == (1, 3, 0.3333)


def test_a_grid_nobody_recorded_there_by_then_is_none() -> None:
    docs = stage(*REDRAWN)
    reached(docs, "anything", HERE, "2026-06-10")
    reached(docs, "W-4", HERE, "2026-06-10")
    assert told(docs, HERE, "2026-06") == (0, 2, 0)


def test_where_no_grid_is_recorded_there_is_no_coverage() -> None:
    docs = given_from(given(Metrics), Metrics, "branches", *DIVISIONS)
    reached(docs, "W-1", HERE, "2026-06-10")
    assert told(docs, DISTRICT, "2026-06") == (0, 0, None)


def test_facts_of_both_logs_cover_the_grid_they_name() -> None:
    docs = stage()
    plan = {**activities.CONTENT, "community": HERE, "grid": "W-1"}
    came = {
        **activities.EVENTS["checked_in.v1"],
        "session": plan["sessions"][0]["session"],
    }
    for type, data in (("activity_published.v2", plan), ("checked_in.v1", came)):
        docs.fold(happened(Fact(type, "activity/A", data)), FOLDS["activities"])
    raised = example_of(cobuild, "need_raised.v1", community=HERE, grid="W-2")
    for fact in (
        raised,
        *(example_of(cobuild, f"need_{done}.v1") for done in ("verified", "confirmed")),
    ):
        docs.fold(happened(fact), FOLDS["cobuild"])
    day = plan["sessions"][0]["starts_at"][:10]
    assert told(docs, HERE, day) == (1, 2, 0.5)
    assert told(docs, HERE, "2026-06-01") == (1, 2, 0.5)
    assert told(docs, HERE, "2026") == (2, 2, 1)


def test_each_session_covers_its_own_grid_and_one_changed_once_somebody_came_covers_the_old() -> (
    None
):
    docs = stage()
    first = activities.CONTENT["sessions"][0]
    second = {**first, "session": f"{first['session']}-2", "grid": "W-2"}
    content = {
        **activities.CONTENT,
        "community": HERE,
        "grid": "W-1",
        "sessions": [first, second],
    }
    changed = {
        **content,
        "sessions": [{**first, "grid": "W-2"}, second],
        "changed": ["grid"],
        "moved": [],
        "reason": "换地",
    }
    came = [
        {**activities.EVENTS["checked_in.v1"], "session": plan["session"]}
        for plan in (first, second)
    ]
    tell = [
        ("activity_published.v2", content),
        ("checked_in.v1", came[0]),
        ("activity_changed.v1", changed),
    ]
    for type, data in tell:
        docs.fold(happened(Fact(type, "activity/A", data)), FOLDS["activities"])
    day = first["starts_at"][:10]
    assert told(docs, HERE, day) == (1, 2, 0.5)
    docs.fold(
        happened(Fact("checked_in.v1", "activity/A", came[1])), FOLDS["activities"]
    )
    assert told(docs, HERE, day) == (2, 2, 1)
    assert {
        id
        for (kind, id), doc in docs.changed.items()
        if kind == deeds.ATTENDING_GRIDS and doc.get("deeds")
    } >= {
        f"{day}:{HERE}:W-1",
        f"{day}:{HERE}:W-2",
    }


def test_a_series_and_the_parts_of_a_period_tell_it_too() -> None:
    docs = stage()
    reached(docs, "W-1", HERE, "2026-06-10")
    question = {
        "scope": HERE,
        "figure": "grid_coverage",
        "step": "month",
        "since": "2026-05-01",
        "until": "2026-06-30",
    }
    assert [
        point["value"] for point in series.series(docs, question, ANALYST)["points"]
    ] == [0, 0.5]
    asks = {"scope": HERE, "period": "2026-Q2", "by": "time"}
    rows = figures.breakdown(docs, asks, ANALYST)["rows"]
    assert [row["figures"]["grids_covered"] for row in rows] == [0, 0, 1]


def test_the_grids_behind_the_figure_are_listed() -> None:
    docs = stage()
    reached(docs, "W-1", HERE, "2026-06-10")
    (page,) = pages(docs, ANALYST, ask("grid_coverage", (HERE, "2026-06", "all", "")))
    assert [(fact["fact"], fact["contribution"], fact["whole"]) for fact in page] == [
        ("grid/W-1", 1, 1),
        ("grid/W-2", 0, 1),
    ]
    (page,) = pages(docs, ANALYST, ask("grids_covered", (HERE, "2026-06", "all", "")))
    assert [fact["fact"] for fact in page] == ["grid/W-1"]
