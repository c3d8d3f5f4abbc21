"""Whatever happens at doors, on both engines: coverage, answers and figures follow from which visits there were.

Random histories of the real rules, folded in batches of any size into the stores of grids and of metrics, are held
against a recomputation from the events alone, and against the same visits heard of in another order.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from schemas.documents import Json
from schemas.grids.outcomes import OUTCOMES
from services.district.calendar import local_day
from services.grids.service import Grids
from services.kit.engine.tables import folds_of
from services.kit.log import Event
from services.kit.service import Service
from services.kit.store import Store
from services.kit.views import Find, Nothing, Overlay
from services.metrics.folds import FOLDS
from services.metrics.service import Metrics
from services.xfh.reconcile import Cells, differences, recompute
from services.xfh.reconcile.shown import COLLECTIONS, figures_of
from tests.integration.activity_stage import Open
from tests.integration.test_activity_histories import opener
from tests.seeds import names_of, ways
from tests.unit.metrics.door_histories import MEMBER, PLACES, DoorHistory
from tests.unit.metrics.test_figures import cells

STEPS, FEW = 150, 80
PLAYED = (*(("sqlite", seed, STEPS) for seed in (2, 4)), ("mongodb", 2, FEW))
ENGINES = (("sqlite", STEPS), ("mongodb", FEW))
MOST = 100_000
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What says most of a door comes first.
BEST = ("met", "refused", "moved", "empty", "not_in")


@dataclass
class Told:
    """What was told, and the stores that have heard of it."""

    events: list[Event]
    grids: Store
    metrics: Store


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "told" in metafunc.fixturenames:
        asked = ways(PLAYED, ENGINES, metafunc.config)
        metafunc.parametrize(
            "told", asked, ids=names_of(asked), indirect=True, scope="module"
        )


@pytest.fixture(scope="module")
def told(
    request: pytest.FixtureRequest,
    mongodb: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    engine, seed, steps = request.param
    events = DoorHistory(seed).play(steps)
    open_store = opener(engine, mongodb, tmp_path_factory.mktemp("doors"))
    luck = random.Random(seed)
    grids = _heard(open_store, Grids, events, luck)
    metrics = _heard(open_store, Metrics, events, luck)
    yield Told(events, grids, metrics)
    grids.close()
    metrics.close()


def _heard(
    open_store: Open, service: type[Service], events: list[Event], luck: random.Random
) -> Store:
    """Its store after the events, in batches."""
    store = open_store(service)
    rest = events
    while rest:
        size = luck.randint(1, 40)
        batch, rest = rest[:size], rest[size:]
        begun, docs = store.views.begin("grids"), Overlay(store.views)
        for event in batch:
            docs.fold(event, folds_of(service)["grids"])
        assert store.views.commit(begun, batch[-1].seq, docs.changed)
    return store


def _every(store: Store, collection: str) -> list[Json]:
    return store.views.find(Find(collection, {}, "id", limit=MOST))


def _doors(store: Store, state: str) -> list[Json]:
    finds = (
        Find("doors", here | {"state": state}, "walk", limit=MOST)
        for here in ({"community": place, "grid": grid} for place, grid in PLACES)
    )
    return [door for find in finds for door in store.views.find(find)]


def test_i7_every_cell_of_the_doorstep_equals_a_recomputation(told: Told) -> None:
    shown: Cells = {}
    for name in COLLECTIONS:
        for doc in _every(told.metrics, name):
            cell, figures = figures_of(name, doc)
            shown[cell] = shown.get(cell, {}) | figures
    assert differences(shown, recompute((), (), (), told.events)) == []


def test_the_histories_that_are_always_played_have_what_is_looked_for() -> None:
    shown = {
        name
        for _, seed, steps in PLAYED
        for figures in _cells(DoorHistory(seed).play(steps)).values()
        for name, value in figures.items()
        if value
    }
    assert shown.issuperset(
        ("visits", "round_met", "not_in", "care_due", "people", "findings_resolved")
    )
    events = [
        event for _, seed, steps in PLAYED for event in DoorHistory(seed).play(steps)
    ]
    types = {event.type for event in events}
    assert types >= {"visit_corrected.v1", "visit_withdrawn.v1", "walk_renumbered.v1"}
    assert any("told" in event.data for event in events)


def test_coverage_and_answers_are_those_of_the_set_of_visits(told: Told) -> None:
    visits = _real_visits(told.events)
    for round, per in _rounds(told.events):
        of_round = [visit for visit in visits if visit.get("round") == round]
        assert _covered(told.grids, round) == _naive(of_round, per)
        for place in {_place(visit, per) for visit in of_round}:
            asked_at = told.grids.views.the("asked_at", f"{round}:{place}")
            answers = {said["item"]: said["value"] for said in asked_at["answers"]}
            here = [visit for visit in of_round if _place(visit, per) == place]
            assert answers == _last_said(here)


def test_what_a_door_is_still_to_be_told_is_what_no_true_visit_told(told: Told) -> None:
    visits = _real_visits(told.events)
    done, doors = _done(told.events)
    to_tell = defaultdict(list)
    for finding, since in done.items():
        if not any(_tells(visit, finding, since) for visit in visits):
            to_tell[doors[finding]].append(finding)
    for door in _doors(told.grids, "open"):
        assert door["to_tell"] == sorted(to_tell[door["id"]])
    assert not any(door["to_tell"] for door in _doors(told.grids, "closed"))


def _done(events: list[Event]) -> tuple[dict[str, str], dict[str, str]]:
    """Findings that are done, since when, and at which door each is."""
    done: dict[str, str] = {}
    doors: dict[str, str] = {}
    for event in events:
        if not event.type.startswith("finding_"):
            continue
        finding = event.data["finding"]
        done.pop(finding, None)
        if event.type == "finding_resolved.v1":
            done[finding] = event.time
        elif event.type == "finding_recorded.v1":
            doors[finding] = event.data["door"]
    return done, doors


def _tells(visit: Json, finding: str, since: str) -> bool:
    is_there = visit["outcome"] in ("met", "refused") and visit["at"] >= since
    return bool(is_there and finding in visit.get("told", ()))


def test_no_two_doors_of_a_grid_stand_at_one_place_of_its_walk(told: Told) -> None:
    standing = _doors(told.grids, "open")
    places = Counter((door["grid"], door["walk"]) for door in standing)
    assert set(places.values()) == {1}


def test_the_same_visits_in_another_order_come_to_the_same(told: Told) -> None:
    """Each is heard of later than it was, and what became of it later still."""
    luck = random.Random(len(told.events))
    for _ in range(3):
        late = _heard_late(told.events, luck)
        assert late != told.events
        assert differences(_cells(late), _cells(told.events)) == []


def test_a_door_that_moves_changes_nothing_of_a_day_that_is_past(told: Told) -> None:
    docs, moves = Overlay(Nothing()), 0
    for event in told.events:
        if event.type != "door_moved.v1":
            docs.fold(event, FOLDS["grids"])
            continue
        today = local_day(datetime.fromisoformat(event.time))
        before = _past(cells(docs), today)
        docs.fold(event, FOLDS["grids"])
        assert _past(cells(docs), today) == before
        moves += 1
    assert moves


def _past(shown: Cells, today: str) -> Cells:
    """Of days before today; of what is kept by day, those days alone."""
    past: Cells = {}
    for cell, figures in shown.items():
        days = DAY.findall(cell)
        if days and days[0] < today:
            past[cell] = figures
        elif not days and DAY.match(next(iter(figures), "")):
            past[cell] = {day: n for day, n in figures.items() if day < today}
    return {cell: figures for cell, figures in past.items() if figures}


def test_whoever_recorded_a_visit_was_in_office_where_the_door_stood(
    told: Told,
) -> None:
    terms: dict[str, Json] = {}
    for event in told.events:
        if event.type == "member_appointed.v1":
            terms[event.data["member"]] = event.data | {"since": event.time}
        elif event.type == "member_relieved.v1":
            terms[event.data["member"]]["until"] = event.time
    for event in told.events:
        if event.type == "visit_recorded.v1" and event.data["member"] == MEMBER:
            assert any(_covers(term, event.data) for term in terms.values())


def _covers(term: Json, visit: Json) -> bool:
    is_then = term["since"] <= visit["at"] < term.get("until", "~")
    return bool(term["grid"] == visit["grid"] and is_then)


def _cells(events: list[Event]) -> Cells:
    docs = Overlay(Nothing())
    for event in events:
        docs.fold(event, FOLDS["grids"])
    return cells(docs)


def _heard_late(events: list[Event], luck: random.Random) -> list[Event]:
    """What is told of each visit stays in its order and comes later, if it comes to that after everything else."""
    late: list[Event] = []
    waiting: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if _is_of_a_visit(event):
            waiting[event.data["visit"]].append(event)
        else:
            late.append(event)
            late += _some_of(waiting, luck, luck.choice((0, 0, 1, 3)))
    late += _some_of(waiting, luck, len(events))
    return list(_numbered(late))


def _some_of(
    waiting: dict[str, list[Event]], luck: random.Random, most: int
) -> Iterator[Event]:
    while waiting and most:
        id = luck.choice(list(waiting))
        yield waiting[id].pop(0)
        if not waiting[id]:
            del waiting[id]
        most -= 1


def _numbered(events: list[Event]) -> Iterator[Event]:
    """In their new places, none before the one in front of it."""
    now = ""
    for seq, event in enumerate(events, start=1):
        now = max(now, event.time)
        yield replace(event, seq=seq, time=now)


def _is_of_a_visit(event: Event) -> bool:
    return event.type.startswith("visit_")


def _rounds(events: list[Event]) -> Iterator[tuple[str, str]]:
    """Each with what it goes to."""
    for event in events:
        if event.type == "round_announced.v1":
            yield event.data["round"], event.data["per"]


def _real_visits(events: list[Event]) -> list[Json]:
    """As they were last told, without those that were withdrawn, by true time."""
    visits: dict[str, Json] = {}
    for event in filter(_is_of_a_visit, events):
        id = event.data["visit"]
        visits[id] = visits.get(id, {}) | event.data
        if event.type == "visit_withdrawn.v1":
            del visits[id]
    return sorted(visits.values(), key=lambda visit: (visit["at"], visit["visit"]))


def _place(visit: Json, per: str) -> str:
    """What a round goes to: a door, or a grid of a community."""
    return str(visit["door"]) if per == "door" else _grid(visit)


def _grid(place: Json) -> str:
    return f"{place['community']}:{place['grid']}"


def _covered(grids: Store, round: str) -> dict[str, Counter[str]]:
    names = (*OUTCOMES, "tried")
    where = {"round": round}
    docs = [
        doc
        for community, _ in PLACES
        for doc in grids.views.find(
            Find("coverage", where | {"community": community}, "id", limit=MOST)
        )
    ]
    counted = {_grid(doc): Counter({name: doc[name] for name in names}) for doc in docs}
    return {grid: figures for grid, figures in counted.items() if figures.total()}


def _naive(visits: list[Json], per: str) -> dict[str, Counter[str]]:
    """By grid: each door (or the grid itself) once, where it was first visited, by the best that came of it."""
    places: dict[str, list[Json]] = defaultdict(list)
    for visit in visits:
        places[_place(visit, per)].append(visit)
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    for there in places.values():
        best = min((visit["outcome"] for visit in there), key=BEST.index)
        figures[_grid(there[0])].update((best, "tried"))
    return dict(figures)


def _last_said(visits: list[Json]) -> dict[str, str]:
    last: dict[str, str] = {}
    for visit in visits:
        last |= {said["item"]: said["value"] for said in visit["answers"]}
    return last
