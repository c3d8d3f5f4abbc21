"""Figures of few people: withheld from readers from outside, and not to be had from all the rest they are told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest

from schemas.documents import Json
from schemas.metrics.definitions import IDENTIFIERS
from schemas.metrics.figures import COMPARED
from services.kit.entrypoints import Asked
from services.kit.log import Event
from services.kit.views import Find, Overlay
from services.metrics.folds.cells import cell_id
from services.metrics.folds.session_figures import count
from services.metrics.model.withholding.families import (
    FAMILIES,
    HELD,
    PRESENT,
    needed_for,
)
from services.metrics.model.withholding.groups import groups
from services.metrics.reckoning import values, withholding
from services.metrics.reckoning.looks import STANDS, District
from services.metrics.reckoning.places import OF_GRIDS
from services.metrics.views import figures, series, targets
from tests.clocks import HUNG_S
from tests.given import asked
from tests.unit.metrics.attack import READER, Cell, attacked, everything_asked
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
"""In the worlds of the last two, who was at sessions under way once told who had come to others."""
COMMUNITY, SIBLING, STREET = "510108001001", "510108001002", "510108001"
DAY = "2026-06-13"
WORKER = asked(("community_worker", COMMUNITY))
STREET_ADMIN = asked(("street_admin", STREET))


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
"""One came to each of five sessions: who knows that somebody came to each grid, and how many in all, knows it."""


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


@cache
def fair() -> Lived:
    """In June many come to every session in two communities; to one of May in the first, three."""
    june = [
        Held(place, day, "文体", crowd(12))
        for place in (COMMUNITY, SIBLING)
        for day in (DAY, "2026-06-20")
    ]
    may = [
        Held(COMMUNITY, "2026-05-30", "助老", crowd(3)),
        Held(SIBLING, "2026-05-30", "助老", crowd(20)),
    ]
    return Lived([*may, *june])


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(people)]


def told(who: Asked, scope: str, period: str) -> Json:
    return figures.figures(fair(), {"scope": scope, "period": period}, who)


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


def test_a_month_is_looked_at_again_a_moment_after_something_was_counted_in_it() -> (
    None
):
    docs = Overlay(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(5)),
            ]
        )
    )

    def is_whole(now: datetime, stands: timedelta = STANDS) -> bool:
        return District(docs, DISTRICT, now, stands).shown(PRESENT, DAY[:7]).whole

    assert is_whole(READER.now)
    docs.seq = docs.the("cells", cell_id(DISTRICT, DAY[:7]))["seq"] + 1
    undone = Event(
        docs.seq, "E", "check_undone.v1", "activity/A01", f"{DAY}T10:00:00.000Z", {}, ""
    )
    count(
        docs,
        undone,
        docs.the("sessions", "A01.1"),
        {"person_times": -1, "turned_up": -1},
        {},
    )
    assert is_whole(READER.now)
    assert not is_whole(READER.now + STANDS)
    assert not is_whole(READER.now, stands=timedelta())
    assert not is_whole(READER.now - STANDS), "a clock set back keeps nothing"


class Served(Overlay):
    """Documents of the generation that is being served."""

    serving = 1

    @property
    def generation(self) -> int:
        return self.serving


def test_what_was_made_of_documents_that_a_rebuild_has_replaced_is_made_anew_at_once() -> (
    None
):
    docs = Served(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(5)),
            ]
        )
    )

    def is_whole() -> bool:
        return District(docs, DISTRICT, READER.now).shown(PRESENT, DAY[:7]).whole

    assert is_whole()
    docs._under = Lived(
        [Held(COMMUNITY, DAY, "文体", crowd(12)), Held(SIBLING, DAY, "文体", crowd(2))]
    )
    assert is_whole(), "nobody has told that these are others"
    docs.serving += 1
    assert not is_whole()


class Watched(Overlay):
    """Counts how often sessions are gone through."""

    gone_through = 0

    def find(self, query: Find) -> list[Json]:
        self.gone_through += query.collection == "sessions"
        return super().find(query)


def test_while_people_come_sessions_are_gone_through_once_a_moment() -> None:
    docs = Watched(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12), False),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )

    def ask(now: datetime) -> int:
        cell = values.of_cell(docs, cell_id(DISTRICT, DAY[:7]))
        withholding.Withholding(docs, replace(READER, now=now)).told(
            cell, DISTRICT, DAY[:7]
        )
        return docs.gone_through

    first = ask(READER.now)
    docs.seq = docs.the("cells", cell_id(DISTRICT, DAY[:7]))["seq"] + 1
    came = Event(
        docs.seq, "E", "checked_in.v1", "activity/A00", f"{DAY}T10:00:00.000Z", {}, ""
    )
    count(
        docs,
        came,
        docs.the("sessions", "A00.1"),
        {"person_times": 1, "turned_up": 1},
        {},
    )
    assert ask(READER.now) == first > 0
    assert ask(READER.now + STANDS) == 2 * first


class Halted(Watched):
    """Lets nobody go through sessions before it is told to."""

    def __init__(self, under: Overlay):
        super().__init__(under)
        self.entered, self.go_on = threading.Semaphore(0), threading.Event()

    def find(self, query: Find) -> list[Json]:
        if query.collection == "sessions":
            self.entered.release()
            self.go_on.wait(HUNG_S)
        return super().find(query)


def test_who_asks_while_a_month_is_gone_through_waits_for_it() -> None:
    docs = Halted(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(2)),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )

    def ask() -> bool:
        return District(docs, DISTRICT, READER.now).shown(PRESENT, DAY[:7]).whole

    with ThreadPoolExecutor(2) as askers:
        first = askers.submit(ask)
        assert docs.entered.acquire(timeout=HUNG_S)
        second = askers.submit(ask)
        another = docs.entered.acquire(timeout=0.2)
        docs.go_on.set()
        assert first.result(HUNG_S) == second.result(HUNG_S)
    assert (another, docs.gone_through) == (False, 1)


def test_of_all_families_the_sessions_of_a_month_are_gone_through_once() -> None:
    docs = Watched(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )
    for family in FAMILIES:
        District(docs, DISTRICT, READER.now).shown(family, DAY[:7])
    assert docs.gone_through == 1


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
