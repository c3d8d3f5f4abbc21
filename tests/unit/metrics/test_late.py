"""Between two positions of the logs the changed facts add up to the difference, figure by figure."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.documents import Json
from schemas.fields import instant
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
    COUNTED_OF_ACTIVITIES,
    COUNTED_OF_DOORSTEP,
    COUNTED_OF_NEEDS,
)
from services.kit.log import Event
from services.kit.views import Key, Nothing, Overlay, Reads
from services.metrics.folds import FOLDS
from services.metrics.folds.cells import ACTIVITIES, DOORSTEP, NEEDS, cell_id
from services.metrics.folds.late import COLLECTIONS, is_late
from services.metrics.model.periods import periods_of
from services.metrics.views.differences import NOT_ADDITIVE, Between, explained_by, page
from tests.counting import Counting
from tests.examples.activities import CONTENT
from tests.unit.metrics.door_histories import DoorHistory
from tests.unit.metrics.histories import History
from tests.unit.metrics.need_histories import NeedHistory

SEEDS = st.integers(0, 10**9)
ADDITIVE = [
    one.identifier
    for one in (*COUNTED_OF_ACTIVITIES, *COUNTED_OF_NEEDS, *COUNTED_OF_DOORSTEP)
    if one.identifier not in NOT_ADDITIVE
]
SCOPES = ("510108", "510108002", "510108015", "510108016")
TELLING = 23  # A history in which much happens, and late.
LATE = {collection.name for collection in COLLECTIONS}


def activities(seed: int) -> list[Event]:
    """The events of a history at moments that pass from June to August; the sessions are around the end of June."""
    luck = random.Random(seed)
    moment, told = datetime.fromisoformat("2026-06-28T01:00:00Z"), []
    for event in History(seed).play(200):
        moment += timedelta(hours=luck.choice((1, 7, 24)))
        told.append(replace(event, time=instant(moment)))
    return told


def needs(seed: int) -> list[Event]:
    return NeedHistory(seed).play(120)


def doorstep(seed: int) -> list[Event]:
    return DoorHistory(seed).play(120)


def after(events: list[Event], source: str) -> Overlay:
    docs = Overlay(Nothing())
    for event in events:
        docs.fold(event, FOLDS[source])
    return docs


def figures(docs: Overlay, scope: str, month: str) -> Json:
    cells = (
        docs.get(collection, cell_id(scope, month))
        for collection in (ACTIVITIES, NEEDS, DOORSTEP)
    )
    found = {name: value for cell in cells if cell for name, value in cell.items()}
    return {figure: found.get(figure, 0) for figure in ADDITIVE}


def changed(
    docs: Reads, between: Between, figure: str | None = None, limit: int = 3
) -> Iterator[Json]:
    place = None
    while True:
        found = page(
            docs, between, figure, frozenset(), {"after": place, "limit": limit}
        )
        assert len(found["items"]) <= limit
        yield from found["items"]
        place = found["next"]
        if place is None:
            return


def added_up(facts: Iterator[Json]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for fact in facts:
        for change in fact["changes"]:
            sums[change["figure"]] += change["after"] - change["before"]
    return {figure: sums[figure] for figure in ADDITIVE}


def must_add_up(
    events: list[Event], source: str, month: str, luck: random.Random
) -> int:
    """Frozen at some moment after the month had ended, and looked at again later; how much differed."""
    of_the_month = [
        place
        for place, event in enumerate(events, 1)
        if not is_late(event, f"{month}-01")
    ]
    first = luck.randint(max(of_the_month, default=0), len(events))
    second = luck.randint(first, len(events))
    frozen, later, now = (
        after(events[:place], source) for place in (first, second, len(events))
    )
    differed = 0
    for scope in SCOPES:
        before, then = figures(frozen, scope, month), figures(later, scope, month)
        difference = {figure: then[figure] - before[figure] for figure in ADDITIVE}
        between = Between(
            scope,
            month,
            {"activities": 0, "cobuild": 0, "grids": 0},
            {"activities": 0, "cobuild": 0, "grids": 0},
        )
        between = between._replace(
            after={**between.after, source: first},
            until={**between.until, source: second},
        )
        assert added_up(changed(now, between)) == difference, (scope, month)
        for figure in luck.sample(ADDITIVE, 3):
            assert added_up(changed(now, between, figure))[figure] == difference[figure]
        differed += any(difference.values())
    return differed


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_facts_of_activities_add_up_to_the_difference_of_every_additive_figure(
    seed: int,
) -> None:
    for month in ("2026-06", "2026-07"):
        must_add_up(activities(seed), "activities", month, random.Random(seed))


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_facts_of_needs_add_up_to_the_difference_of_every_additive_figure(
    seed: int,
) -> None:
    for month in ("2026-12", "2027-01"):
        must_add_up(needs(seed), "cobuild", month, random.Random(seed))


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_the_facts_of_the_doorstep_add_up_to_the_difference_of_every_additive_figure(
    seed: int,
) -> None:
    for month in ("2026-12", "2027-01"):
        must_add_up(doorstep(seed), "grids", month, random.Random(seed))


def test_the_histories_do_differ_after_their_months() -> None:
    found = [
        must_add_up(activities(seed), "activities", "2026-06", random.Random(seed))
        + must_add_up(needs(seed), "cobuild", "2026-12", random.Random(seed))
        for seed in range(20)
    ]
    assert sum(map(bool, found)) > 8
    assert any(
        must_add_up(doorstep(seed), "grids", "2026-12", random.Random(seed))
        for seed in range(20)
    )


class Touched(Overlay):
    """Documents, and which of them were asked for."""

    def __init__(self, under: Overlay):
        super().__init__(under)
        self.asked: set[Key] = set()

    def get(self, collection: str, id: str) -> Json | None:
        self.asked.add((collection, id))
        return super().get(collection, id)


@pytest.mark.parametrize("source", ["activities", "cobuild"])
def test_an_event_of_the_month_itself_reads_and_writes_nothing_here(
    source: str,
) -> None:
    """Here everything happens within one day, whose month goes on."""
    told = activities(TELLING) if source == "activities" else needs(TELLING)
    docs = Overlay(Nothing())
    for event in (replace(event, time=told[0].time) for event in told):
        touched = Touched(docs)
        touched.fold(event, FOLDS[source])
        assert not LATE & {
            collection for collection, _ in touched.asked | touched.changed.keys()
        }
        docs.fold(event, FOLDS[source])


def test_i3_late_changes_are_the_same_however_the_events_are_batched() -> None:
    events = activities(TELLING)
    whole = {
        key: doc
        for key, doc in after(events, "activities").changed.items()
        if key[0] in LATE
    }
    docs = Overlay(Nothing())
    for event in events:
        batch = Overlay(docs)
        batch.fold(event, FOLDS["activities"])
        docs.take(batch)
    assert {key: doc for key, doc in docs.changed.items() if key[0] in LATE} == whole
    assert whole


def test_what_a_fact_costs_does_not_grow_with_how_often_it_changed() -> None:
    events = activities(TELLING)
    docs = after(events, "activities")
    late = [doc for (collection, _), doc in docs.changed.items() if collection in LATE]
    facts = {(doc["month"], doc["key"]) for doc in late}
    assert len(late) > 5 * len(facts)
    counting = Counting(docs)
    for month in {doc["month"] for doc in late}:
        until = {"activities": len(events), "cobuild": 0}
        list(
            changed(
                counting,
                Between("510108", month, {"activities": 0, "cobuild": 0}, until),
            )
        )
    assert counting.read <= 6 * len(
        facts
    )  # A page looks one fact further than it shows.


@pytest.mark.parametrize("figure", BY_IDENTIFIER)
def test_every_figure_says_what_explains_it_or_why_nothing_does(figure: str) -> None:
    told = explained_by(figure)
    assert set(told["explained_by"]) <= set(ADDITIVE)
    assert (
        told["explained_by"] == [figure] or figure == "service_minutes" or told["note"]
    )


def test_a_month_ends_at_midnight_in_china() -> None:
    event = Event(1, "E1", "t", "s", "2026-06-30T15:59:59.999Z", {}, "")
    assert not is_late(event, "2026-06-01")
    assert is_late(replace(event, time="2026-06-30T16:00:00.000Z"), "2026-06-30")
    assert periods_of("2026-06-30")[1] == "2026-06"


def test_a_session_moved_after_its_month_leaves_it_and_says_so_nowhere_else() -> None:
    """It was never closed in June; in July it is put off to July, to which nothing is late."""
    docs = Overlay(Nothing())
    june, july = "2026-06-30T02:00:00.000Z", "2026-07-10T02:00:00.000Z"
    for number, (type, starts_at) in enumerate(
        (("activity_published.v2", june), ("activity_changed.v1", july)), 1
    ):
        plan = {**CONTENT["sessions"][0], "starts_at": starts_at}
        told = {**CONTENT, "sessions": [plan]}
        docs.fold(
            Event(
                number,
                f"E{number}",
                type,
                "activity/A",
                ("", july)[number - 1],
                told,
                "",
            ),
            FOLDS["activities"],
        )
    nowhere, now = {"activities": 0, "cobuild": 0}, {"activities": 2, "cobuild": 0}
    (fact,) = changed(docs, Between("510108", "2026-06", nowhere, now))
    assert [
        (one["figure"], one["before"], one["after"]) for one in fact["changes"]
    ] == [("open_sessions", 1, 0)]
    assert (fact["day"], fact["told_at"], fact["kind"]) == (
        "2026-06-30",
        july,
        "session",
    )
    assert list(changed(docs, Between("510108", "2026-07", nowhere, now))) == []
