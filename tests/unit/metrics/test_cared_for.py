"""Who is looked in on at home is told by months and communities at most, and never where they are few."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.model.periods import periods_of
from services.metrics.reckoning import values
from services.metrics.reckoning.content import content
from services.metrics.reckoning.withholding import Withholding
from services.metrics.service import Metrics
from services.metrics.views.facts import facts
from tests.examples import grids as examples
from tests.given import asked, division, example_of, given_from

DISTRICT = "510108"
STREETS = ("510108001", "510108002", "510108003")
COMMUNITIES = tuple(f"{street}{number:03}" for street in STREETS for number in (1, 2))
MONTHS = ("2026-05", "2026-06", "2026-07")
ANALYST = asked(("district_analyst", DISTRICT), id="D1")
WORKER = asked(("community_worker", COMMUNITIES[0]), id="W1")
CARE = ("care_calls", "care_due", "care_on_time")

Place = tuple[str, str]  # A community in a month.
World = dict[Place, int]
"""How many are looked in on, each once."""


def told_of(world: World) -> Overlay:
    docs = Overlay(Nothing())
    given_from(docs, Metrics, "branches", division(DISTRICT, "甲区", "district", ""))
    for place in (*STREETS, *COMMUNITIES):
        level = "street" if place in STREETS else "community"
        parent = DISTRICT if place in STREETS else place[:9]
        given_from(docs, Metrics, "branches", division(place, place, level, parent))
    begins = datetime(2026, 4, 30, 1, tzinfo=UTC)
    for (community, month), people in world.items():
        for number in range(people):
            cared = list(_cared_for(community, month, number))
            given_from(docs, Metrics, "grids", *cared, now=begins)
    return docs


def _cared_for(community: str, month: str, number: int) -> Iterator[Fact]:
    """Somebody behind a door of their own, met in time."""
    id = f"X{community}-{month}-{number}"
    here = {"community": community, "grid": "W-1"}
    at = instant(datetime.fromisoformat(f"{month}-10T09:00:00+08:00"))
    yield example_of(examples, "door_recorded.v1", door=id, note=id, **here)
    begun = {"care": id, "door": id, "note": id, "every_days": 92}
    yield example_of(examples, "care_begun.v1", **begun, **here)
    visit = {"visit": id, "care": id, "door": id, "at": at, "nonce": id, "answers": []}
    met = example_of(examples, "visit_recorded.v1", **visit, **here)
    del met.data["round"]
    yield met


def cells() -> Iterator[tuple[str, str]]:
    places = (DISTRICT, *STREETS, *COMMUNITIES)
    periods = sorted(
        {period for month in MONTHS for period in periods_of(f"{month}-10")}
    )
    yield from product(places, periods)


def covers(scope: str, period: str, place: Place) -> bool:
    community, month = place
    return community.startswith(scope) and period in periods_of(f"{month}-10")


def a_world(seed: int) -> World:
    luck = random.Random(seed)
    sizes = luck.choice(
        ((0, 0, 2, 7), (3, 8, 9), (0, 1, 6), (0, 0, 0, 4), (5, 6, 12, 2))
    )
    return {place: luck.choice(sizes) for place in product(COMMUNITIES, MONTHS)}


def other_stories(world: World) -> Iterator[dict[Place, int]]:
    """One person less, or one less somewhere and one more elsewhere, or two pairs that make up for each other."""
    filled = [place for place, people in world.items() if people]
    yield from ({less: -1} for less in filled)
    for less, more in product(filled, world):
        if less != more:
            yield {less: -1, more: 1}
    for (here, one), (there, other) in product(filled, filled):
        if here != there and one != other:
            yield {
                (here, one): -1,
                (there, one): 1,
                (here, other): 1,
                (there, other): -1,
            }


@pytest.mark.parametrize("seed", range(12))
def test_no_withheld_number_of_few_follows_from_all_that_is_told(seed: int) -> None:
    world = a_world(seed)
    docs = told_of(world)
    withholding = Withholding(docs, ANALYST)
    told = [
        cell for cell in cells() if not withholding.withholds("care_due", {}, *cell)
    ]
    stories = [story for story in other_stories(world) if _is_untold(story, told)]
    for cell in cells():
        inside = [place for place in world if covers(*cell, place)]
        people = sum(world[place] for place in inside)
        assert values.of_scope(docs, *cell)["care_due"] == people
        if 0 < people < 5 and len(cell[1]) == len("2026-05"):
            assert cell not in told
            assert any(sum(story.get(at, 0) for at in inside) for story in stories), (
                cell
            )


def _is_untold(story: dict[Place, int], told: list[tuple[str, str]]) -> bool:
    """Every sum that is told is the same in it."""
    return not any(
        sum(change for place, change in story.items() if covers(*cell, place))
        for cell in told
    )


FEW = {(community, "2026-06"): 9 for community in COMMUNITIES} | {
    (COMMUNITIES[0], "2026-06"): 2
}


def test_a_day_tells_nothing_of_care_and_the_workers_of_the_community_everything() -> (
    None
):
    docs = told_of(FEW)
    for scope in (DISTRICT, COMMUNITIES[0], COMMUNITIES[-1]):
        figures = values.of_scope(docs, scope, "2026-06-10")
        shown = Withholding(docs, ANALYST).told(figures, scope, "2026-06-10")
        assert sorted(shown["withheld"]) == list(CARE)
    figures = values.of_scope(docs, COMMUNITIES[0], "2026-06-10")
    shown = Withholding(docs, WORKER).told(figures, COMMUNITIES[0], "2026-06-10")
    assert (shown["withheld"], shown["figures"]["care_due"]) == ([], 2)


def test_behind_a_figure_of_care_are_communities_withheld_as_their_own_figures_are() -> (
    None
):
    question: Json = {"scope": DISTRICT, "period": "2026-06", "figure": "care_due"}
    question |= {"dimension": "all", "after": None, "limit": 50}
    shown = facts(told_of(FEW), question, ANALYST)["items"]
    assert [fact["contribution"] for fact in shown] == [None, None, 9, 9, 9, 9]
    assert {fact["kind"] for fact in shown} == {"community"}


def test_a_report_withholds_care_of_the_same_rows_and_of_every_fact_of_a_day() -> None:
    report = content(told_of(FEW), STREETS[0], "2026-06")
    assert report["whole"]["care_due"] == 11
    assert [row["withheld"] for row in report["divisions"]] == [list(CARE), list(CARE)]
    assert set(report["withheld"]["sessions"]) >= set(CARE)
    assert report["withheld"]["whole"] == []


@pytest.mark.parametrize(("doors", "is_told"), [(9, True), (2, False)])
def test_consent_given_up_and_renewed_at_a_door_makes_nobody_more(
    doors: int, is_told: bool
) -> None:
    docs, begins = told_of(FEW), datetime(2026, 5, 1, 1, tzinfo=UTC)
    for number in range(9):
        cared = list(_cared_for(COMMUNITIES[0], "2026-05", 100 + number % doors))
        anew = [_of_another_care(fact, number) for fact in cared]
        told = anew if number < doors else anew[1:]  # The door is known.
        given_from(docs, Metrics, "grids", *told, now=begins)
    figures = values.of_scope(docs, COMMUNITIES[0], "2026-05")
    shown = Withholding(docs, ANALYST).told(figures, COMMUNITIES[0], "2026-05")
    assert figures["care_due"] == 9
    assert (shown["figures"]["care_due"] == 9) is is_told


def _of_another_care(fact: Fact, number: int) -> Fact:
    more = {name: f"again-{number}" for name in ("care", "visit") if name in fact.data}
    return replace(fact, data=fact.data | more)


def test_no_other_figure_tells_of_a_call() -> None:
    """Not even that somebody went to a door that day."""
    figures = values.of_scope(told_of(FEW), COMMUNITIES[0], "2026-06")
    assert (figures["care_calls"], figures["visits"], figures["grids_active"]) == (
        2,
        0,
        0,
    )
