"""What activities of one campaign add up to: by place, over time, and over any days."""

from typing import Any

import pytest

from schemas.documents import Json
from schemas.metrics.figures import AskBreakdown
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.metrics.service import Metrics
from services.metrics.views import facts, figures
from tests.given import given, given_from
from tests.unit.metrics.attack import READER
from tests.unit.metrics.worlds import DISTRICT, Held, Lived

STREET, COMMUNITY, SIBLING = "510108001", "510108001001", "510108001002"
FEAST, NAMED_OTHERWISE = "我们的节日", "和美: 邻居|节"
JUNE = {"scope": DISTRICT, "period": "2026-06"}


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(people)]


FEASTS = [
    Held(COMMUNITY, "2026-06-13", "文体", crowd(12), campaign=FEAST),
    Held(SIBLING, "2026-06-20", "助老", crowd(9), campaign=FEAST),
    Held(COMMUNITY, "2026-06-20", "文体", crowd(7), campaign=NAMED_OTHERWISE),
    Held(COMMUNITY, "2026-06-21", "文体", crowd(5)),
]


def lived() -> Lived:
    return Lived(FEASTS)


def breakdown(by: str, **more: str) -> Json:
    return figures.breakdown(lived(), {**JUNE, "by": by, **more}, READER)


def person_times(told: Json) -> dict[str, int]:
    return {row["key"]: row["figures"]["person_times"] for row in told["rows"]}


def test_each_campaign_has_a_row_and_what_belongs_to_none_has_none() -> None:
    assert person_times(breakdown("campaign")) == {FEAST: 21, NAMED_OTHERWISE: 7}


def test_one_campaign_is_told_by_place_and_over_time() -> None:
    told = breakdown("division", campaign=FEAST)
    assert (
        told["figures"]["person_times"],
        told["figures"]["unique_participants"],
    ) == (21, 12)
    assert person_times(told) == {STREET: 21}
    assert {
        day: times
        for day, times in person_times(breakdown("time", campaign=FEAST)).items()
        if times
    } == {
        "2026-06-13": 12,
        "2026-06-20": 9,
    }


def test_what_is_told_of_a_campaign_are_figures_of_activities_with_what_they_mean() -> (
    None
):
    told = figures.figures(lived(), {**JUNE, "campaign": FEAST}, READER)
    assert "needs_received" not in told["figures"]
    assert [one["identifier"] for one in told["definitions"]] == [
        one["identifier"]
        for one in figures.DEFINED
        if one["identifier"] in told["figures"]
    ]


def test_any_days_of_a_campaign_add_up() -> None:
    asked = {
        "scope": DISTRICT,
        "since": "2026-05-25",
        "until": "2026-06-19",
        "campaign": FEAST,
    }
    told = figures.span(lived(), asked, READER)
    assert (told["figures"]["person_times"], told["figures"]["sessions_held"]) == (
        12,
        1,
    )
    assert (told["campaign"], told["figures"]["unique_participants"]) == (FEAST, None)


def test_any_days_of_a_campaign_are_withheld_where_a_part_is() -> None:
    docs = Lived(
        [*FEASTS, Held(SIBLING, "2026-06-14", "文体", crowd(3), campaign=FEAST)]
    )
    asked = {
        "scope": DISTRICT,
        "since": "2026-01-01",
        "until": "2026-06-30",
        "campaign": FEAST,
    }
    told = figures.span(docs, asked, READER)
    assert (told["figures"]["person_times"], told["figures"]["sessions_held"]) == (
        None,
        3,
    )
    assert "person_times" in told["withheld"]


def test_a_figure_of_a_campaign_opens_its_sessions() -> None:
    asked = {
        **JUNE,
        "figure": "person_times",
        "dimension": "campaign",
        "value": FEAST,
        "limit": 50,
        "after": None,
    }
    found = facts.facts(lived(), asked, READER)["items"]
    assert {one["fact"]: one["contribution"] for one in found} == {
        "session/A00.1": 12,
        "session/A01.1": 9,
    }


def test_a_campaign_nobody_has_declared_is_no_zero() -> None:
    with pytest.raises(Unknown, match="我们的假日"):
        figures.figures(lived(), {**JUNE, "campaign": "我们的假日"}, READER)


def test_a_declared_campaign_without_activities_is_known() -> None:
    declared: Any = {
        "campaign": FEAST,
        "division": DISTRICT,
        "since": "2026-06-01",
        "until": "2026-06-30",
    }
    fact = Fact("campaign_declared.v1", f"campaign/{FEAST}", declared)
    docs = given_from(given(Metrics), Metrics, "activities", fact)
    assert docs.get("campaigns", FEAST) == {"id": FEAST, "seq": docs.seq}


def test_a_campaign_is_not_broken_down_by_what_it_is_not_counted_by() -> None:
    found: Any = AskBreakdown().validate({**JUNE, "by": "host", "campaign": FEAST})
    assert found["by"][0].code == "no_such_breakdown"
