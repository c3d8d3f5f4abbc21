"""Figures of few people are not to be had from all the rest that readers from outside are told."""

from itertools import product
from typing import Any

import pytest

from schemas.metrics.definitions import IDENTIFIERS
from services.metrics.model.withholding.families import FAMILIES, needed_for
from services.metrics.model.withholding.groups import groups
from services.metrics.reckoning import withholding
from services.metrics.reckoning.looks import District
from services.metrics.reckoning.places import OF_GRIDS
from services.metrics.views import figures
from tests.unit.metrics.attack import READER, Cell, attacked, everything_asked
from tests.unit.metrics.withheld import COMMUNITY, DAY, SIBLING, STREET, crowd, told
from tests.unit.metrics.worlds import (
    CATEGORIES,
    DAYS,
    DISTRICT,
    Held,
    Lived,
    World,
    drawn,
)

SHAPES = (
    World(),
    World(few=0.1, sessions=30, days=5, people=200),
    World(few=0.15, sessions=20, communities=2, days=3, open=0.2),
    World(streets=1, communities=2, days=2, sessions=8),
    World(few=0.05, sessions=40, days=5, categories=3, people=300, open=0.05),
    World(few=0.1, sessions=24, communities=2, days=2, categories=1, people=400),
)

HELPED = tuple(
    shape._replace(helping=share) for shape, share in product(SHAPES, (0.2, 0.6))
)

IN_COMPANY = tuple(shape._replace(company=0.4) for shape in SHAPES)
SEEDS = (*range(12), 398, 2084)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_withheld_number_of_few_people_follows_from_all_that_is_told(
    seed: int,
) -> None:
    attack, answers = attacked(Lived(drawn(SHAPES[seed % len(SHAPES)], seed)))
    assert list(attack.exposed(answers)) == []


def by_month(world: World, seed: int) -> list[Lived]:
    """The world at the end of each of its months."""
    sessions = sorted(drawn(world, seed), key=lambda session: session.day)
    months = sorted({session.day[:7] for session in sessions})
    ends = [sum(one.day[:7] <= month for one in sessions) for month in months]
    return [Lived(sessions[:end], sessions[end:]) for end in ends]


def over_time(seed: int) -> list[Lived]:
    return by_month(SHAPES[seed % len(SHAPES)]._replace(days=len(DAYS), open=0), seed)


@pytest.fixture(scope="module", params=SEEDS)
def months(request: pytest.FixtureRequest) -> list[Lived]:
    """The tests of one seed run one after another, so that the same is asked once."""
    return over_time(request.param)


def test_nor_does_it_for_who_asks_at_the_end_of_each_month(months: list[Lived]) -> None:
    *earlier, now = months
    attack, answers = attacked(now, *earlier)
    assert list(attack.exposed(answers)) == []


def test_a_month_that_is_over_stays_as_it_was_shown(months: list[Lived]) -> None:
    *earlier, now = months
    told_now = everything_asked(now)
    for docs in earlier:
        month = max(session["day"] for session in docs.sessions())[:7]
        told_then = {
            cell: found
            for cell, found in everything_asked(docs).items()
            if is_over(cell, month)
        }
        assert {cell: told_now[cell] for cell in told_then} == told_then


def is_over(cell: Cell, month: str) -> bool:
    """At the end of the month: days, months and any days up to it; quarters and years go on."""
    ends = cell.period.rpartition("/")[2]
    return "Q" not in ends and len(ends) > len("2026") and ends[:7] <= month


def test_few_people_in_august_close_no_figure_of_july() -> None:
    july = [
        Held(place, "2026-07-04", kind, crowd(12))
        for place in (COMMUNITY, SIBLING)
        for kind in CATEGORIES
    ]
    august = Held(COMMUNITY, "2026-08-01", "文体", crowd(3))
    before, after = Lived(july, [august]), Lived([*july, august])
    question = {"scope": STREET, "period": "2026-07", "by": "division"}
    assert (
        figures.breakdown(after, question, READER)["rows"]
        == figures.breakdown(before, question, READER)["rows"]
    )
    shown = figures.figures(after, {"scope": COMMUNITY, "period": "2026-07"}, READER)
    assert (shown["figures"]["person_times"], shown["withheld"]) == (36, [])


@pytest.mark.parametrize("seed", range(len(HELPED)))
def test_nor_does_who_helped_and_who_took_part(seed: int) -> None:
    *earlier, now = by_month(
        HELPED[seed]._replace(days=len(DAYS), open=0, company=0.2 * (seed % 2)), seed
    )
    attack, answers = attacked(now, *earlier)
    assert list(attack.exposed(answers)) == []


@pytest.mark.parametrize("few", ["helpers", "participants"])
def test_where_few_help_or_few_take_part_neither_is_told(few: str) -> None:
    three, many = frozenset(crowd(20)[:3]), frozenset(crowd(20)[3:])
    helpers = three if few == "helpers" else many
    docs = Lived([Held(COMMUNITY, DAY, "文体", crowd(20), helpers=helpers)])
    shown = figures.figures(docs, {"scope": COMMUNITY, "period": DAY}, READER)
    of_roles = (
        "participant_times",
        "helper_times",
        "attended_minutes",
        "service_minutes",
    )
    assert shown["figures"]["person_times"] == 20
    assert [shown["figures"][name] for name in of_roles] == [None] * 4


@pytest.mark.parametrize("seed", range(12))
def test_nor_does_it_where_signers_bring_others(seed: int) -> None:
    docs = Lived(drawn(IN_COMPANY[seed % len(IN_COMPANY)], seed))
    attack, answers = attacked(docs)
    assert list(attack.exposed(answers)) == []


def test_who_is_at_a_session_under_way_does_not_tell_who_came_to_another_one() -> None:
    """In May the only others of the community are under way, and the district's difference is just them."""
    may, there = "2026-05-30", "510108002001"
    docs = Lived(
        [
            Held(COMMUNITY, may, "文体", (), walk_ins=crowd(2)),
            Held(COMMUNITY, may, "文体", crowd(7), held=False),
            *(
                Held(place, may, "助老", crowd(14), absent=6)
                for place in (SIBLING, there, there)
            ),
            *(
                Held(place, DAY, "助老", crowd(12), absent=6)
                for place in (COMMUNITY, SIBLING, there)
            ),
        ]
    )
    attack, answers = attacked(docs)
    assert list(attack.exposed(answers)) == []


LONELY = [
    *(
        Held(COMMUNITY, day, "文体", [f"R{number}"])
        for number, day in enumerate((*DAYS[1:4], *DAYS[1:3]))
    ),
    *(
        Held(SIBLING, day, "文体", [f"R{number}" for number in range(12)])
        for day in DAYS[1:4]
    ),
]


def test_grids_are_not_told_where_sessions_of_few_cannot_make_up_for_each_other() -> (
    None
):
    docs = Lived(LONELY)
    shown = figures.figures(docs, {"scope": DISTRICT, "period": "2026-06"}, READER)
    assert shown["figures"]["covered"] == 2
    assert set(shown["withheld"]) >= OF_GRIDS
    attack, answers = attacked(docs)
    assert list(attack.exposed(answers)) == []


def test_grids_told_there_would_tell_who_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withholding.Withholding, "_sees_grids", lambda *_: True)
    attack, answers = attacked(Lived(LONELY))
    assert any(attack.exposed(answers))


def test_grids_are_told_of_months_in_which_sessions_are_withheld() -> None:
    """Where they never were, the attack would prove little of them."""
    shown = told(READER, STREET, "2026-05")
    assert "person_times" in told(READER, COMMUNITY, "2026-05")["withheld"]
    assert shown["figures"]["grids_covered"] == 2


def test_hiding_only_the_cells_of_few_people_leaves_them_open_to_the_same_attack(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(withholding, "_shows", lambda *_: True)
    attack, answers = attacked(Lived(drawn(SHAPES[3], 3)))
    assert any(attack.exposed(answers))


def test_the_worlds_show_days_and_categories_beside_what_they_withhold() -> None:
    """Where all or nothing is withheld the attack would prove little."""
    seen = set()
    for seed in SEEDS:
        district = District(
            Lived(drawn(SHAPES[seed % len(SHAPES)], seed)), DISTRICT, READER.now
        )
        for shown in (district.shown(family, "2026-06") for family in FAMILIES):
            for name, kept in (("days", shown.days), ("categories", shown.categories)):
                seen |= {
                    (name, length)
                    for length, names in kept.items()
                    if not names and not shown.whole
                }
    assert seen >= {("days", 9), ("days", 6), ("categories", 9), ("categories", 6)}


def test_each_figure_of_activities_that_counts_people_belongs_to_one_family() -> None:
    of_people = [figure for family in FAMILIES for figure in family.figures]
    assert len(of_people) == len(set(of_people))
    assert set(of_people) <= set(IDENTIFIERS)
    assert {figure for figure in IDENTIFIERS if needed_for(figure)} == set(of_people)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([], []),
        ([("a", 1), ("b", 1), ("c", 2)], [{"a", "b"}, {"c"}]),
        (
            [("a", 1), ("b", 1), ("c", 2), ("d", 2), ("b", 3), ("d", 3)],
            [{"a", "b", "c", "d"}],
        ),
    ],
)
def test_columns_hang_together_by_the_rows_they_share(cells: Any, found: Any) -> None:
    assert groups(cells) == found
