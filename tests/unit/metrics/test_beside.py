"""A period beside the one before and that of a year ago: like with like."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.metrics.model.periods import pieces, same_day
from services.metrics.views import figures
from tests.unit.metrics.attack import READER
from tests.unit.metrics.worlds import DISTRICT, Held, Lived, World, drawn

COMMUNITY, SIBLING = "510108001001", "510108001002"
ADDED = (
    "sessions_held",
    "person_times",
    "service_minutes",
    "attended",
    "turned_up",
    "confirmed",
)


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(people)]


def lived(*sessions: tuple[str, int]) -> Lived:
    """In two communities on each of these days so many come."""
    return Lived(
        [
            Held(place, day, "文体", crowd(people))
            for place in (COMMUNITY, SIBLING)
            for day, people in sessions
        ]
    )


def compared(
    docs: Lived, day: str, period: str = "2026-06", scope: str = DISTRICT
) -> Any:
    """As it is asked at ten in the morning of a day."""
    asked = replace(
        READER, now=datetime.fromisoformat(f"{day}T02:00:00+00:00").astimezone(UTC)
    )
    return figures.comparison(docs, {"scope": scope, "period": period}, asked)


def figure(told: Any, name: str) -> Any:
    return next(item for item in told["items"] if item["figure"] == name)


def test_a_month_under_way_stands_beside_the_same_days_so_far() -> None:
    docs = lived(
        ("2026-05-10", 20),
        ("2026-05-25", 30),
        ("2025-06-12", 15),
        ("2025-06-13", 9),
        ("2026-06-10", 12),
    )
    told = compared(docs, "2026-06-12")
    assert told["until"] == {
        "value": "2026-06-12",
        "previous": "2026-05-12",
        "last_year": "2025-06-12",
    }
    times = figure(told, "person_times")
    assert (times["value"], times["previous"], times["last_year"]) == (24, 40, 30)
    assert figure(told, "sessions_held")["previous"] == 2
    assert figure(told, "turnout")["previous"] == 1
    assert figure(told, "covered")["previous"] == 2
    people = figure(told, "unique_participants")
    assert (people["value"], people["previous"], people["withheld"]) == (12, None, [])


def test_a_month_that_is_over_stands_beside_whole_months() -> None:
    docs = lived(("2026-05-10", 20), ("2026-05-25", 30), ("2026-06-10", 12))
    told = compared(docs, "2026-07-01")
    assert "until" not in told
    assert figure(told, "person_times")["previous"] == 100
    assert figure(told, "unique_participants")["previous"] == 30


def test_on_its_last_day_a_month_stands_beside_whole_months() -> None:
    docs = lived(("2026-05-31", 20), ("2026-06-10", 12))
    assert figure(compared(docs, "2026-06-30"), "person_times")["previous"] == 40


@pytest.mark.parametrize("period", ["2026", "2026-Q2"])
def test_a_longer_period_under_way_stands_beside_the_same_months_and_days(
    period: str,
) -> None:
    docs = lived(
        ("2025-05-10", 20),
        ("2025-06-12", 15),
        ("2025-06-13", 9),
        ("2025-12-01", 7),
        ("2026-06-10", 12),
    )
    times = figure(compared(docs, "2026-06-12", period), "person_times")
    assert (times["value"], times["last_year"]) == (24, 70)


def test_what_nothing_happened_in_is_nothing_to_compare_with() -> None:
    docs = lived(("2026-06-10", 12), ("2026-05-25", 30))
    told = compared(docs, "2026-06-12")
    assert told["absent"] == ["previous", "last_year"]
    assert [
        figure(told, name)["previous"]
        for name in ("person_times", "sessions_held", "communities")
    ] == [None] * 3
    assert compared(docs, "2026-07-02")["absent"] == ["last_year"]


def test_days_so_far_tell_what_is_told_of_each_of_them_and_no_more() -> None:
    days = (("2026-05-04", 20), ("2026-05-08", 3), ("2026-05-25", 30))
    docs = Lived(
        [
            *(Held(COMMUNITY, day, "文体", crowd(people)) for day, people in days),
            Held(SIBLING, "2026-05-04", "文体", crowd(9)),
            *(
                Held(place, "2026-06-10", "文体", crowd(12))
                for place in (COMMUNITY, SIBLING)
            ),
        ]
    )
    for scope in (DISTRICT, COMMUNITY, SIBLING):
        told = compared(docs, "2026-06-12", scope=scope)
        each = [
            figures.figures(
                docs, {"scope": scope, "period": f"2026-05-{day:02}"}, READER
            )
            for day in range(1, 13)
        ]
        for name in ADDED:
            values = [one["figures"][name] for one in each]
            expected = None if None in values else sum(values)
            shown = figure(told, name)
            assert (scope, name, shown["previous"]) == (scope, name, expected)
            assert ("previous" in shown["withheld"]) == (expected is None)


@pytest.mark.parametrize(
    ("period", "day", "other", "same"),
    [
        ("2026-03", "2026-03-31", "2026-02", "2026-02-28"),
        ("2026-07", "2026-07-12", "2025-07", "2025-07-12"),
        ("2026-Q3", "2026-08-31", "2026-Q2", "2026-05-31"),
        ("2024", "2024-02-29", "2023", "2023-02-28"),
    ],
)
def test_each_day_of_a_period_has_one_as_far_into_another(
    period: str, day: str, other: str, same: str
) -> None:
    assert same_day(period, day, other) == same


def span(docs: Lived, since: str, until: str, scope: str = DISTRICT) -> Any:
    return figures.span(docs, {"scope": scope, "since": since, "until": until}, READER)


def test_a_half_year_a_week_and_any_days_add_up_what_can_be_added_up() -> None:
    docs = lived(
        ("2026-01-10", 20), ("2026-05-25", 30), ("2026-06-10", 12), ("2026-07-01", 9)
    )
    half, week = (
        span(docs, "2026-01-01", "2026-06-30"),
        span(docs, "2026-06-08", "2026-06-14"),
    )
    assert (half["figures"]["person_times"], week["figures"]["person_times"]) == (
        124,
        24,
    )
    assert (half["figures"]["turnout"], half["figures"]["covered"]) == (1, 2)
    assert half["figures"]["unique_participants"] is None
    assert span(docs, "2026-05-25", "2026-07-01")["figures"]["sessions_held"] == 6


def test_any_days_withhold_what_is_withheld_of_one_of_their_parts() -> None:
    docs = lived(("2026-05-04", 20), ("2026-05-20", 3), ("2026-06-10", 12))
    told = span(docs, "2026-05-01", "2026-05-25", COMMUNITY)
    parts = [
        figures.figures(
            docs, {"scope": COMMUNITY, "period": f"2026-05-{day:02}"}, READER
        )
        for day in range(1, 26)
    ]
    assert any("person_times" in part["withheld"] for part in parts)
    assert (told["figures"]["person_times"], "person_times" in told["withheld"]) == (
        None,
        True,
    )
    assert "unique_participants" not in told["withheld"]


def test_days_are_made_up_of_whole_months_and_of_single_days() -> None:
    assert pieces("2026-01-01", "2026-03-02") == [
        "2026-01",
        "2026-02",
        "2026-03-01",
        "2026-03-02",
    ]
    assert pieces("2026-01-01", "2026-02-28") == ["2026-01", "2026-02"]
    assert pieces("2026-01-30", "2026-03-01") == [
        "2026-01-30",
        "2026-01-31",
        "2026-02",
        "2026-03-01",
    ]
    assert pieces("2026-01-05", "2026-01-05") == ["2026-01-05"]


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_beside_a_period_under_way_is_what_any_days_tell(seed: int) -> None:
    """So whoever compares learns nothing that the attack does not ask for."""
    docs = Lived(drawn(World(), seed))
    now = replace(READER, now=datetime(2026, 6, 20, 2, tzinfo=UTC))
    for scope in (DISTRICT, docs.sessions()[0]["community"]):
        told = figures.comparison(docs, {"scope": scope, "period": "2026-06"}, now)
        days = {"since": "2026-05-01", "until": told["until"]["previous"]}
        added_up = figures.span(docs, {"scope": scope, **days}, now)["figures"]
        previous = {one["figure"]: one["previous"] for one in told["items"]}
        assert "previous" in told["absent"] or previous == added_up
