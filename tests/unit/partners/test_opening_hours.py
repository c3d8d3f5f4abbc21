"""Weekly opening hours: which are taken, which refused, and how they are told in words."""

from itertools import permutations

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import fields
from schemas.documents import Json
from schemas.opening_hours import DAYS, MOST_SPANS
from schemas.partners import partners as schemas
from services.partners.model.hours import in_words
from tests.examples.partners import COMMANDS, HOURS


def span(day: str, opens: str, closes: str) -> Json:
    return {"day": day, "opens": opens, "closes": closes}


def load(hours: object) -> list[Json]:
    loaded: list[Json] = schemas.Apply().load({**COMMANDS["apply"], "hours": hours})[
        "hours"
    ]
    return loaded


@pytest.mark.parametrize("told", list(permutations(HOURS)))
def test_spans_are_kept_in_the_order_of_the_week(told: tuple[Json, ...]) -> None:
    assert load(list(told)) == HOURS


@pytest.mark.parametrize(
    "hours",
    [
        [span("MO", "00:00", "24:00")],
        [span("MO", "09:00", "12:00"), span("MO", "12:00", "18:00")],
        [span("MO", "09:00", "18:00"), span("TU", "09:00", "18:00")],
        [
            span(day, f"{hour:02}:00", f"{hour:02}:30")
            for day in DAYS
            for hour in (8, 10, 12)
        ],
    ],
)
def test_spans_may_touch_and_fill_the_day(hours: list[Json]) -> None:
    assert load(hours) == hours


@pytest.mark.parametrize(
    ("hours", "path", "code"),
    [
        ("周一至周五", "hours", "wrong_type"),
        ({}, "hours", "wrong_type"),
        (None, "hours", "missing_field"),
        ([], "hours", "list_length"),
        ([span("MO", "09:00", "10:00")] * (MOST_SPANS + 1), "hours", "list_length"),
        (["MO 09:00"], "hours/0", "wrong_type"),
        ([{}], "hours/0/day", "missing_field"),
        ([span("XX", "09:00", "10:00")], "hours/0/day", "not_allowed"),
        ([span("MO", "9:00", "10:00")], "hours/0/opens", "bad_clock_time"),
        ([span("MO", "09:00", "25:00")], "hours/0/closes", "bad_clock_time"),
        ([span("MO", "09:00", "24:01")], "hours/0/closes", "bad_clock_time"),
        ([span("MO", "09:60", "10:00")], "hours/0/opens", "bad_clock_time"),
        ([span("MO", "０９:００", "10:00")], "hours/0/opens", "bad_clock_time"),
        ([{"day": "MO", "opens": 900, "closes": "10:00"}], "hours/0/opens", "wrong_type"),
        ([{**span("MO", "09:00", "10:00"), "note": "x"}], "hours/0/note", "unknown_field"),
        ([span("MO", "10:00", "09:00")], "hours/0/closes", "closes_before_opening"),
        ([span("MO", "10:00", "10:00")], "hours/0/closes", "closes_before_opening"),
        ([span("MO", "09:00", "12:00"), span("MO", "11:59", "13:00")], "hours/1/opens", "hours_overlap"),
        ([span("MO", "11:00", "13:00"), span("TU", "09:00", "10:00"), span("MO", "09:00", "12:00")], "hours/0/opens",
         "hours_overlap"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_named_by_their_path(
    hours: object, path: str, code: str
) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        load(hours)
    told = fields.complaints(caught.value)[0]
    assert (told["path"], told["code"]) == (path, code)
    assert any("一" <= char <= "鿿" for char in told["message"])


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (HOURS, "周二 10:00–12:00、14:00–20:00；周日 10:00–20:00"),
        ([span(day, "09:00", "18:00") for day in DAYS], "每天 09:00–18:00"),
        ([span(day, "09:00", "18:00") for day in DAYS[:5]], "周一至周五 09:00–18:00"),
    ],
)
def test_hours_are_told_in_words(hours: list[Json], words: str) -> None:
    assert in_words(hours) == words


CLOCKS = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")
SPANS = st.builds(span, st.sampled_from(DAYS), CLOCKS, CLOCKS)


@given(st.lists(SPANS, min_size=1, max_size=MOST_SPANS))
def test_hours_are_taken_exactly_when_no_hour_of_the_week_is_open_twice(
    hours: list[Json],
) -> None:
    hourly = [
        (s["day"], hour)
        for s in hours
        for hour in range(int(s["opens"][:2]), int(s["closes"][:2]))
    ]
    possible = all(s["opens"] < s["closes"] for s in hours) and len(set(hourly)) == len(
        hourly
    )
    try:
        taken = load(hours)
    except ma.ValidationError:
        assert not possible
        return
    assert possible
    assert len(in_words(taken)) <= 500
