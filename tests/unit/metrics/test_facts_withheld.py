"""The facts behind figures, as readers from outside are told them: with what few people contribute withheld."""

from functools import cache
from itertools import product

import pytest

from schemas.metrics.definitions import IDENTIFIERS
from services.metrics.model.withholding.families import needed_for
from tests.unit.metrics.attack import READER
from tests.unit.metrics.opened import added_up, ask, figures_of, pages
from tests.unit.metrics.worlds import DISTRICT, Held, Lived

COMMUNITY, DAY, LATER = "510108001001", "2026-06-13", "2026-06-14"
HOST = "unit/U1"


@cache
def crowded() -> Lived:
    """Six come to one session, eight to the next, and three of those to both; all of them rate."""
    people = [f"R{number}" for number in range(11)]
    sessions = zip((DAY, LATER), (people[:6], people[3:]), strict=True)
    return Lived(
        [
            Held(
                COMMUNITY, day, "助老", who, hosts=(HOST,), scores=dict.fromkeys(who, 5)
            )
            for day, who in sessions
        ]
    )


@cache
def sparse() -> Lived:
    """Beside those, one to which nobody came, and one to which three did."""
    people = [f"R{number}" for number in range(6)]
    sessions = ((DAY, people), (DAY, people[:0]), (LATER, people[:3]))
    return Lived([Held(COMMUNITY, day, "助老", who) for day, who in sessions])


def test_every_page_adds_up_where_no_session_has_few() -> None:
    dimensions = (("all", ""), ("category", "助老"), ("host", HOST))
    for scope, period, dimension in product(
        (DISTRICT, COMMUNITY), ("2026", DAY[:7], DAY), dimensions
    ):
        cell = (scope, period, *dimension)
        for figure, value in figures_of(crowded(), cell).items():
            found = [
                fact
                for page in pages(crowded(), READER, ask(figure, cell))
                for fact in page
            ]
            assert added_up(figure, found) == value, (cell, figure)
            assert not any("person" in fact for fact in found)
    assert (
        figures_of(crowded(), (DISTRICT, "2026", "all", ""))["unique_participants"]
        == 11
    )


@pytest.mark.parametrize(
    "figure", [figure for figure in IDENTIFIERS if needed_for(figure)]
)
def test_every_session_of_a_cell_is_listed_whatever_it_counts(figure: str) -> None:
    """Were those left out that contribute nothing, the others would tell that somebody came."""
    found = [
        fact
        for page in pages(sparse(), READER, ask(figure, (DISTRICT, DAY[:7], "all", "")))
        for fact in page
    ]
    assert [fact["fact"] for fact in found] == [
        "session/A00.1",
        "session/A01.1",
        "session/A02.1",
    ]
    assert all(
        fact["contribution"] is None and fact.get("whole") is None for fact in found
    )


@pytest.mark.parametrize("figure", ["covered", "coverage"])
def test_every_community_is_listed_on_a_day_that_does_not_tell_which_were_covered(
    figure: str,
) -> None:
    [fact] = next(pages(sparse(), READER, ask(figure, (DISTRICT, LATER, "all", ""))))
    assert (fact["fact"], fact["contribution"]) == (f"community/{COMMUNITY}", None)
    [fact] = next(
        pages(sparse(), READER, ask(figure, (DISTRICT, LATER[:7], "all", "")))
    )
    assert fact["contribution"] == 1


@pytest.mark.parametrize("figure", ["grids_covered", "grids", "grid_coverage"])
def test_every_grid_is_listed_on_a_day_that_does_not_tell_which_were_covered(
    figure: str,
) -> None:
    def listed(period: str) -> list[tuple[str, int | None]]:
        asks = ask(figure, (DISTRICT, period, "all", ""))
        return [
            (fact["fact"], fact["contribution"])
            for page in pages(sparse(), READER, asks)
            for fact in page
        ]

    assert listed(LATER) == [(f"grid/W-A0{number}", None) for number in range(3)]
    assert ("grid/W-A02", 1) in listed(LATER[:7])
