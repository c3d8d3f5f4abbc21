"""The facts behind every figure, page after page, add up to it: for whoever asks, in every kind of cell."""

from functools import cache
from itertools import product

import pytest

from schemas.metrics.definitions import IDENTIFIERS
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Find, Nothing, Overlay
from services.metrics.folds import FOLDS
from services.metrics.views.facts import facts
from tests.counting import Counting
from tests.examples.activities import ACTIVITY, CONTENT, EVENTS
from tests.examples.cobuild import COMMANDS as COBUILD
from tests.examples.cobuild import EVENTS as COBUILD_EVENTS
from tests.given import DIVISIONS, asked, division, happened, refused
from tests.unit.metrics.door_histories import UNLISTED_TOLD, DoorHistory
from tests.unit.metrics.grids import RECORDED
from tests.unit.metrics.histories import History
from tests.unit.metrics.need_histories import NeedHistory
from tests.unit.metrics.opened import added_up, ask, figures_of, pages

DISTRICT, COMMUNITY = "510108", "510108002001"
ANALYST = asked(("district_analyst", DISTRICT), id="D1")
WORKER = asked(("community_worker", COMMUNITY), id="W1")
OF_ALL = asked(("community_worker", DISTRICT), id="W2")
OTHERS = (
    division("510108002", "南街", "street", DISTRICT),
    division(COMMUNITY, "望平社区", "community", "510108002"),
)
TELLING = (
    0,
    2,
    18,
)  # Seeds of histories in which several people come, more than once, and are put right.
CELLS = (
    *product(
        (DISTRICT, COMMUNITY),
        ("2026", "2027", "2027-Q1", "2027-01", "2026-Q3", "2026-06-30", "2026-07-01"),
        ("all",),
        ("",),
    ),
    (DISTRICT, "2026", "category", "助老"),
    (COMMUNITY, "2026-Q3", "category", "文体"),
    (DISTRICT, "2026", "host", "branch/B1"),
    (DISTRICT, "2026-07", "host", "unit/U1"),
    ("510108015001", "2027", "all", ""),
    (DISTRICT, "2027", "need_category", "零距离安全"),
    (DISTRICT, "2027", "unit", "U1"),
    (DISTRICT, "2027-01", "unit", "U2"),
)


@cache
def after(seed: int) -> Overlay:
    """What metrics keeps after a history of activities, one of needs, and the divisions of both."""
    docs = Overlay(Nothing())
    for fact in (*DIVISIONS, UNLISTED_TOLD, *OTHERS, *RECORDED):
        docs.fold(happened(fact), FOLDS["branches"])
    for event in History(seed + 7).play(200):
        docs.fold(event, FOLDS["activities"])
    for event in NeedHistory(seed).play(200):
        docs.fold(event, FOLDS["cobuild"])
    for event in DoorHistory(seed).play(150):
        docs.fold(event, FOLDS["grids"])
    return Overlay(docs)


@pytest.mark.parametrize("seed", TELLING)
def test_every_page_of_every_figure_adds_up_to_it(seed: int) -> None:
    docs = after(seed)
    for cell in CELLS:
        for figure, value in figures_of(docs, cell).items():
            found = [
                fact for page in pages(docs, OF_ALL, ask(figure, cell)) for fact in page
            ]
            assert added_up(figure, found) == value, (cell, figure)


def test_what_is_paged_through_is_not_nothing() -> None:
    years = product(TELLING, ("2026", "2027", "2027-Q1"))
    shown = [
        figures_of(after(seed), (DISTRICT, year, "all", "")) for seed, year in years
    ]
    assert {figure for figure in IDENTIFIERS if any(one[figure] for one in shown)} >= {
        "person_times", "unique_participants", "service_minutes", "sessions_held", "coverage", "active_units",
        "grids_covered", "grids", "grid_coverage",
        "needs_received", "response_p90", "commitments_due", "closures",
        "visits", "asks_per_door", "doors", "grids_active", "round_coverage", "finding_p50", "care_on_time",
    }  # fmt: skip


@pytest.mark.parametrize(
    "figure",
    [
        "person_times",
        "unique_participants",
        "service_minutes",
        "service_minutes_adjusted",
    ],
)
def test_who_works_in_the_community_sees_the_people(figure: str) -> None:
    docs = after(TELLING[-1])
    cell = (COMMUNITY, "2026", "all", "")
    found = [fact for page in pages(docs, WORKER, ask(figure, cell)) for fact in page]
    assert found
    assert all(fact["kind"] == "attendance" and fact["person"] for fact in found)
    assert added_up(figure, found) == figures_of(docs, cell)[figure]


@pytest.mark.parametrize(
    ("figure", "title"),
    [
        ("person_times", CONTENT["title"]),
        ("sessions_held", CONTENT["title"]),
        ("needs_verified", COBUILD["verify_need"]["title"]),
        ("commitments_due", COBUILD["verify_need"]["title"]),
        ("covered", "望平社区"),
    ],
)
def test_a_fact_is_told_by_its_title(figure: str, title: str) -> None:
    questions = [
        ask(figure, (DISTRICT, year, "all", ""), limit=100, after=None)
        for year in ("2026", "2027")
    ]
    found = [
        fact
        for question in questions
        for fact in facts(after(TELLING[0]), question, OF_ALL)["items"]
    ]
    assert title in {fact["title"] for fact in found}


def test_a_need_nobody_has_verified_has_no_title() -> None:
    docs = after(TELLING[0])
    raised = happened(
        Fact(
            "need_raised.v1",
            "need/N",
            {**COBUILD_EVENTS["need_raised.v1"], "need": "N"},
        )
    )
    docs.fold(raised, FOLDS["cobuild"])
    found = facts(
        docs,
        ask(
            "needs_received",
            (DISTRICT, raised.time[:4], "all", ""),
            limit=100,
            after=None,
        ),
        OF_ALL,
    )
    assert [
        fact.get("title") for fact in found["items"] if fact["fact"] == "need/N"
    ] == [None]


def crowd(people: int) -> Overlay:
    """One session with so many, then fifty others with nobody."""
    docs = Overlay(Nothing())
    for fact in (*DIVISIONS, *OTHERS):
        docs.fold(happened(fact), FOLDS["branches"])
    plan = CONTENT["sessions"][0]
    plans = [{**plan, "session": f"{ACTIVITY}.{number:02}"} for number in range(1, 51)]
    docs.fold(
        happened(
            Fact("activity_published.v2", "activity/A", {**CONTENT, "sessions": plans})
        ),
        FOLDS["activities"],
    )
    for number in range(people):
        told = {"session": plans[0]["session"], "person": f"R{number}"}
        came = Fact("checked_in.v1", "activity/A", {**EVENTS["checked_in.v1"], **told})
        docs.fold(happened(came), FOLDS["activities"])
    return docs


@pytest.mark.parametrize(
    "figure", ["person_times", "unique_participants", "open_sessions"]
)
def test_a_page_costs_a_page_however_many_there_are(figure: str) -> None:
    read = []
    for people in (0, 20, 400):
        docs = Counting(crowd(people))
        question = ask(figure, (COMMUNITY, "2026-06", "all", ""), limit=3, after=None)
        assert facts(docs, question, WORKER)["next"] is not None
        read.append(docs.read)
    assert read[1] == read[2]
    assert max(read) < 20


def test_the_one_fact_among_many_that_contribute_nothing_is_on_the_first_page() -> None:
    docs = crowd(0)
    last = {"session": f"{ACTIVITY}.50", "activity": ACTIVITY}
    docs.fold(
        happened(
            Fact(
                "session_closed.v1",
                "activity/A",
                {**EVENTS["session_closed.v1"], **last},
            )
        ),
        FOLDS["activities"],
    )
    found = facts(
        docs,
        ask("sessions_held", (COMMUNITY, "2026-06", "all", ""), limit=3, after=None),
        WORKER,
    )
    assert ([fact["fact"] for fact in found["items"]], found["next"]) == (
        [f"session/{ACTIVITY}.50"],
        None,
    )


def test_a_forged_place_shows_nobody_of_another_cell() -> None:
    docs = after(TELLING[-1])
    another_day = (COMMUNITY, "2026-08-01", "all", "")
    came = [
        doc
        for doc in docs.find(Find("presences", {}, "id", limit=1000))
        if doc["attended"]
    ]
    assert came
    for doc in came:
        question = ask(
            "person_times",
            another_day,
            limit=100,
            after=["2026-08-01", f"{doc['session']}:0"],
        )
        assert facts(docs, question, WORKER) == {"items": [], "next": None}


def test_nobody_sees_the_facts_of_another_place() -> None:
    with refused("out_of_scope", Forbidden):
        next(
            pages(after(0), WORKER, ask("person_times", (DISTRICT, "2026", "all", "")))
        )


def test_a_place_nobody_recorded_has_no_facts() -> None:
    with refused("not_found", Unknown, "510108999"):
        next(
            pages(
                after(0), ANALYST, ask("person_times", ("510108999", "2026", "all", ""))
            )
        )


def test_a_figure_is_not_broken_down_by_what_it_does_not_have() -> None:
    with refused("no_such_dimension", Invalid, "兑现率"):
        next(
            pages(
                after(0),
                ANALYST,
                ask("fulfilment_rate", (DISTRICT, "2026", "host", "branch/B1")),
            )
        )
